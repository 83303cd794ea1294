//! A formula's fingerprint: its value at one random place, computed modulo a
//! prime and so without rounding. Formulas that differ only in the order of
//! their parts, in factors of 1 or in brackets have the same one; that two
//! others share one has a chance of 1 in 10^18.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::line::{SlipLine, alike};
use crate::expr::{Expr, Op};
use crate::name::{Name, Symbol};

/// The value modulo [`PRIME`].
pub(super) type Fingerprint = u64;

/// The largest prime with room for a sum in a u64.
const PRIME: u64 = (1 << 61) - 1;

/// The fingerprint of a formula of a line.
pub(super) fn fingerprint(line: &SlipLine<'_>, expr: &Expr) -> Fingerprint {
    let of = |expr: &Expr| fingerprint(line, expr);
    match expr {
        Expr::Number(number) => constant(*number),
        Expr::Leaf(name) => match plain(line, *name) {
            Some(other) => of(&other),
            None => anywhere(name),
        },
        Expr::Apply(op, operands) => match op {
            Op::Sum => operands.iter().fold(0, |total, addend| plus(total, of(addend))),
            Op::Difference => plus(of(&operands[0]), opposite(of(&operands[1]))),
            Op::Negative => opposite(of(&operands[0])),
            Op::Product => operands.iter().fold(1, |total, factor| times(total, of(factor))),
            Op::Square => times(of(&operands[0]), of(&operands[0])),
            // What is divided by, and what is not arithmetic, is one unknown.
            Op::Quotient => times(of(&operands[0]), anywhere(&(op, of(&operands[1])))),
            Op::Exp
            | Op::Ln
            | Op::LnOnePlus
            | Op::Tanh
            | Op::Magnitude
            | Op::Max
            | Op::IfPositive => {
                let operands: Vec<Fingerprint> = operands.iter().map(of).collect();
                anywhere(&(op, operands))
            }
        },
    }
}

/// A constant: whole numbers are themselves, any other is one unknown.
fn constant(number: f64) -> Fingerprint {
    let size = number.abs();
    let value = if size.fract() == 0.0 && size < LARGEST_WHOLE {
        size as u64
    } else {
        anywhere(&size.to_bits())
    };
    if number < 0.0 { opposite(value) } else { value }
}

const LARGEST_WHOLE: f64 = 1e15;

/// A place for an unknown, the same whenever it is met.
fn anywhere(unknown: &impl Hash) -> Fingerprint {
    let mut hasher = FxHasher::default();
    unknown.hash(&mut hasher);
    // The hash is made for speed; two rounds of mixing make it even.
    let mut mixed = hasher.finish().wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) % PRIME
}

const fn plus(a: Fingerprint, b: Fingerprint) -> Fingerprint {
    (a + b) % PRIME
}

const fn opposite(a: Fingerprint) -> Fingerprint {
    (PRIME - a) % PRIME
}

fn times(a: Fingerprint, b: Fingerprint) -> Fingerprint {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// The number or quantity that a quantity merely repeats: `df_in/dz1_out` is `u1`,
/// `dz1_in/db1` is 1, the output of the identity is its input.
fn plain(line: &SlipLine<'_>, leaf: Name) -> Option<Expr> {
    match leaf {
        Name::Value(Symbol::Out { layer, unit }) | Name::New(Symbol::Out { layer, unit }) => {
            let own = alike(leaf, Symbol::In { layer, unit });
            line.is_identity(layer).then_some(own.into())
        }
        Name::Derivative { of: Symbol::In { .. }, .. } => line.lesson.expression(leaf),
        Name::Derivative { of: Symbol::Out { layer, .. }, by: Symbol::In { .. } } => {
            line.is_identity(layer).then_some(Expr::Number(1.0))
        }
        Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer, unit } } => {
            let out = Name::loss_by(Symbol::Out { layer, unit });
            line.is_identity(layer).then_some(out.into())
        }
        Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, .. } } => {
            let is_one = !line.is_hidden(layer) && line.outputs_are_the_loss();
            is_one.then_some(Expr::Number(1.0))
        }
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    }
}
