//! What is kept of a marked sheet: little enough for a million of them.

use compact_str::CompactString;
use smallvec::SmallVec;

use crate::name::Name;
use crate::verify::{LineVerdict, Remark, Report, SheetQuestion, Slip};

/// A marked sheet.
#[derive(Clone, Debug)]
pub struct Marked {
    /// What it earned, overrides included.
    pub score: f64,
    /// What it could have earned.
    pub max_score: f64,
    /// The verdicts.
    pub lines: LineVerdicts,
    /// The first line that is wrong of itself.
    pub first_wrong: Option<FirstWrong>,
    /// The slips that are stated as the cause of some line, each once, in the
    /// order of the lines.
    pub slips: SmallVec<[Slip; 2]>,
    /// The wrong numbers that nothing before accounts for.
    pub wrong: Vec<Wrong>,
    /// What else there is to say.
    pub notes: SmallVec<[Note; 1]>,
}

/// The verdict on every line that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum LineVerdicts {
    /// All of them are right.
    AllRight,
    /// Right are those whose bit is set, by their place among what is asked; the
    /// others are not answered.
    Right(SmallVec<[u64; 2]>),
    /// One by one.
    Judged(Vec<(Name, LineVerdict)>),
}

/// The line to look at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstWrong {
    /// The quantity.
    pub name: Name,
    /// What was written; harmless.
    pub written: CompactString,
    /// The slips that give it; several are equally likely.
    pub slips: SmallVec<[Slip; 2]>,
    /// Whether they are stated as the cause.
    pub is_certain: bool,
}

/// A wrong number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The quantity.
    pub name: Name,
    /// The number, in one spelling for all who wrote it.
    pub number: CompactString,
    /// The slip that is stated as its cause.
    pub slip: Option<Slip>,
}

/// Something to say about a sheet besides its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing in it is an answer, though something is written.
    NoAnswers,
    /// It is empty.
    Blank,
    /// So many lines could not be read.
    Unread(usize),
    /// It may be meant for something else.
    Asked(SheetQuestion),
    /// So many lines were decided by hand.
    Overridden(usize),
    /// The exercise of the whole class: they have none of their own.
    CommonScenario,
}

/// Why a sheet has no marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is in the way, as a stable word for programs.
    pub code: &'static str,
    /// The same for people; harmless, without the point at its end.
    pub message: String,
}

impl Trouble {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl Note {
    /// Its stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoAnswers => "NO-ANSWERS",
            Self::Blank => "BLANK",
            Self::Unread(_) => "UNREAD",
            Self::Asked(question) => question.code(),
            Self::Overridden(_) => "OVERRIDDEN",
            Self::CommonScenario => "COMMON-SCENARIO",
        }
    }
}

impl Marked {
    /// What is kept of a report.
    pub fn of(report: &Report) -> Self {
        let mut slips: SmallVec<[Slip; 2]> = SmallVec::new();
        let mut wrong = Vec::new();
        for line in report.lines.iter().filter(|line| line.verdict == LineVerdict::Wrong) {
            let repeats = line.has_remark(|remark| matches!(remark, Remark::SameSlip(_)));
            let certain = line.slips().iter().filter(|finding| finding.certain);
            for finding in certain {
                if !slips.contains(&finding.slip) {
                    slips.push(finding.slip);
                }
            }
            if let (Some(value), false) = (line.value(), repeats) {
                let slip = line.slips().iter().find(|finding| finding.certain);
                let number = crate::num::show_exactly(value);
                wrong.push(Wrong { name: line.name(), number, slip: slip.map(|found| found.slip) });
            }
        }
        let first_wrong = report.first_wrong().map(|line| {
            let mut slips: SmallVec<[Slip; 2]> =
                line.slips().iter().map(|finding| finding.slip).collect();
            slips.dedup();
            FirstWrong {
                name: line.name(),
                written: line.written().unwrap_or_default(),
                is_certain: !slips.is_empty() && line.slips().iter().all(|finding| finding.certain),
                slips,
            }
        });
        let is_asked = |line: &&crate::verify::ReportLine| {
            !line.has_remark(|remark| remark == Remark::NotAsked)
        };
        let verdicts = report.lines.iter().filter(is_asked).map(|line| (line.name(), line.verdict));
        Self {
            score: report.score(),
            max_score: report.max_score(),
            lines: LineVerdicts::Judged(verdicts.collect()),
            first_wrong,
            slips,
            wrong,
            notes: notes(report),
        }
    }
}

/// How many lines have each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Right, or as the source prints it.
    pub right: usize,
    /// Right from the student's own numbers.
    pub follows: usize,
    /// Wrong.
    pub wrong: usize,
    /// Not answered.
    pub missing: usize,
    /// Not a number.
    pub unreadable: usize,
}

impl Counts {
    pub(super) const fn add(&mut self, verdict: LineVerdict, by: usize) {
        match verdict {
            LineVerdict::Right | LineVerdict::AsPrinted => self.right += by,
            LineVerdict::Follows => self.follows += by,
            LineVerdict::Wrong => self.wrong += by,
            LineVerdict::Missing => self.missing += by,
            LineVerdict::Unreadable => self.unreadable += by,
        }
    }
}

impl LineVerdicts {
    /// The verdicts counted, of so many lines that are asked.
    pub fn counts(&self, asked: usize) -> Counts {
        let mut counts = Counts::default();
        match self {
            Self::AllRight => counts.right = asked,
            Self::Right(bits) => {
                counts.right = bits.iter().map(|word| word.count_ones() as usize).sum();
                counts.missing = asked.saturating_sub(counts.right);
            }
            Self::Judged(lines) => lines.iter().for_each(|(_, verdict)| counts.add(*verdict, 1)),
        }
        counts
    }
}

fn notes(report: &Report) -> SmallVec<[Note; 1]> {
    let mut notes: SmallVec<[Note; 1]> = SmallVec::new();
    let is_blank = report.lines.iter().all(|line| !line.is_answered());
    match (is_blank, report.unread.len()) {
        (true, 0) => notes.push(Note::Blank),
        (true, _) => notes.push(Note::NoAnswers),
        (false, 0) => {}
        (false, unread) => notes.push(Note::Unread(unread)),
    }
    notes.extend(report.questions.iter().cloned().map(Note::Asked));
    notes
}
