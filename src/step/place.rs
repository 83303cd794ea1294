//! A place in a lesson, as it is remembered: it is found again where steps were
//! added or taken away meanwhile.

use super::steps::Moment;
use super::walkthrough::Walkthrough;
use crate::document::topic;
use crate::name::Name;

/// The first line of a remembered place.
const FORMAT: &str = "backprop-tutor/place/1";

/// A step and how much of it was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The step, from 0.
    pub step: usize,
    /// Beats that were seen, from 1.
    pub beat: usize,
    /// What the step is about; it tells the step where its number does not.
    pub label: String,
}

impl Place {
    /// As it is kept: three lines of text.
    pub fn to_text(&self) -> String {
        format!("{FORMAT}\n{} {}\n{}\n", self.step + 1, self.beat, self.label)
    }

    /// What [`Place::to_text`] has written; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(FORMAT) {
            return None;
        }
        let (step, beat) = lines.next()?.split_once(' ')?;
        let (step, beat) = (step.parse::<usize>().ok()?.checked_sub(1)?, beat.parse().ok()?);
        Some(Self { step, beat, label: lines.next()?.to_owned() })
    }
}

impl Walkthrough<'_> {
    /// What the step at a position is about, in plain text: `Forward pass: z1_in`.
    pub fn label(&self, position: usize) -> String {
        let (lesson, step) = (self.lesson(), self.step(position));
        let naming = lesson.naming();
        let own = || step.quantity(lesson).map(|name| naming.plain(name)).unwrap_or_default();
        let what = match step.moment {
            Moment::Told(subject) => topic::title(step.part, subject).to_owned(),
            Moment::Chain(walked) => {
                format!("the chain of {}", naming.plain(Name::loss_by(walked.parameter)))
            }
            Moment::Product(_) => format!("{}, all factors", own()),
            Moment::Rows(alike) => {
                let last = alike.count(lesson) - 1;
                let [first, last] = [0, last].map(|at| naming.plain(alike.name(lesson, at)));
                format!("{first} to {last}")
            }
            Moment::Factor(..) | Moment::Quantity(_) | Moment::Shortcut(_) => own(),
        };
        format!("{}: {what}", step.part.title(naming))
    }

    /// The step of a place: the nearest one that is about the same, else the one of
    /// its number.
    pub fn position_at(&self, place: &Place) -> usize {
        let last = self.steps().len() - 1;
        let from = place.step.min(last);
        // Outwards, so that no more labels are written than must be.
        let near = (0..=last).flat_map(|by| [from.checked_sub(by), Some(from + by)]);
        let mut near = near.flatten().filter(|at| *at <= last);
        near.find(|at| self.label(*at) == place.label).unwrap_or(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let place = Place { step: 23, beat: 2, label: "Update: W11_new".to_owned() };
        assert_eq!(Place::read(&place.to_text()), Some(place));
        let broken = ["", "24 2", "backprop-tutor/place/1\n0 1\nx", "backprop-tutor/place/1\n3\nx"];
        assert!(broken.iter().all(|text| Place::read(text).is_none()));
    }
}
