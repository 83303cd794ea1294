//! What to ask about a whole sheet: whether its exercise is this one, read the way
//! that the student read it.

use crate::lesson::{Exercise, Lesson, Settings};
use crate::scenario::{self, Scenario, embedded};
use crate::verify::question::{about_layout, explains};
use crate::verify::{self, Marker, Question, Report, Rules, Sheet, Verdict};

/// Of the lines answered or not known, one in so many must be in doubt before
/// other exercises are tried.
const IN_DOUBT: usize = 2;

/// A sheet and the exercise that it was marked by.
pub(super) struct Case<'a> {
    /// The scenario, as it was called.
    pub(super) called: &'a str,
    pub(super) exercise: Exercise<'a>,
    pub(super) rules: Rules<'a>,
    pub(super) sheet: &'a Sheet,
    /// The sheet as it came.
    pub(super) bytes: &'a [u8],
    pub(super) report: &'a Report,
}

impl Case<'_> {
    /// The question, if there is one.
    pub(super) fn question(&self) -> Option<Question> {
        let layout = about_layout(self.exercise, self.rules, self.sheet, self.report);
        layout.or_else(|| self.other_exercise())
    }

    /// Another exercise that comes with the program and that the sheet fits.
    fn other_exercise(&self) -> Option<Question> {
        let wrong = self.report.count(Verdict::Wrong);
        let unread = self.sheet.unread.len();
        let lines = self.sheet.answers.len() + unread;
        if (wrong + unread) * IN_DOUBT < lines || lines == 0 {
            return None;
        }
        let others = embedded::all().iter().map(|other| other.name);
        let mut others = others.filter(|name| *name != self.called);
        let fits = |name: &&str| scenario::load(name).is_ok_and(|other| self.fits(&other));
        others.find(fits).map(|name| Question::OtherExercise(name.to_owned()))
    }

    fn fits(&self, other: &Scenario) -> bool {
        let Ok(sheet) = verify::read(self.bytes, "sheet", &other.network) else { return false };
        let settings = Settings { apply: other.learning_rate.is_some(), ..Settings::default() };
        let Ok(lesson) = Lesson::new(super::exercise::exercise(other, 0), settings) else {
            return false;
        };
        let report = Marker::new(&lesson, Rules::asking(other.digits)).mark(&sheet);
        // Most of the sheet must find its place there.
        explains(&report)
            && sheet.unread.len() * IN_DOUBT < self.sheet.answers.len().max(1)
            && sheet.answers.len() >= self.sheet.answers.len()
    }
}
