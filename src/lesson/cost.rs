//! What caching saves: multiplications for the gradients of all weights, once
//! the forward pass and the local factors are known.

use super::{Lesson, backward};
use crate::expr::{Expr, multiplications};
use crate::name::{Name, Symbol};
use crate::network::activation::ActivationForm;

/// Multiplications needed, three ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Multiplications {
    /// Backwards, each error signal computed once and plugged in.
    pub backward: f64,
    /// Forwards, every weight's influence followed to the loss.
    pub forward: f64,
    /// Every weight's chain multiplied out afresh.
    pub uncached: f64,
}

/// Multiplications forwards, from a layer on.
#[derive(Clone, Copy)]
struct Forward {
    units: f64,
    /// From one weight of a unit.
    one: f64,
    /// From all units at once.
    all: f64,
}

impl Lesson<'_> {
    /// Counts for this network. All units of a layer cost the same, so one of
    /// each is counted.
    pub fn cost(&self) -> Multiplications {
        let mut cost = Multiplications { backward: 0.0, forward: 0.0, uncached: 0.0 };
        let (mut afresh, mut beyond) = (0.0, None);
        for layer in (0..self.network().depth()).rev() {
            let shape = &self.network().layers[layer as usize];
            let (units, weights) = (shape.units() as f64, shape.weights.values().len() as f64);
            let signal = backward::cached_signal(self, layer, 0);
            // The sums over paths belong to the signal of their unit.
            let own = self.multiplications(&signal, 0.0);
            afresh = self.multiplications(&signal, afresh);
            let weight = Symbol::Weight { layer, from: 0, to: 0 };
            let last = self.multiplications(&backward::plugged_in(layer, 0, weight), 0.0);
            cost.backward += units * own + weights * last;
            cost.uncached += weights * (afresh + last);
            let forward = self.onwards(layer, beyond);
            cost.forward += weights * forward.one;
            beyond = Some(forward);
        }
        cost
    }

    /// Multiplications for an expression, where each error signal of the next
    /// layer costs `next`.
    fn multiplications(&self, expr: &Expr, next: f64) -> f64 {
        multiplications(expr, &|leaf| match leaf {
            Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, .. } }
                if !self.naming().is_output(layer) =>
            {
                self.expression(leaf).map_or(0.0, |sum| self.multiplications(&sum, next))
            }
            Name::Derivative { of: Symbol::Loss, by: Symbol::In { .. } } => next,
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => 0.0,
        })
    }

    /// Multiplications to follow influence from `layer` to the loss: through the
    /// slopes of its units, then through every weight that leads on to the layer
    /// beyond, and so forth, last through the loss.
    fn onwards(&self, layer: u32, beyond: Option<Forward>) -> Forward {
        let units = self.network().units(layer) as f64;
        let from = |touched: f64| {
            let (slopes, touched) = match self.network().layers[layer as usize].activation.form {
                ActivationForm::Each(_) => (touched, touched),
                ActivationForm::Together(_) => (units * touched, units),
            };
            slopes + beyond.map_or(touched, |beyond| beyond.units * touched + beyond.all)
        };
        Forward { units, one: from(1.0), all: from(units) }
    }
}
