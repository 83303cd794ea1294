//! Marks what a pile hands out, each sheet on its own: nothing is kept from one
//! to the next, so threads change nothing.

use rayon::prelude::*;
use smallvec::SmallVec;

use super::elsewhere::other_exercise;
use super::entry::{Content, SheetEntry, Who};
use super::exam::{Exam, Terms, with_exam};
use super::outcome::{LineVerdicts, Marked, Note, Trouble};
use super::overrides::{Override, Overrides};
use super::pile::{PileSheet, Portion};
use super::quick::QuickFind;
use super::scenarios::{self, Scenarios};
use crate::scenario::Scenario;
use crate::source::file;
use crate::source::json::{self, JsonKind};
use crate::source::record::{self, Record};
use crate::verify::{Report, Sheet};

/// Marks the sheets of a class.
#[derive(Clone, Copy)]
pub struct Class<'c> {
    /// The exercise of everybody who has none of their own.
    pub exam: Option<&'c Exam<'c>>,
    /// What it is called on the command line.
    pub called: &'c str,
    /// Exercises of single students.
    pub scenarios: Option<&'c Scenarios>,
    /// How a scenario is marked.
    pub terms: &'c (dyn Fn(&Scenario) -> Result<Terms, Trouble> + Sync),
    /// What was decided by hand.
    pub overrides: &'c Overrides,
    /// Whether the lines of every report are wanted, also of right sheets.
    pub wants_reports: bool,
}

/// A sheet that was marked, or could not be.
pub struct SeenSheet<'s> {
    work: PileSheet<'s>,
    record: Option<&'s Record<'s>>,
    /// Whose the sheet says it is; harmless.
    student: Option<String>,
    /// What it came to.
    pub result: Result<Marked, Trouble>,
    /// The exercise that it was marked by.
    pub exam: Option<&'s Exam<'s>>,
    /// Its lines, unless it is right and they are not wanted.
    pub report: Option<&'s Report<'s>>,
    /// What was decided by hand about it.
    pub overrides: Vec<&'s Override>,
    /// Whether it was marked by the exercise of the whole class.
    pub is_common: bool,
}

impl SeenSheet<'_> {
    /// Whose it is.
    pub fn who(&self) -> Who {
        let mut who = who_of(self.work, self.record);
        if who.student.is_none() {
            who.student.clone_from(&self.student);
        }
        who
    }

    /// The id of a record as it stands there, which may be any JSON.
    pub fn raw_id(&self) -> Option<&str> {
        self.record.and_then(|record| record.id).map(|id| id.get())
    }

    /// The number of the line in its stream, from 1.
    pub const fn line(&self) -> Option<u64> {
        match self.work {
            PileSheet::Line(number, _) => Some(number),
            PileSheet::Entry(_) => None,
        }
    }

    /// Where it comes from; harmless.
    pub fn place(&self) -> String {
        match self.work {
            PileSheet::Line(number, _) => format!("line {number}"),
            PileSheet::Entry(entry) => entry.place.clone(),
        }
    }
}

/// A sheet as it is handed in.
#[derive(Clone, Copy)]
struct Handed<'h> {
    work: PileSheet<'h>,
    record: Option<&'h Record<'h>>,
}

impl Class<'_> {
    /// Marks all sheets of a portion and calls `then` with the place of each, from
    /// 0, and what it came to; the answers come
    /// in the order of the sheets. With several threads in the pool they are
    /// taken in any.
    pub fn each<T: Send>(
        &self,
        portion: &Portion,
        then: &(dyn Fn(usize, SeenSheet<'_>) -> T + Sync),
    ) -> Vec<T> {
        let one = |at| self.work(portion.work(at), &|seen| then(at, seen));
        if rayon::current_num_threads() == 1 {
            (0..portion.len()).map(one).collect()
        } else {
            (0..portion.len()).into_par_iter().map(one).collect()
        }
    }

    fn work<T>(&self, work: PileSheet<'_>, then: &dyn Fn(SeenSheet<'_>) -> T) -> T {
        match work {
            PileSheet::Entry(entry) => self.entry(entry, then),
            PileSheet::Line(_, line) => self.line(work, line, then),
        }
    }

    fn entry<T>(&self, entry: &SheetEntry, then: &dyn Fn(SeenSheet<'_>) -> T) -> T {
        let handed = Handed { work: PileSheet::Entry(entry), record: None };
        match &entry.content {
            Content::Refused(why) => then(handed.refused(Trouble::new("not_read", why.clone()))),
            Content::Answers(answers) => self.answers(handed, None, answers, then),
            Content::File(path) => match file::bytes_at(path, "an answer sheet") {
                Ok(bytes) => self.bytes(handed, None, &bytes, then),
                Err(error) => then(handed.refused(Trouble::new("not_read", error.to_string()))),
            },
        }
    }

    fn line<T>(
        &self,
        work: PileSheet<'_>,
        line: Option<&[u8]>,
        then: &dyn Fn(SeenSheet<'_>) -> T,
    ) -> T {
        let unknown = Handed { work, record: None };
        let refused = |code, message: &str| {
            let message = crate::text::harmless(message).into_owned();
            then(unknown.refused(Trouble::new(code, message)))
        };
        let Some(line) = line else {
            return refused("too_long", "the line is longer than 1 MiB");
        };
        let Ok(line) = std::str::from_utf8(line) else {
            return refused("bad_record", "the line is not UTF-8 text");
        };
        let record = match record::read(line) {
            Ok(record) => record,
            Err(why) => return refused("bad_record", &why),
        };
        let handed = Handed { work, record: Some(&record) };
        let own = match record.scenario {
            None => None,
            Some(node) if json::kind(node) == JsonKind::Null => None,
            Some(node) => match scenarios::read(node.get().as_bytes(), "scenario") {
                Ok(scenario) => Some(scenario),
                Err(trouble) => return then(handed.refused(trouble)),
            },
        };
        match (record.answers, record.text.map(record::words)) {
            (Some(_), Some(_)) => {
                let why = "it has both answers and text; leave one out";
                then(handed.refused(Trouble::new("bad_record", why)))
            }
            (Some(answers), None) => self.answers(handed, own, answers.get(), then),
            (None, Some(Some(text))) => self.bytes(handed, own, text.as_bytes(), then),
            (None, Some(None)) => {
                then(handed.refused(Trouble::new("bad_record", "its text is no string")))
            }
            (None, None) => {
                let why = "there are no answers in it; they belong under the key answers";
                then(handed.refused(Trouble::new("bad_record", why)))
            }
        }
    }

    /// Marks a sheet that is JSON, at once where it is surely right.
    fn answers<T>(
        &self,
        handed: Handed<'_>,
        own: Option<Scenario>,
        answers: &str,
        then: &dyn Fn(SeenSheet<'_>) -> T,
    ) -> T {
        let is_plain = own.is_none() && self.scenarios.is_none() && self.overrides.is_empty();
        if let (true, Some(exam), Ok(node)) = (is_plain, self.exam, json::root(answers)) {
            match exam.look(node) {
                QuickFind::Right { score, bits, is_complete } if !self.wants_reports => {
                    let lines = if is_complete {
                        LineVerdicts::AllRight
                    } else {
                        LineVerdicts::Right(bits)
                    };
                    let marked = right(score, exam.max_score(), lines);
                    return then(handed.seen(Ok(marked), Some(exam), None, true));
                }
                QuickFind::Sheet(sheet) => {
                    return self.marked(handed, exam, true, &sheet, answers.as_bytes(), then);
                }
                QuickFind::Right { .. } | QuickFind::Unclear => {}
            }
        }
        self.bytes(handed, own, answers.as_bytes(), then)
    }

    /// Marks a sheet by the exercise of its student.
    fn bytes<T>(
        &self,
        handed: Handed<'_>,
        own: Option<Scenario>,
        bytes: &[u8],
        then: &dyn Fn(SeenSheet<'_>) -> T,
    ) -> T {
        let filed = || {
            let who = who_of(handed.work, handed.record);
            self.scenarios.and_then(|scenarios| scenarios.of(&who))
        };
        match own.map(Ok).or_else(filed) {
            Some(Ok(scenario)) => {
                let done = (self.terms)(&scenario).and_then(|terms| {
                    with_exam(&scenario, &terms, |exam| self.read(handed, exam, false, bytes, then))
                });
                done.unwrap_or_else(|trouble| then(handed.refused(trouble)))
            }
            Some(Err(trouble)) => then(handed.refused(trouble)),
            None => match self.exam {
                Some(exam) => self.read(handed, exam, true, bytes, then),
                None => {
                    let why = "there is no scenario of this student";
                    then(handed.refused(Trouble::new("no_scenario", why)))
                }
            },
        }
    }

    fn read<T>(
        &self,
        handed: Handed<'_>,
        exam: &Exam<'_>,
        is_common: bool,
        bytes: &[u8],
        then: &dyn Fn(SeenSheet<'_>) -> T,
    ) -> T {
        match exam.read(bytes) {
            Ok(sheet) => self.marked(handed, exam, is_common, &sheet, bytes, then),
            Err(trouble) => then(handed.refused(trouble)),
        }
    }

    fn marked<T>(
        &self,
        handed: Handed<'_>,
        exam: &Exam<'_>,
        is_common: bool,
        sheet: &Sheet,
        bytes: &[u8],
        then: &dyn Fn(SeenSheet<'_>) -> T,
    ) -> T {
        let mut report = exam.mark(sheet);
        if is_common && report.questions.is_empty() {
            let other = other_exercise(self.called, sheet, bytes, &report);
            other.into_iter().for_each(|question| report.ask(question));
        }
        let mut seen =
            handed.seen(Err(Trouble::new("not_marked", "")), Some(exam), None, is_common);
        seen.student.clone_from(&sheet.student);
        let mut overrides: Vec<&Override> = Vec::new();
        if !self.overrides.is_empty() {
            overrides = self.overrides.of(&seen.who());
            overrides.retain(|one| one.apply(&mut report, &exam.scenario.network));
        }
        let mut marked = Marked::of(&report);
        if !overrides.is_empty() {
            marked.notes.push(Note::Overridden(overrides.len()));
        }
        if is_common && self.scenarios.is_some() {
            marked.notes.push(Note::CommonScenario);
        }
        then(SeenSheet { result: Ok(marked), report: Some(&report), overrides, ..seen })
    }
}

impl<'h> Handed<'h> {
    fn refused(self, trouble: Trouble) -> SeenSheet<'h> {
        self.seen(Err(trouble), None, None, false)
    }

    const fn seen<'s>(
        self,
        result: Result<Marked, Trouble>,
        exam: Option<&'s Exam<'s>>,
        report: Option<&'s Report<'s>>,
        is_common: bool,
    ) -> SeenSheet<'s>
    where
        'h: 's,
    {
        let Self { work, record } = self;
        let overrides = Vec::new();
        SeenSheet { work, record, student: None, result, exam, report, overrides, is_common }
    }
}

fn right(score: f64, max_score: f64, lines: LineVerdicts) -> Marked {
    let (first_wrong, slips, wrong, notes) = (None, SmallVec::new(), Vec::new(), SmallVec::new());
    Marked { score, max_score, lines, first_wrong, slips, wrong, notes }
}

fn who_of(work: PileSheet<'_>, record: Option<&Record<'_>>) -> Who {
    let number = match work {
        PileSheet::Entry(entry) => return entry.who.clone(),
        PileSheet::Line(number, _) => number,
    };
    let words = |node: Option<json::JsonNode<'_>>| node.and_then(record::words);
    let id = words(record.and_then(|record| record.id));
    let mut who = Who::of_id(&id.unwrap_or_else(|| format!("line {number}")));
    if let Some(record) = record {
        let student = words(record.student.or(record.name));
        Who::learn(&mut who.student, &student.unwrap_or_default());
        let login = words(record.login.or(record.username));
        Who::learn(&mut who.login, &login.unwrap_or_default());
        Who::learn(&mut who.email, &words(record.email).unwrap_or_default());
    }
    who
}
