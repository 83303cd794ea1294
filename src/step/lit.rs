//! What of the figure is lit at a step: the link of the chain that is worked out,
//! alone, and what is known by then.

use super::steps::{Moment, Step};
use crate::document::figure::{Direction, Highlight, Lamp, Light, chain};
use crate::document::path;
use crate::lesson::Lesson;
use crate::name::{Name, Symbol};
use crate::telling::Walked;

/// What is lit at a step.
pub(super) fn of(lesson: &Lesson<'_>, step: Step) -> Highlight {
    match step.moment {
        Moment::Told(_) | Moment::Rows(_) => Highlight::default(),
        Moment::Chain(walked) => {
            let mut lit = whole(lesson, Name::loss_by(walked.parameter));
            dim(&mut lit, |at| walked.knows(at));
            // The question stands at the weight, not yet its answer.
            Highlight { about: Some(walked.parameter.into()), ..lit }
        }
        Moment::Factor(walked, at) => factor(lesson, walked, usize::from(at)),
        Moment::Product(walked) => whole(lesson, Name::loss_by(walked.parameter)),
        Moment::Shortcut(_) => {
            step.quantity(lesson).map_or_else(Highlight::default, |name| whole(lesson, name))
        }
        Moment::Quantity(name) => quantity(lesson, name),
    }
}

/// A chain all of whose terms are known.
fn whole(lesson: &Lesson<'_>, name: Name) -> Highlight {
    chain::highlight(lesson, name, None).unwrap_or_default()
}

/// What is not known yet lies ahead.
fn dim(lit: &mut Highlight, knows: impl Fn(usize) -> bool) {
    for (at, lamp) in lit.lamps.iter_mut().enumerate() {
        lamp.light = if knows(at) { Light::Known } else { Light::Ahead };
    }
}

/// One term of a chain.
fn factor(lesson: &Lesson<'_>, walked: Walked, at: usize) -> Highlight {
    let mut lit = whole(lesson, Name::loss_by(walked.parameter));
    dim(&mut lit, |other| other < at || walked.knows(other));
    if let Some(lamp) = lit.lamps.get_mut(at) {
        lamp.light = Light::Current;
    }
    lit
}

fn quantity(lesson: &Lesson<'_>, name: Name) -> Highlight {
    match name {
        // The error signal is there; the last link leads to the weight.
        Name::Derivative {
            of: Symbol::Loss,
            by: by @ (Symbol::Weight { .. } | Symbol::Bias { .. }),
        } => {
            let mut lit = whole(lesson, name);
            if let Some(lamp) = lit.lamps.last_mut() {
                lamp.light = Light::Current;
            }
            for lamp in &mut lit.lamps {
                lamp.number = None;
            }
            lit.path = path::to_loss(lesson.network(), by);
            lit
        }
        Name::Derivative { of: Symbol::Loss, by: Symbol::In { .. } } => {
            let mut lit = whole(lesson, name);
            for lamp in &mut lit.lamps {
                lamp.number = None;
            }
            lit
        }
        Name::Derivative { .. } | Name::OfSample { .. } => Highlight {
            direction: Direction::Backward,
            lamps: vec![lamp(name)],
            about: Some(name),
            path: path::of_factor(lesson.network(), name),
        },
        // What is updated: the weight, and what it leads to.
        Name::New(parameter) if lesson.is_parameter(parameter) => {
            let link = parameter
                .leads_to()
                .map(|(layer, unit)| lamp(Name::derivative(Symbol::In { layer, unit }, parameter)));
            Highlight {
                direction: Direction::Forward,
                lamps: link.into_iter().collect(),
                about: Some(parameter.into()),
                path: path::into(lesson.network(), parameter),
            }
        }
        Name::Value(_) | Name::New(_) => chain::highlight(lesson, name, None).unwrap_or_default(),
    }
}

const fn lamp(factor: Name) -> Lamp {
    Lamp { factor, light: Light::Current, number: None }
}
