//! What is lit for a quantity of a lesson: the chain that it is the end of, term
//! by term, or what a value of the forward pass is computed from; and what is
//! known by then.

use thiserror::Error;

use super::light::{Direction, Highlight, Lamp, Light};
use crate::document::path;
use crate::lesson::{Lesson, Section, chain};
use crate::name::{Name, NameSet, Symbol};
use crate::network::activation::ActivationForm;

/// Why a term cannot be shown.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NoTerm {
    /// A value of the forward pass.
    #[error("it is no derivative of the loss, so it has no chain of terms")]
    NoChain,
    /// There are fewer.
    #[error("its chain has {}", crate::num::counted(*.0, "term"))]
    Beyond(usize),
}

/// The factors of the chain that ends in a quantity, from the loss on; none for
/// a value of the forward pass. A weight or bias stands for its gradient.
pub fn factors(lesson: &Lesson<'_>, name: Name) -> Vec<Name> {
    let by = match name {
        Name::Value(symbol) | Name::New(symbol) if lesson.is_parameter(symbol) => symbol,
        Name::Value(_) | Name::New(_) => return Vec::new(),
        Name::Derivative { of: Symbol::Loss, by } => by,
        Name::Derivative { .. } | Name::OfSample { .. } => return vec![name],
    };
    if lesson.is_parameter(by) {
        return chain::to_parameter(lesson, by);
    }
    let Symbol::In { layer, unit } = by else { return vec![name] };
    let mut factors = chain::to_parameter(lesson, Symbol::Weight { layer, from: 0, to: unit });
    factors.pop();
    factors
}

/// What is lit for a quantity: of a chain one term, counted from 1, or where no
/// term is asked for all of it; of a value what it is computed from.
///
/// # Errors
/// When there is no such term.
pub fn highlight(
    lesson: &Lesson<'_>,
    name: Name,
    term: Option<usize>,
) -> Result<Highlight, NoTerm> {
    let network = lesson.network();
    let factors = factors(lesson, name);
    if factors.is_empty() {
        let (Name::Value(symbol) | Name::New(symbol)) = name else {
            return Err(NoTerm::NoChain);
        };
        if term.is_some() {
            return Err(NoTerm::NoChain);
        }
        let lamp = |factor| Lamp { factor, light: Light::Current, number: None };
        let lamps = into(lesson, symbol).into_iter().map(lamp).collect();
        let path = path::into(network, symbol);
        return Ok(Highlight { direction: Direction::Forward, lamps, about: Some(name), path });
    }
    if term.is_some_and(|term| term == 0 || term > factors.len()) {
        return Err(NoTerm::Beyond(factors.len()));
    }
    let about = match name {
        Name::Value(parameter) | Name::New(parameter) => Name::loss_by(parameter),
        Name::Derivative { .. } | Name::OfSample { .. } => name,
    };
    let lamps = factors.iter().zip(1..).map(|(&factor, number)| {
        let light = match term {
            None => Light::Known,
            Some(term) if number < term => Light::Known,
            Some(term) if number == term => Light::Current,
            Some(_) => Light::Ahead,
        };
        Lamp { factor, light, number: Some(number) }
    });
    let so_far = factors.iter().take(term.unwrap_or(factors.len()));
    let path = so_far.flat_map(|&factor| path::of_factor(network, factor)).collect();
    Ok(Highlight {
        direction: Direction::Backward,
        lamps: lamps.collect(),
        about: Some(about),
        path,
    })
}

/// The links that a value of the forward pass comes in over; itself where it is
/// given.
fn into(lesson: &Lesson<'_>, symbol: Symbol) -> Vec<Name> {
    let network = lesson.network();
    let last = network.depth() - 1;
    let all = |layer| 0..network.units(layer) as u32;
    match symbol {
        Symbol::In { layer, unit } => {
            let mut links = Vec::new();
            lesson.parameters_of(layer, unit, |parameter| {
                links.push(Name::derivative(symbol, parameter));
                if let Symbol::Weight { from, .. } = parameter {
                    links.push(Name::derivative(symbol, Symbol::source(layer, from)));
                }
            });
            links
        }
        Symbol::Out { layer, unit } => match network.layers[layer as usize].activation.form {
            ActivationForm::Each(_) => vec![Name::derivative(symbol, Symbol::In { layer, unit })],
            ActivationForm::Together(_) => {
                let ins = all(layer).map(|unit| Symbol::In { layer, unit });
                ins.map(|own| Name::derivative(symbol, own)).collect()
            }
        },
        Symbol::Loss => {
            all(last).map(|unit| Name::loss_by(Symbol::Out { layer: last, unit })).collect()
        }
        Symbol::Term(unit) => vec![Name::loss_by(Symbol::Out { layer: last, unit })],
        Symbol::Input(_)
        | Symbol::Target(_)
        | Symbol::Weight { .. }
        | Symbol::Bias { .. }
        | Symbol::Rate
        | Symbol::Risk => vec![symbol.into()],
    }
}

/// What of a lesson is known at a moment, in the order in which it is computed.
pub struct KnownBy {
    known: NameSet,
}

impl KnownBy {
    /// When a quantity is being worked out: what comes before it. With `done` it
    /// is known itself, and so is the error signal at the head of its chain.
    pub fn of(lesson: &Lesson<'_>, name: Name, done: bool) -> Self {
        let mut known = NameSet::default();
        // The walk stops where the quantity itself is met.
        let _ = lesson.for_each(|section, told| {
            if told == name && section != Section::Given {
                return Err(());
            }
            known.insert(told);
            Ok(())
        });
        if done {
            known.insert(name);
            if let Name::Derivative { by, .. } = name
                && let Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit } = by
            {
                known.insert(Name::loss_by(Symbol::In { layer, unit }));
            }
        }
        Self { known }
    }

    /// Whether a quantity is known by then.
    pub fn knows(&self, name: Name) -> bool {
        self.known.contains(&name)
    }
}
