//! What an engine does: update the parameters on a batch, and say what the
//! network makes of data.

use super::data::{Data, Observations};
use super::real::Real;
use crate::network::Network;

/// How a batch becomes a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// α
    pub rate: f64,
    /// Whether the step follows the mean of the gradients; else their sum.
    pub mean: bool,
    /// Whether biases are updated too.
    pub update_biases: bool,
}

impl Rule {
    /// What the sum of the gradients of a batch is multiplied by.
    #[inline(always)]
    pub(super) fn step(&self, count: usize) -> f64 {
        if self.mean { self.rate / count as f64 } else { self.rate }
    }
}

/// A network with the memory that its training needs.
pub trait Engine<R: Real>: Send {
    /// One step of gradient descent.
    fn update(&mut self, data: &Data<R>, batch: Observations<'_>, rule: &Rule);

    /// So many passes over the data, in batches of `size`; the last batch of a
    /// pass may be smaller.
    fn epochs(
        &mut self,
        data: &Data<R>,
        order: Option<&[u32]>,
        size: usize,
        rule: &Rule,
        count: usize,
    ) {
        for _ in 0..count {
            for first in (0..data.len()).step_by(size) {
                let count = size.min(data.len() - first);
                self.update(data, Observations { first, count, order }, rule);
            }
        }
    }

    /// The losses of all observations, added up.
    fn total_loss(&mut self, data: &Data<R>) -> f64;

    /// Calls `visit` with the outputs at each observation.
    fn outputs(&mut self, data: &Data<R>, visit: &mut dyn FnMut(usize, &[R]));

    /// Multiplications of one observation's step.
    fn work(&self) -> usize;

    /// All parameters, in the engine's own order.
    fn parameters(&self) -> &[R];

    /// Puts back parameters that [`Engine::parameters`] gave.
    fn set_parameters(&mut self, parameters: &[R]);

    /// The network as it is now.
    fn network(&self) -> Network;
}

/// An activation or a loss that training does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` cannot be trained")]
pub struct Unknown(pub &'static str);
