//! What a sheet hands in, line by line, as the marking needs it.

use std::cell::OnceCell;
use std::ops::Deref;

use super::claim::Claim;
use super::marker::Marker;
use super::precision::{Shown, WorkingScale};
use super::sheet::{Answer, AnswerReading, Sheet, Source};
use crate::name::Name;
use crate::num::{self, Written};

/// The answers of a sheet, by the place of their line.
pub(super) struct HandedIn<'m, 's> {
    marker: &'m Marker<'m>,
    pub(super) reading: Shortens,
    /// The precision that the sheet shows; found out where it is asked for.
    shown: OnceCell<WorkingScale>,
    answers: Vec<Handed<'s>>,
    /// Per line, the number of its answer, from 1; 0 for none.
    at: Vec<u32>,
}

/// How the numbers of a sheet are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shortens {
    /// As rounded, or as the sheet shows.
    AsShown,
    /// The same, by decimals and by significant digits, whatever the sheet shows.
    EitherDigits,
    /// As cut off, one and all.
    CutsOff,
}

/// One answer.
#[derive(Clone)]
pub(super) struct Handed<'s> {
    pub(super) answer: &'s Answer,
    /// The exact value of the line.
    pub(super) expected: f64,
    /// Its number, if it is one.
    pub(super) number: Option<HandedNumber<'s>>,
    /// Whether the digits that are asked, or those given if they are fewer, hold
    /// the exact value: then nothing else needs to be known.
    pub(super) is_simply_right: bool,
}

/// A number as it counts. Hardly any is another than the one that is written.
#[derive(Clone)]
pub(super) enum HandedNumber<'s> {
    AsWritten(&'s Written),
    Computed(Box<Written>),
}

impl Deref for HandedNumber<'_> {
    type Target = Written;

    fn deref(&self) -> &Written {
        match self {
            Self::AsWritten(written) => written,
            Self::Computed(written) => written,
        }
    }
}

impl<'m, 's> HandedIn<'m, 's> {
    /// By a sheet.
    pub(super) fn by(marker: &'m Marker<'m>, sheet: &'s Sheet, reading: Shortens) -> Self {
        let mut handed_in = Self {
            marker,
            reading,
            shown: OnceCell::new(),
            answers: Vec::with_capacity(sheet.answers.len()),
            at: vec![0; marker.order.len()],
        };
        for answer in &sheet.answers {
            if let Some(place) = marker.truth.place(answer.name) {
                let handed = handed_in.handed(answer, marker.truth.expected_at(place));
                handed_in.answers.push(handed);
                handed_in.at[place] = handed_in.answers.len() as u32;
            }
        }
        handed_in
    }

    /// The same answers, taken in another way.
    pub(super) fn taken(&self, reading: Shortens) -> Self {
        let (answers, at) = (self.answers.clone(), self.at.clone());
        let mut other =
            Self { marker: self.marker, reading, shown: self.shown.clone(), answers, at };
        let mut answers = std::mem::take(&mut other.answers);
        for handed in &mut answers {
            handed.is_simply_right =
                handed.number.as_ref().is_some_and(|number| other.holds(number, handed.expected));
        }
        Self { answers, ..other }
    }

    fn handed(&self, answer: &'s Answer, expected: f64) -> Handed<'s> {
        let number = match &answer.reading {
            AnswerReading::Unreadable(_) => None,
            // What is computed from what is written claims the digits asked.
            AnswerReading::Number(number) if answer.source == Source::Computed => {
                let decimals = self.asked_decimals(expected);
                Some(HandedNumber::Computed(Box::new(Written { decimals, ..number.clone() })))
            }
            AnswerReading::Number(number) => Some(HandedNumber::AsWritten(number)),
        };
        let is_simply_right = number.as_ref().is_some_and(|number| self.holds(number, expected));
        Handed { answer, expected, number, is_simply_right }
    }

    /// Whether the digits that are asked, or those given if they are fewer, hold a value.
    fn holds(&self, number: &Written, expected: f64) -> bool {
        let claim = self.asked_claim(expected, number).unwrap_or_else(|| self.claim(number));
        claim.rounded.contains(expected)
    }

    /// The precision that the sheet shows, as its numbers are taken.
    pub(super) fn working(&self) -> WorkingScale {
        let shown = self.shown.get_or_init(|| {
            let shown = self.answers.iter().filter_map(|handed| {
                let written = handed.number.as_deref()?;
                Some(Shown::new(written.value, written.decimals, handed.expected))
            });
            WorkingScale::shown_by(&shown.collect::<Vec<_>>(), self.marker.rules.digits)
        });
        match self.reading {
            Shortens::AsShown => *shown,
            Shortens::EitherDigits => shown.by_either_digits(),
            Shortens::CutsOff => shown.cutting_off(),
        }
    }

    /// The answer to a line.
    pub(super) fn of(&self, name: Name) -> Option<&Handed<'s>> {
        self.at_place(self.marker.truth.place(name)?)
    }

    /// The answer to the line at a place.
    pub(super) fn at_place(&self, place: usize) -> Option<&Handed<'s>> {
        self.answers.get((self.at[place] as usize).checked_sub(1)?)
    }

    /// The number that a line is answered with.
    pub(super) fn written(&self, name: Name) -> Option<&Written> {
        self.of(name)?.number.as_deref()
    }

    /// All answers.
    pub(super) fn answers(&self) -> &[Handed<'s>] {
        &self.answers
    }

    /// Whether every answer is simply right.
    pub(super) fn is_all_simply_right(&self) -> bool {
        self.answers.iter().all(|handed| handed.is_simply_right)
    }

    /// What a number claims.
    pub(super) fn claim(&self, written: &Written) -> Claim {
        self.read(Claim::of(written))
    }

    /// A claim, as the numbers of this sheet are taken.
    pub(super) fn read(&self, claim: Claim) -> Claim {
        match self.reading {
            Shortens::AsShown | Shortens::EitherDigits => claim,
            Shortens::CutsOff => claim.cut_off(),
        }
    }

    /// The decimals that are asked of a line worth so much.
    pub(super) fn asked_decimals(&self, expected: f64) -> i32 {
        self.marker.rules.digits.decimals_of(expected)
    }

    /// What a number with fewer digits than asked would claim with all of them,
    /// the missing ones being zeros.
    pub(super) fn asked_claim(&self, expected: f64, written: &Written) -> Option<Claim> {
        let asked = self.asked_decimals(expected);
        (written.decimals < asked)
            .then(|| self.read(Claim::with_half_unit(written.value, num::half_unit(asked))))
    }

    /// What a short number claims that is all there is: the digits that this student
    /// works with.
    pub(super) fn pinned(&self, working: &WorkingScale, written: &Written, expected: f64) -> Claim {
        let asked = num::half_unit(self.asked_decimals(expected));
        let finest = asked.max(working.unit(written.value) / 2.0);
        self.read(Claim::with_half_unit(written.value, finest.min(written.half_unit())))
    }
}
