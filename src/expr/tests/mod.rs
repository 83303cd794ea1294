//! Every operator's row, in every reading, and trees of all operators.

mod interval;
mod operators;
mod readings;
mod sums;
mod trees;

use super::{Expr, Interval};
use crate::name::{Name, Symbol};

/// The quantities of the tests, by number.
fn name(at: usize) -> Name {
    Name::Value(Symbol::Input(at as u32))
}

fn x(at: usize) -> Expr {
    name(at).into()
}

fn number_of(name: Name) -> usize {
    match name {
        Name::Value(Symbol::Input(at)) => at as usize,
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => {
            panic!("no test has {name:?}")
        }
    }
}

/// A way to look up the quantities of the tests.
fn among<T: Copy>(values: &[T]) -> impl Fn(Name) -> T {
    |name| values[number_of(name)]
}

/// Numbers throughout an interval, its ends and 0 among them.
fn throughout(bounds: Interval) -> Vec<f64> {
    let part = |at: u8| bounds.lo + bounds.width() * f64::from(at) / 3.0;
    let mut numbers: Vec<f64> = (1..3).map(part).chain([bounds.lo, bounds.hi]).collect();
    if bounds.contains(0.0) {
        numbers.extend([0.0, 1e-9, -1e-9]);
    }
    numbers.retain(|number| bounds.contains(*number));
    numbers
}

/// Every choice of one number for each of several.
fn choices(of: &[Vec<f64>]) -> Vec<Vec<f64>> {
    of.iter().fold(vec![Vec::new()], |all, numbers| {
        let with = |so_far: &Vec<f64>, number: &f64| [so_far.as_slice(), &[*number]].concat();
        all.iter().flat_map(|so_far| numbers.iter().map(|n| with(so_far, n))).collect()
    })
}

/// The smallest interval that holds some numbers.
fn hull_of(values: &[f64]) -> Interval {
    values.iter().copied().map(Interval::point).reduce(Interval::hull).unwrap()
}

/// That `found` holds `values` and hardly more: some units of the last place of
/// the largest number that was computed with.
fn assert_tight(found: Interval, values: &[f64], largest: f64, what: &str) {
    let range = hull_of(values);
    let slack = 16.0 * f64::EPSILON * range.size().max(largest) + 1e-300;
    assert!(found.lo <= range.lo && range.hi <= found.hi, "{what}: {range:?} not in {found:?}");
    assert!(
        found.lo >= range.lo - slack && found.hi <= range.hi + slack,
        "{what}: {found:?} is wider than {range:?}"
    );
}
