//! The reading for many values at once: a tree as a list of steps, each of which
//! goes over a whole row of numbers. Every number is what
//! [`evaluate`](super::evaluate) gives, to the bit.

use smallvec::SmallVec;

use super::Expr;
use crate::name::Name;

/// A tree, ready to be evaluated for whole rows of numbers.
#[derive(Clone, Debug)]
pub struct RowProgram {
    /// Operands first, the operator behind them.
    steps: Vec<Step>,
}

/// What to do next with a pile of rows.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A row of this number is put on it.
    Number(f64),
    /// A row of this quantity is put on it.
    Leaf(usize),
    /// So many rows are taken off it, and what they make is put there.
    Apply(fn(&[f64]) -> f64, usize),
}

/// The values of a quantity.
#[derive(Clone, Copy, Debug)]
pub enum ValueRow<'a> {
    /// One for each.
    Each(&'a [f64]),
    /// The same for all.
    Same(f64),
}

impl RowProgram {
    /// Takes a tree apart; `place` is the place of a quantity among the rows it
    /// will be run with.
    pub fn new(expr: &Expr, place: &impl Fn(Name) -> usize) -> Self {
        let mut steps = Vec::new();
        push(expr, place, &mut steps);
        Self { steps }
    }

    /// Evaluates it `count` times; `pile` is room to work in, where the values
    /// then stand first.
    pub fn run(&self, rows: &[ValueRow<'_>], count: usize, pile: &mut Vec<f64>) {
        pile.clear();
        for step in &self.steps {
            match *step {
                Step::Number(number) => pile.resize(pile.len() + count, number),
                Step::Leaf(place) => match rows[place] {
                    ValueRow::Each(values) => pile.extend_from_slice(&values[..count]),
                    ValueRow::Same(value) => pile.resize(pile.len() + count, value),
                },
                Step::Apply(op, operands) => apply(op, operands, count, pile),
            }
        }
    }
}

fn push(expr: &Expr, place: &impl Fn(Name) -> usize, steps: &mut Vec<Step>) {
    match expr {
        Expr::Number(number) => steps.push(Step::Number(*number)),
        Expr::Leaf(name) => steps.push(Step::Leaf(place(*name))),
        Expr::Apply(op, operands) => {
            operands.iter().for_each(|operand| push(operand, place, steps));
            steps.push(Step::Apply(op.function(), operands.len()));
        }
    }
}

fn apply(op: fn(&[f64]) -> f64, operands: usize, count: usize, pile: &mut Vec<f64>) {
    let first = pile.len() - operands * count;
    let (target, rest) = pile[first..].split_at_mut(count);
    match operands {
        1 => target.iter_mut().for_each(|a| *a = op(&[*a])),
        2 => target.iter_mut().zip(&*rest).for_each(|(a, b)| *a = op(&[*a, *b])),
        _ => {
            let mut values: SmallVec<[f64; 8]> = SmallVec::from_elem(0.0, operands);
            for (at, a) in target.iter_mut().enumerate() {
                values[0] = *a;
                for (operand, value) in values[1..].iter_mut().enumerate() {
                    *value = rest[operand * count + at];
                }
                *a = op(&values);
            }
        }
    }
    pile.truncate(first + count);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{evaluate, exp, minus, over, square, sum, tanh, times};
    use crate::name::Symbol;

    #[test]
    fn a_row_is_evaluated_as_each_of_its_numbers_is() {
        let [a, b] = [Name::Value(Symbol::Input(0)), Name::Value(Symbol::Input(1))];
        let tree = sum([
            over(1.0, sum([Expr::Number(1.0), exp(minus(b, a))])),
            square(tanh(a)),
            times(b, 3.0),
        ]);
        let program = RowProgram::new(&tree, &|name| usize::from(name == b));
        let row = [-1.5, 0.0, 0.25, 40.0];
        let mut pile = Vec::new();
        program.run(&[ValueRow::Each(&row), ValueRow::Same(0.7)], row.len(), &mut pile);
        let expected =
            row.map(|value| evaluate(&tree, &|name| if name == a { value } else { 0.7 }));
        assert_eq!(pile, expected);
    }
}
