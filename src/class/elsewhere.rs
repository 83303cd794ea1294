//! Whether a sheet that fits its exercise badly is of another one that comes
//! with the program.

use std::sync::OnceLock;

use crate::lesson::{Lesson, Settings};
use crate::scenario::{self, Scenario, embedded};
use crate::verify::question::explains;
use crate::verify::{self, LineVerdict, Marker, MarkingRules, Report, Sheet, SheetQuestion};

/// Of the lines answered or not known, one in so many must be in doubt before
/// other exercises are tried.
const IN_DOUBT: usize = 2;

/// Lines that a sheet has at least, to be told from others.
const LEAST: usize = 3;

/// Answers beyond which a sheet is of no exercise that comes with the program.
pub(crate) const MOST_ANSWERS: usize = 5_000;

/// The exercises that come with the program, but for those that nobody works by
/// hand, each read once.
fn shipped() -> &'static [(&'static str, Scenario)] {
    static SHIPPED: OnceLock<Vec<(&str, Scenario)>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let by_hand = embedded::all().iter().filter(|entry| entry.data.is_none());
        let read = |entry: &embedded::Embedded| {
            Some((entry.name, scenario::read(entry.text.as_bytes(), entry.name).ok()?))
        };
        by_hand.filter_map(read).collect()
    })
}

/// Another exercise that a sheet fits, where much of it is in doubt: `called` is
/// the one that it was marked by, `bytes` is the sheet as it came.
pub(crate) fn other_exercise(
    called: &str,
    sheet: &Sheet,
    bytes: &[u8],
    report: &Report,
) -> Option<SheetQuestion> {
    let wrong = report.count(LineVerdict::Wrong);
    let lines = sheet.answers.len() + sheet.unread.len();
    let fits_none = lines < LEAST || sheet.answers.len() > MOST_ANSWERS;
    if (wrong + sheet.unread.len()) * IN_DOUBT < lines || fits_none {
        return None;
    }
    let mut others = shipped().iter().filter(|(name, _)| *name != called);
    others
        .find(|(_, other)| fits(other, sheet, bytes))
        .map(|(name, _)| SheetQuestion::OtherExercise((*name).to_owned()))
}

fn fits(other: &Scenario, sheet: &Sheet, bytes: &[u8]) -> bool {
    let Ok(read) = verify::read(bytes, "sheet", &other.network) else { return false };
    // Most of the sheet must find its place there.
    let finds_its_place = read.unread.len() * IN_DOUBT < sheet.answers.len().max(1)
        && read.answers.len() >= sheet.answers.len();
    if !finds_its_place {
        return false;
    }
    let exercise = other.exercise(0);
    let settings = Settings { apply: other.learning_rate.is_some(), ..Settings::default() };
    let Ok(lesson) = Lesson::new(exercise, settings) else { return false };
    explains(&Marker::new(&lesson, MarkingRules::asking(other.digits)).mark(&read))
}
