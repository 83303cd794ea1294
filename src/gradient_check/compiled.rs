//! The formulas of a network as programs, each taken from its tree once.
//!
//! Only formulas that lose no digits far out are used, wherever an input is.

use crate::expr::{Expr, RowProgram, straight, with_number};
use crate::name::{Name, Symbol};
use crate::network::activation::{Activation, ActivationForm};
use crate::network::loss::Total;
use crate::network::{Loss, Network};

/// What the trees are written over.
pub(super) const Z: Name = Name::Value(Symbol::In { layer: 0, unit: 0 });
pub(super) const OUT: Name = Name::Value(Symbol::Out { layer: 0, unit: 0 });
pub(super) const Y: Name = Name::Value(Symbol::Target(0));
/// What is taken off every input of a coupled layer.
pub(super) const SHIFT: Name = Name::Value(Symbol::Input(0));
/// What all parts of a coupled layer add up to.
pub(super) const TOTAL: Name = Name::Value(Symbol::Input(1));
/// What one of its units adds.
pub(super) const PART: Name = Name::Value(Symbol::Input(2));

/// How the choices of a formula are made, such as that of a ReLU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choices {
    /// Anew for every number.
    Anew,
    /// As they are made in the lesson, so that nothing has a kink.
    AsInTheLesson,
}

/// A formula over the input of a unit, with its choices made anew, and made as
/// for a negative input and for a positive one. At 0 they are those of a negative
/// one: there, a ReLU counts as off.
pub(super) struct Formula {
    pub(super) tree: Expr,
    programs: [RowProgram; 3],
}

impl Formula {
    fn new(tree: Expr, places: &[Name]) -> Self {
        let place = |name| places.iter().position(|other| *other == name).unwrap_or_default();
        let around = |z: f64| straight(&tree, &|name| if name == Z { z } else { 0.5 });
        let trees = [tree.clone(), around(-1.0), around(1.0)];
        Self { programs: trees.map(|tree| RowProgram::new(&tree, &place)), tree }
    }

    /// The program for a unit whose input is `z` in the lesson.
    pub(super) fn program(&self, choices: Choices, z: f64) -> &RowProgram {
        &self.programs[Self::kind(choices, z)]
    }

    /// How many kinds of units there are.
    pub(super) const KINDS: usize = 3;

    /// The program for units of a kind.
    pub(super) fn program_of(&self, kind: usize) -> &RowProgram {
        &self.programs[kind]
    }

    /// Units of the same kind go by the same program.
    pub(super) fn kind(choices: Choices, z: f64) -> usize {
        match choices {
            Choices::Anew => 0,
            Choices::AsInTheLesson if z > 0.0 => 2,
            Choices::AsInTheLesson => 1,
        }
    }
}

/// What the units of a layer make of their inputs.
pub(super) enum Units {
    /// Each for itself: a formula over [`Z`].
    Each(Formula),
    /// All together.
    Together(CoupledLayer),
}

/// The formulas of a layer whose units are coupled.
pub(super) struct CoupledLayer {
    /// Over [`Z`] and [`SHIFT`].
    pub(super) part: Formula,
    /// Over [`PART`] and [`TOTAL`].
    pub(super) share: Formula,
}

/// The formulas of a network.
pub(super) struct Compiled<'a> {
    pub(super) network: &'a Network,
    pub(super) layers: Vec<Units>,
    /// What one output adds to the loss, over [`TERM_PLACES`].
    pub(super) term: Formula,
    /// Whether that is a formula over [`OUT`], not over its input.
    pub(super) term_needs_out: bool,
    /// What the sum of all terms is divided by.
    pub(super) divisor: f64,
}

/// The order in which a term takes its rows.
pub(super) const TERM_PLACES: [Name; 5] = [Y, Z, OUT, SHIFT, TOTAL];

impl<'a> Compiled<'a> {
    pub(super) fn new(network: &'a Network) -> Self {
        let layers = network.layers.iter().map(|layer| units(layer.activation)).collect();
        let (loss, last) = (network.loss, network.output_layer().activation);
        let (term, term_needs_out) = term(loss, last);
        let divisor = match loss.total {
            Total::Sum => 1.0,
            Total::Mean => network.outputs() as f64,
        };
        let term = Formula::new(term, &TERM_PLACES);
        Self { network, layers, term, term_needs_out, divisor }
    }

    /// Whether an output with this target adds the same whatever the network
    /// computes: nothing, most often.
    pub(super) fn term_is_constant(&self, y: f64) -> bool {
        matches!(with_number(&self.term.tree, Y, y), Expr::Number(_))
    }
}

fn units(activation: &Activation) -> Units {
    match activation.form {
        ActivationForm::Each(each) => {
            let value = each.far.map_or(each.value, |far| far.value);
            Units::Each(Formula::new(value(Z.into()), &[Z]))
        }
        ActivationForm::Together(together) => Units::Together(CoupledLayer {
            part: Formula::new((together.part)(Z.into(), Some(SHIFT.into())), &[Z, SHIFT]),
            share: Formula::new((together.share)(PART.into(), TOTAL.into()), &[PART, TOTAL]),
        }),
    }
}

/// What one output adds to the loss, and whether that is a formula over `out`.
fn term(loss: &Loss, activation: &Activation) -> (Expr, bool) {
    match loss.joint_with(activation) {
        Some(joint) => {
            ((joint.far.unit_term)(Y.into(), Z.into(), SHIFT.into(), TOTAL.into()), false)
        }
        None => ((loss.term)(Y.into(), OUT.into()), true),
    }
}
