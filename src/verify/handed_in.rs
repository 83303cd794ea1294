//! What a sheet hands in, line by line, as the marking needs it.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::claim::Claim;
use super::marker::Marker;
use super::precision::{Shown, WorkingScale, coarsest_unit};
use super::sheet::{Answer, Sheet};
use crate::name::Name;
use crate::num::{self, Stands, Written};

/// Of the unit that is asked: who works with a larger one works with fewer
/// digits.
pub(super) const FEWER_FROM: f64 = 1.5;

/// The answers of a sheet, by the place of their line.
pub(super) struct HandedIn<'m, 's> {
    marker: &'m Marker<'m>,
    sheet: &'s Sheet,
    pub(super) reading: Shortens,
    /// The precision that the sheet shows; found out where it is asked for.
    shown: OnceCell<WorkingScale>,
    /// Per line, the number of its answer, from 1; 0 for none.
    at: Vec<u32>,
    /// Per answer, a bit: whether it is simply right.
    right: Vec<u64>,
    /// Numbers that count otherwise than they are written, by the place of their
    /// answer.
    computed: FxHashMap<u32, Written>,
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
#[derive(Clone, Copy)]
pub(super) struct Handed<'h> {
    pub(super) answer: &'h Answer,
    /// The exact value of the line.
    pub(super) expected: f64,
    /// Its number as it counts, if it is one.
    pub(super) number: Option<&'h Written>,
    /// Whether the digits that are asked, or those given if they are fewer, hold
    /// the exact value: then nothing else needs to be known.
    pub(super) is_simply_right: bool,
}

impl<'m, 's> HandedIn<'m, 's> {
    /// By a sheet.
    pub(super) fn by(marker: &'m Marker<'m>, sheet: &'s Sheet, reading: Shortens) -> Self {
        let mut handed_in = Self {
            marker,
            sheet,
            reading,
            shown: OnceCell::new(),
            at: vec![0; marker.truth.len()],
            right: vec![0; sheet.answers.len().div_ceil(64)],
            computed: FxHashMap::default(),
        };
        for (answer, number) in sheet.answers.iter().zip(1_u32..) {
            let Some(place) = marker.truth.place(answer.name) else { continue };
            handed_in.at[place] = number;
            handed_in.count(answer, number - 1, marker.truth.expected_at(place));
        }
        handed_in
    }

    /// Takes a number as it counts, and whether it is simply right.
    fn count(&mut self, answer: &Answer, at: u32, expected: f64) {
        let Some(written) = answer.reading.number() else { return };
        if written.stands == Stands::Uncomputed {
            // What is computed from what is written claims the digits asked.
            let decimals = self.asked_decimals(expected);
            let number = written.clone().taken_as(written.value, decimals);
            self.computed.insert(at, number);
        }
        let number = self.computed.get(&at).unwrap_or(written);
        if self.holds(number, expected) {
            self.right[at as usize / 64] |= 1 << (at % 64);
        }
    }

    /// The same answers, taken in another way.
    pub(super) fn taken(&self, reading: Shortens) -> Self {
        let (sheet, shown) = (self.sheet, self.shown.clone());
        let taken = Self::by(self.marker, sheet, reading);
        Self { shown, ..taken }
    }

    /// Whether the digits that are asked, or those given if they are fewer, hold a value.
    fn holds(&self, number: &Written, expected: f64) -> bool {
        let claim = self.asked_claim(expected, number).unwrap_or_else(|| self.claim(number));
        claim.rounded.contains(expected)
    }

    /// The precision that the sheet shows, as its numbers are taken.
    pub(super) fn working(&self) -> WorkingScale {
        let shown = self.shown.get_or_init(|| {
            let shown = self.answers().filter_map(|handed| {
                let written = handed.number?;
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
    pub(super) fn of(&self, name: Name) -> Option<Handed<'_>> {
        self.at_place(self.marker.truth.place(name)?)
    }

    /// The answer to the line at a place.
    pub(super) fn at_place(&self, place: usize) -> Option<Handed<'_>> {
        let at = self.at[place].checked_sub(1)?;
        let answer = &self.sheet.answers[at as usize];
        Some(Handed {
            answer,
            expected: self.marker.truth.expected_at(place),
            number: self.computed.get(&at).or_else(|| answer.reading.number()),
            is_simply_right: self.right[at as usize / 64] >> (at % 64) & 1 == 1,
        })
    }

    /// The number that a line is answered with.
    pub(super) fn written(&self, name: Name) -> Option<&Written> {
        self.of(name)?.number
    }

    /// All answers, in the lesson's order.
    pub(super) fn answers(&self) -> impl Iterator<Item = Handed<'_>> {
        (0..self.at.len()).filter_map(|place| self.at_place(place))
    }

    /// Whether every answer is simply right.
    pub(super) fn is_all_simply_right(&self) -> bool {
        self.answers().all(|handed| handed.is_simply_right)
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

    /// What a number claims as the result of work: nobody works with fewer than two digits
    /// if no fewer are asked.
    pub(super) fn as_worked(&self, claim: &Claim, expected: f64) -> Claim {
        let asked = 2.0 * num::half_unit(self.asked_decimals(expected));
        let coarsest = coarsest_unit(claim.value).max(asked);
        if claim.unit < FEWER_FROM * coarsest {
            return *claim;
        }
        self.read(Claim::with_half_unit(claim.value, coarsest / 2.0))
    }

    /// What a short number claims that is all there is: the digits that this student
    /// works with.
    pub(super) fn pinned(&self, working: &WorkingScale, written: &Written, expected: f64) -> Claim {
        let asked = num::half_unit(self.asked_decimals(expected));
        let finest = asked.max(working.unit(written.value) / 2.0);
        self.read(Claim::with_half_unit(written.value, finest.min(written.half_unit())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Lesson, Settings};
    use crate::scenario;
    use crate::verify::{AnswerReading, MarkingRules};

    #[test]
    fn of_many_answers_it_is_known_which_are_simply_right() {
        let scenario = scenario::load("deep").unwrap();
        let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
        let marker = Marker::new(&lesson, MarkingRules::asking(4));
        let mut sheet = Sheet::default();
        for place in 0..marker.truth.len() {
            let exact = marker.truth.expected_at(place);
            // Every third is wrong.
            let value = if place % 3 == 0 { exact + 0.3 } else { exact };
            sheet.answers.push(Answer {
                name: marker.truth.name(place),
                reading: AnswerReading::Number(Written::read(&format!("{value:.6}")).unwrap()),
                line: 1,
                column: 1,
            });
        }
        assert!(sheet.answers.len() > 64, "{}", sheet.answers.len());
        let handed_in = HandedIn::by(&marker, &sheet, Shortens::AsShown);
        for (place, handed) in handed_in.answers().enumerate() {
            assert_eq!(handed.is_simply_right, place % 3 != 0, "{:?}", handed.answer);
        }
    }
}
