//! The lines of an exercise as questions for a question bank: the numbers that
//! are right, and those that known slips leave.

use crate::expr::evaluate;
use crate::lesson::{Lesson, Section};
use crate::name::Name;
use crate::num::Precision;
use crate::verify::slips::candidates;
use crate::verify::{Marker, Sheet, Slip};

/// A line that is asked.
#[derive(Clone, Debug)]
pub struct AskedItem {
    /// The quantity.
    pub name: Name,
    /// The part of the lesson that it belongs to.
    pub section: Section,
    /// What it is worth.
    pub points: f64,
    /// The middle of all that honest work comes to.
    pub centre: f64,
    /// How far from there honest work lies at most, half a unit of the digits
    /// asked at least.
    pub half_width: f64,
    /// Numbers that known slips leave, none of them right.
    pub alternatives: Vec<Alternative>,
}

/// A number that a slip leaves.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// The slip.
    pub slip: Slip,
    /// The number.
    pub value: f64,
    /// How far from it somebody lies who made the slip and rounded the result.
    pub half_width: f64,
}

/// Of half a width: what is right is right at its border as well.
const BORDER: f64 = 1.0 + 1e-6;

/// The lines that earn something, in the order of the lesson.
pub fn items(lesson: &Lesson<'_>, marker: &Marker<'_>, digits: Precision) -> Vec<AskedItem> {
    let report = marker.mark(&Sheet::default());
    let earning = report.lines.iter().filter(|line| line.points() > 0.0);
    let item = |line: &crate::verify::ReportLine| {
        let (name, honest) = (line.name(), marker.honest(line.name()));
        let half_unit = digits.half_unit_of(line.expected());
        // What is within the interval is rounded once more, to be written down.
        let centre = honest.middle();
        let half_width = (honest.width() / 2.0 + half_unit) * BORDER;
        let mut alternatives: Vec<Alternative> = Vec::new();
        for candidate in candidates(lesson, name) {
            let slip = candidate.slip;
            let value = evaluate(&candidate.expr, &|leaf| lesson.value(leaf));
            let own = digits.half_unit_of(value) * BORDER;
            let is_right = (value - centre).abs() <= half_width + own;
            let is_known =
                alternatives.iter().any(|other| (other.value - value).abs() <= 2.0 * own);
            if slip.is_usual() && value.is_finite() && !is_right && !is_known {
                alternatives.push(Alternative { slip, value, half_width: own });
            }
        }
        let (points, section) = (line.points(), Section::of(name));
        AskedItem { name, section, points, centre, half_width, alternatives }
    };
    earning.map(item).collect()
}
