//! Asking for the answers one by one: what is asked, what a typed line does,
//! and what comes back. No input or output; the sheet is the whole memory, so
//! whoever keeps it can go on later.

mod places;
mod reply;
mod taken_over;
mod typed;

use super::marker::Marker;
use super::report::LineVerdict;
use super::sheet::{Answer, AnswerReading, Help, Sheet, written};
use crate::lesson::Section;
use crate::name::{Name, NameSet};
use crate::num::Written;
use typed::{Typed, begins_word};

pub use reply::{AskedQuestion, OpenQuestion, Reply};
pub use taken_over::{taken_over, told_by_nobody};

/// The entry by which a kept sheet is known as such.
pub const KEPT_BY: &str = "kept_by";

/// What it says.
pub const KEEPER: &str = "backprop-tutor";

/// The hint that first shows numbers.
const WITH_NUMBERS: u8 = 3;

/// The state of a student who is being asked.
pub struct Asking<'a> {
    marker: &'a Marker<'a>,
    questions: Vec<(Section, Name)>,
    at: usize,
    /// Where the student was before, for going back.
    trail: Vec<usize>,
    sheet: Sheet,
    /// Lines that were told to be wrong since they were answered.
    told_wrong: NameSet,
    /// Lines that were left open on purpose, this time.
    skipped: NameSet,
}

impl<'a> Asking<'a> {
    /// Asks for everything that a sheet asks for, or of it what `only` holds.
    /// Goes on behind the last answer of `sheet`, or at what it left open. Of
    /// the answers in it, nobody has told yet whether those of `untold` are
    /// right; changing them costs nothing.
    pub fn new(
        marker: &'a Marker<'a>,
        only: Option<&[Name]>,
        sheet: Sheet,
        untold: &NameSet,
    ) -> Self {
        let only: Option<NameSet> = only.map(|names| names.iter().copied().collect());
        let mut questions = Vec::new();
        for name in marker.asked() {
            if only.as_ref().is_none_or(|only| only.contains(&name)) {
                questions.push((Section::of(name), name));
            }
        }
        let mut asking = Self {
            marker,
            questions,
            at: 0,
            trail: Vec::new(),
            sheet,
            told_wrong: NameSet::default(),
            skipped: NameSet::default(),
        };
        asking.at = asking.first_to_ask();
        // An answer that was taken was judged.
        asking.told_wrong = asking.wrong_lines();
        asking.told_wrong.retain(|name| !untold.contains(name));
        asking
    }

    /// What is asked now; `None` after the last question.
    pub fn question(&self) -> Option<AskedQuestion> {
        let &(section, name) = self.questions.get(self.at)?;
        Some(AskedQuestion {
            section,
            name,
            number: self.at + 1,
            of: self.questions.len(),
            earlier: self.answer(name).map(|answer| answer.reading.text().into()),
        })
    }

    /// The answers and the help so far.
    pub const fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// How many questions are answered, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.questions.len() - self.open().len(), self.questions.len())
    }

    /// Takes a typed line. The sheet changes only where
    /// [the reply says so](Reply::changes_sheet).
    pub fn take(&mut self, line: &str) -> Reply<'a> {
        let Some(&(_, name)) = self.questions.get(self.at) else { return Reply::Stopped };
        match Typed::read(line) {
            Typed::Nothing if self.answer(name).is_some() => {
                self.skipped.insert(name);
                self.go_on();
                Reply::Kept
            }
            Typed::Nothing => Reply::Nothing,
            Typed::Stop => Reply::Stopped,
            Typed::Skip => {
                self.skipped.insert(name);
                self.go_on();
                Reply::Skipped
            }
            Typed::Back => self.back(),
            Typed::Go(to) => self.go(to),
            Typed::List => Reply::List(self.open()),
            Typed::Task => Reply::Task,
            Typed::Commands => Reply::Commands,
            Typed::Hint => self.hint(name),
            Typed::Text(text) => self.take_text(text),
        }
    }

    /// The next hint, unless its numbers are the answers to other questions.
    fn hint(&mut self, name: Name) -> Reply<'a> {
        // Whoever asks for a fifth hint sees the last one again.
        let level = self.sheet.help.get(&name).map_or(0, |help| help.hints).min(Help::MOST - 1) + 1;
        if level >= WITH_NUMBERS {
            let open = self.open_operands(name);
            if !open.is_empty() {
                return Reply::HintWaits(open);
            }
        }
        self.sheet.help.entry(name).or_default().hints = level;
        match self.marker.mark_line(&self.sheet, name) {
            Some(line) => Reply::Hint(level, Box::new(line)),
            None => Reply::Stopped,
        }
    }

    fn open_operands(&self, name: Name) -> Vec<OpenQuestion> {
        let mut operands = NameSet::default();
        if let Some(expr) = self.marker.lesson().expression(name) {
            expr.for_each_leaf(&mut |leaf| {
                operands.insert(leaf);
            });
        }
        let mut open = self.open();
        open.retain(|open| operands.contains(&open.name));
        open
    }

    /// Takes a name alone, a name and its answer, or an answer to the question.
    fn take_text(&mut self, text: &str) -> Reply<'a> {
        if let Some(name) = self.known(text) {
            return self.place(name).map_or_else(|not| not, |at| self.move_to(at));
        }
        let parts = text.split_once(['=', ':', '≈']);
        if let Some((before, behind)) = parts
            && let Some(name) = self.known(before)
        {
            return match self.place(name) {
                Err(not) => not,
                Ok(at) if behind.trim().is_empty() => self.move_to(at),
                Ok(at) => self.take_answer(at, behind),
            };
        }
        match (written::read(text), parts) {
            (Ok(number), _) => self.take_number(self.at, number),
            (Err(problem), _) if !text.starts_with(begins_word) => Reply::NotANumber(problem),
            (Err(_), Some((before, _))) => self.no_such_name(before),
            (Err(_), None) => self.no_word(text),
        }
    }

    fn take_answer(&mut self, at: usize, text: &str) -> Reply<'a> {
        match written::read(text) {
            Ok(number) => self.take_number(at, number),
            Err(problem) => Reply::NotANumber(problem),
        }
    }

    fn take_number(&mut self, at: usize, number: Written) -> Reply<'a> {
        let Some(&(_, name)) = self.questions.get(at) else { return Reply::Stopped };
        self.put(Answer {
            name,
            reading: AnswerReading::Number(number),
            line: at as u32 + 1,
            column: 1,
        });
        self.skipped.remove(&name);
        // What may have been misread stands on their sheet, and gives no open answer away.
        let Some(line) = self.marker.mark_line(&self.sheet, name) else {
            return Reply::Stopped;
        };
        if line.verdict == LineVerdict::Wrong {
            self.told_wrong.insert(name);
        }
        if at == self.at {
            self.go_on();
            Reply::Judged(Box::new(line))
        } else {
            Reply::Elsewhere(Box::new(line))
        }
    }

    /// Puts an answer in the place of an earlier one.
    fn put(&mut self, answer: Answer) {
        let name = answer.name;
        match self.sheet.answers.iter_mut().find(|earlier| earlier.name == name) {
            None => self.sheet.answers.push(answer),
            // The same number written in another way corrects nothing.
            Some(earlier) if earlier.reading.says_the_same(&answer.reading) => *earlier = answer,
            Some(earlier) => {
                *earlier = answer;
                if self.told_wrong.remove(&name) {
                    let help = self.sheet.help.entry(name).or_default();
                    help.corrections = help.corrections.saturating_add(1).min(Help::MOST);
                }
            }
        }
    }

    fn answer(&self, name: Name) -> Option<&Answer> {
        self.sheet.answers.iter().find(|answer| answer.name == name)
    }

    fn wrong_lines(&self) -> NameSet {
        let report = self.marker.mark(&self.sheet);
        let wrong = report.lines.iter().filter(|line| line.verdict == LineVerdict::Wrong);
        wrong.map(|line| line.name()).collect()
    }
}
