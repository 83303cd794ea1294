//! Parameters among the arrays that are still as they were.

use super::arrange::{Aimed, Arranged, NotCompared, Unused};
use super::array::Array;
use super::engine::problem::MatrixProblem;
use super::kept::PassArray;

/// Parameters as they were before the update are no gradients.
pub(super) fn set_aside(problem: &MatrixProblem, arranged: &mut Arranged, arrays: &[Array]) {
    let is_old = |aimed: &Aimed| {
        if !aimed.is_open {
            return false;
        }
        let old = match aimed.kept {
            PassArray::ByWeights(layer) => problem.weights[layer].values(),
            PassArray::ByBiases(layer) => match &problem.biases[layer] {
                Some(biases) => biases,
                None => return false,
            },
            _ => return false,
        };
        let same = |aimed: Aimed| {
            aimed.values.len() == old.len()
                && aimed.values.iter().zip(old).all(|(a, b)| (a - b).abs() <= 1e-6 * b.abs())
        };
        let some = old.iter().any(|value| *value != 0.0);
        some && (same(aimed.clone().turned(false)) || same(aimed.clone().turned(true)))
    };
    let (old, others): (Vec<Aimed>, Vec<Aimed>) =
        std::mem::take(&mut arranged.aimed).into_iter().partition(is_old);
    if others.is_empty() {
        // All are as they were: then nothing was updated, and that is compared.
        arranged.aimed = old;
        return;
    }
    arranged.aimed = others;
    arranged.unused.extend(
        old.iter()
            .map(|aimed| Unused { name: arrays[aimed.array].name.clone(), why: NotCompared::Old }),
    );
}
