//! The lesson: a network and a sample as the ordered list of quantities that a
//! person computes, each with one expression over the others.
//!
//! - `forward`, `loss`, `backward` and `update` give the expression of a
//!   quantity; nothing else knows a formula.
//! - [`order`] is the sequence in which the lecture computes them.
//! - `values` evaluates the expressions, unit by unit; what belongs to a
//!   single weight is evaluated when it is asked for, so memory grows with the
//!   units, not with the weights.
//! - [`batch`] works several samples at once; `together` names what they make.
//! - [`chain`] is the walk from the loss to one weight, [`cost`] what caching
//!   saves, [`mod@reference`] the comparison with a book.

mod backward;
pub mod batch;
pub mod chain;
pub mod cost;
mod forward;
mod from_paper;
mod loss;
pub mod order;
pub mod reference;
mod routes;
mod together;
mod update;
mod values;

pub use from_paper::PaperForm;
pub use values::Overflow;

pub use crate::name::Section;
pub use crate::network::Exercise;

use crate::expr::{Expr, rename};
use crate::name::{Name, NameMap, NameNumbering, NameSet, Naming, Symbol};
use crate::network::Network;
use crate::network::activation::ActivationForm;
use crate::num::{Precision, Written};
use values::Values;

/// How the lesson is computed.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether the update is applied and the forward pass run again. Needs a
    /// learning rate.
    pub apply: bool,
    /// What every intermediate is rounded to and carried with, as with
    /// pen and paper; `None` carries full precision.
    pub by_hand: Option<Precision>,
    /// Numbers that replace computed ones from there on.
    pub carried: NameMap<Written>,
    /// Whether the first weight of each layer is computed from the error signal of
    /// its unit, as all others are, instead of by its own chain.
    pub plugged_in: bool,
}

/// A computed lesson.
///
/// ```
/// use backprop_tutor::lesson::{Lesson, Settings};
/// use backprop_tutor::name::{Name, Symbol};
///
/// let scenario = backprop_tutor::scenario::load("xor")?;
/// let exercise = scenario.exercise(0);
/// let lesson = Lesson::new(exercise, Settings::default())?;
/// let z1_in = Name::Value(Symbol::In { layer: 0, unit: 0 });
/// assert_eq!(lesson.text(z1_in, 4), "-0.53");
/// assert_eq!(lesson.naming().plain(z1_in), "z1_in");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lesson<'a> {
    exercise: Exercise<'a>,
    settings: Settings,
    numbering: NameNumbering,
    values: Values,
    /// Where it is of several samples, all of them; the values are the first one's.
    samples: Option<batch::LessonBatch<'a>>,
}

impl<'a> Lesson<'a> {
    /// Computes the lesson.
    ///
    /// # Errors
    /// The first quantity that leaves the range of an f64.
    pub fn new(exercise: Exercise<'a>, settings: Settings) -> Result<Self, Overflow> {
        let numbering = exercise.network.numbering();
        let values = Values::default();
        let mut lesson = Self { exercise, settings, numbering, values, samples: None };
        lesson.compute()?;
        Ok(lesson)
    }

    /// The exercise.
    pub const fn exercise(&self) -> &Exercise<'a> {
        &self.exercise
    }

    /// The network before the update.
    pub const fn network(&self) -> &'a Network {
        self.exercise.network
    }

    /// How it was computed.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How its quantities are named.
    pub fn naming(&self) -> Naming<'a> {
        self.network().naming()
    }

    /// The numbers of its quantities, for what is known of them in tables.
    pub const fn numbering(&self) -> &NameNumbering {
        &self.numbering
    }

    /// Whether the lesson has this quantity: the network must, and what comes
    /// after the update only where it is applied.
    pub fn has(&self, name: Name) -> bool {
        if let Some(samples) = &self.samples {
            return samples.has(self, name);
        }
        let network = self.network();
        let there = match name {
            Name::New(symbol) => self.settings.apply && self.renewed(symbol) != Name::Value(symbol),
            Name::Value(Symbol::Rate) => self.exercise.learning_rate.is_some(),
            Name::Value(_) | Name::Derivative { .. } => true,
            Name::OfSample { .. } => false,
        };
        there && network.has(name)
    }

    /// The expression of a quantity, over quantities that come before it;
    /// `None` for what the scenario gives.
    pub fn expression(&self, name: Name) -> Option<Expr> {
        if let Some(samples) = &self.samples {
            return samples.expression(self, name);
        }
        match name {
            Name::Value(symbol) => self.value_expression(symbol, Name::Value),
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                Some(update::expression(symbol, Name::loss_by(symbol)))
            }
            Name::New(symbol) => {
                let old = self.value_expression(symbol, Name::New)?;
                Some(rename(old, &|leaf| match leaf {
                    Name::Value(symbol) => self.renewed(symbol),
                    Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => leaf,
                }))
            }
            Name::Derivative { of, by } => backward::expression(self, of, by),
            Name::OfSample { .. } => None,
        }
    }

    /// All equal expressions of a quantity that a person may work with, the
    /// lesson's own first.
    pub fn equal_forms(&self, name: Name) -> Vec<Expr> {
        if let Some(samples) = &self.samples {
            return samples.equal_forms(self, name);
        }
        match name {
            Name::Derivative { of, by } => backward::equal_forms(self, of, by),
            Name::Value(_) | Name::New(_) | Name::OfSample { .. } => {
                self.expression(name).into_iter().collect()
            }
        }
    }

    /// Equal expressions that people work with too, besides [`Lesson::equal_forms`]:
    /// activations and losses that are written in another way, the chain path by path.
    pub fn other_forms(&self, name: Name) -> Vec<Expr> {
        if let Some(samples) = &self.samples {
            return samples.other_forms(self, name);
        }
        if self.has(name) { routes::other_forms(self, name) } else { Vec::new() }
    }

    /// Equal ways of people who have on paper all that these take: bounds of them are too
    /// wide for numbers that nobody has seen.
    pub fn forms_from_paper(&self, name: Name) -> Vec<PaperForm> {
        if let Some(samples) = &self.samples {
            return samples.forms_from_paper(self, name);
        }
        if self.has(name) { from_paper::forms(self, name) } else { Vec::new() }
    }

    /// What `∂L/∂f_in` of an output comes to where the loss and its activation
    /// are made for each other: `f_out - y`.
    pub fn shortcut(&self, output: u32) -> Option<Expr> {
        backward::shortcut(self, output)
    }

    /// The expression of a value of the forward pass; `pass` names the values
    /// that decide between equal formulas.
    fn value_expression(&self, symbol: Symbol, pass: fn(Symbol) -> Name) -> Option<Expr> {
        match symbol {
            Symbol::In { layer, unit } => Some(forward::sum_in(self.network(), layer, unit)),
            Symbol::Out { layer, unit } => Some(forward::out(self, layer, unit, pass)),
            Symbol::Term(output) => Some(loss::term(self, output, pass)),
            Symbol::Loss => Some(loss::total(self, pass)),
            Symbol::Input(_)
            | Symbol::Target(_)
            | Symbol::Weight { .. }
            | Symbol::Bias { .. }
            | Symbol::Rate
            | Symbol::Risk => None,
        }
    }

    /// What stands for `symbol` after the update: itself, where it stays.
    fn renewed(&self, symbol: Symbol) -> Name {
        match symbol {
            Symbol::Input(_) | Symbol::Target(_) | Symbol::Rate | Symbol::Risk => {
                Name::Value(symbol)
            }
            Symbol::Bias { .. } if !self.exercise.update_biases => Name::Value(symbol),
            Symbol::Bias { .. }
            | Symbol::Weight { .. }
            | Symbol::In { .. }
            | Symbol::Out { .. }
            | Symbol::Term(_)
            | Symbol::Loss => Name::New(symbol),
        }
    }

    /// Whether an output lies so close to 0 or 1 that the loss is computed from
    /// its input, by an equal formula.
    pub fn has_extreme_outputs(&self) -> bool {
        loss::far_out(self, Name::Value).is_some()
    }

    /// Whether the slope of a unit is computed from its input by an equal
    /// formula, because its output has no digits left for it.
    pub fn has_far_slope(&self, layer: u32, unit: u32) -> bool {
        match self.network().layers[layer as usize].activation.form {
            ActivationForm::Each(each) => {
                each.far_at(|| self.value(Symbol::In { layer, unit }.into())).is_some()
            }
            ActivationForm::Together(_) => false,
        }
    }

    /// The carried numbers that a quantity is computed from, itself included.
    pub fn carried_behind(&self, name: Name) -> Vec<Name> {
        let mut carried = Vec::new();
        if self.settings.carried.is_empty() {
            return carried;
        }
        let mut seen = NameSet::from_iter([name]);
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            if self.settings.carried.contains_key(&name) {
                carried.push(name);
            }
            if let Some(expr) = self.expression(name) {
                expr.for_each_leaf(&mut |leaf| {
                    if seen.insert(leaf) {
                        open.push(leaf);
                    }
                });
            }
        }
        carried.sort_unstable();
        carried
    }
}
