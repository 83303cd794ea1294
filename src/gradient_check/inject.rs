//! A known slip made on the way to the gradients, in every line where it can
//! happen and that does not come of another such line.

use crate::expr::evaluate;
use crate::lesson::{Exercise, Lesson, Overflow, Section, Settings};
use crate::name::{Name, NameMap, NameSet};
use crate::num::Written;
use crate::verify::{Slip, asks, slips};

/// A lesson with a slip in it.
pub struct InjectedLesson<'a> {
    /// The lesson as somebody computes it who slips.
    pub lesson: Lesson<'a>,
    /// The lines where the slip changed the number, in the lesson's order.
    pub lines: Vec<Name>,
}

/// Makes a slip wherever it changes a line up to the gradients.
///
/// # Errors
/// The first quantity that leaves the range of an f64.
pub fn inject(exercise: Exercise<'_>, slip: Slip) -> Result<InjectedLesson<'_>, Overflow> {
    let apply = exercise.learning_rate.is_some();
    // Every gradient plugs in the error signal of its unit, so that a slip in
    // one signal reaches all of them.
    let settings = Settings { apply, plugged_in: true, ..Settings::default() };
    let lesson = Lesson::new(exercise, settings.clone())?;
    let mut carried = NameMap::default();
    let mut lines = Vec::new();
    let mut spoilt: NameSet = NameSet::default();
    let Ok(()) = lesson.for_each(|section, name| {
        // Derivatives by the inputs lead to no gradient.
        let leads_on = matches!(section, Section::Forward | Section::Loss | Section::Backward);
        if leads_on && asks(section, name) {
            if comes_of(&lesson, name, &spoilt) {
                spoilt.insert(name);
            } else if let Some(value) = slipped(&lesson, name, slip) {
                carried.insert(name, Written::new("", "", value, 0));
                lines.push(name);
                spoilt.insert(name);
            }
        }
        Ok::<(), std::convert::Infallible>(())
    });
    let lesson = Lesson::new(exercise, Settings { carried, ..settings })?;
    Ok(InjectedLesson { lesson, lines })
}

fn comes_of(lesson: &Lesson<'_>, name: Name, spoilt: &NameSet) -> bool {
    let mut found = false;
    if let Some(expr) = lesson.expression(name) {
        expr.for_each_leaf(&mut |leaf| found |= spoilt.contains(&leaf));
    }
    found
}

/// What the slip makes of a line, if it changes the number.
fn slipped(lesson: &Lesson<'_>, name: Name, slip: Slip) -> Option<f64> {
    let rewritings = slips::rewritings(lesson, name, slip);
    let mut values = rewritings.iter().map(|expr| evaluate(expr, &|leaf| lesson.value(leaf)));
    values.find(|value| value.is_finite() && *value != lesson.value(name))
}
