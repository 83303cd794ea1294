//! What to ask about a whole sheet: whether its exercise is this one, read the way
//! that the student read it.

use crate::class::other_exercise;
use crate::lesson::Exercise;
use crate::verify::question::about_layout;
use crate::verify::{MarkingRules, Report, Sheet, SheetQuestion};

/// A sheet and the exercise that it was marked by.
pub(super) struct MarkedSheet<'a> {
    /// The scenario, as it was called.
    pub(super) called: &'a str,
    pub(super) exercise: Exercise<'a>,
    pub(super) rules: MarkingRules<'a>,
    pub(super) sheet: &'a Sheet,
    /// The sheet as it came.
    pub(super) bytes: &'a [u8],
    pub(super) report: &'a Report<'a>,
}

impl MarkedSheet<'_> {
    /// The question, if there is one.
    pub(super) fn question(&self) -> Option<SheetQuestion> {
        let layout = about_layout(self.exercise, self.rules, self.sheet, self.report);
        layout.or_else(|| other_exercise(self.called, self.sheet, self.bytes, self.report))
    }
}
