//! Asking for the answers one by one: what is asked, what a typed line does,
//! and what comes back. No input or output; the sheet is the whole memory, so
//! whoever keeps it can go on later.

mod taken_over;
mod typed;

use super::judge::Marker;
use super::report::{Line, Verdict};
use super::sheet::{Answer, Help, Problem, Reading, Sheet, asks, written};
use crate::lesson::Section;
use crate::name::{Name, NameSet};
use crate::text::brief;
use typed::{Typed, begins_word};

pub use taken_over::{taken_over, told_by_nobody};

/// The entry by which a kept sheet is known as such.
pub const KEPT_BY: &str = "kept_by";

/// What it says.
pub const KEEPER: &str = "backprop-tutor";

/// The hint that first shows numbers.
const WITH_NUMBERS: u8 = 3;

/// Characters of an unknown name that are told back.
const LONGEST_TOLD: usize = 40;

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

/// What is asked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The section of the lesson.
    pub section: Section,
    /// The quantity.
    pub name: Name,
    /// Its place among all questions, from 1.
    pub number: usize,
    /// All questions.
    pub of: usize,
    /// What was answered before.
    pub earlier: Option<String>,
}

/// A question that is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The section of the lesson.
    pub section: Section,
    /// Its place among all questions, from 1.
    pub number: usize,
    /// The quantity.
    pub name: Name,
}

/// What a typed line leads to.
#[derive(Clone, Debug)]
pub enum Reply {
    /// An answer is taken, and judged so.
    Judged(Box<Line>),
    /// An answer to another line than the one asked is taken, and judged so.
    Elsewhere(Box<Line>),
    /// A hint of this level, from 1 to [`Help::MOST`], for a line with these
    /// operands.
    Hint(u8, Box<Line>),
    /// The next hint would give away these lines, which are open.
    HintWaits(Vec<Open>),
    /// The line is no number; the question stands.
    NotANumber(Problem),
    /// Neither a number nor a command; the question stands.
    Unknown,
    /// A name that the network does not have, and the nearest that it has.
    NoSuchName {
        /// What was typed, harmless and brief.
        typed: String,
        /// A known name.
        nearest: Option<String>,
    },
    /// There are only so many questions.
    NoSuchNumber(usize),
    /// A quantity that is given.
    Given(Name),
    /// A quantity that is not asked for.
    NotAsked(Name),
    /// What is open.
    List(Vec<Open>),
    /// The task is to be shown.
    Task,
    /// The commands are to be shown.
    Commands,
    /// The question was left open.
    Skipped,
    /// The question before is asked again.
    Back,
    /// There is no question before this one.
    AtFirst,
    /// Another question is asked.
    Went,
    /// The earlier answer stands.
    Kept,
    /// Nothing was typed.
    Nothing,
    /// The student stops here.
    Stopped,
}

impl Reply {
    /// Whether the sheet has changed.
    pub const fn changes_sheet(&self) -> bool {
        matches!(self, Self::Judged(_) | Self::Elsewhere(_) | Self::Hint(..))
    }
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
        let Ok(()) = marker.lesson().for_each(|section, name| {
            if asks(section, name) && only.as_ref().is_none_or(|only| only.contains(&name)) {
                questions.push((section, name));
            }
            Ok::<(), std::convert::Infallible>(())
        });
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
    pub fn question(&self) -> Option<Question> {
        let &(section, name) = self.questions.get(self.at)?;
        Some(Question {
            section,
            name,
            number: self.at + 1,
            of: self.questions.len(),
            earlier: self.answer(name).map(|answer| answer.text.clone()),
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
    pub fn take(&mut self, line: &str) -> Reply {
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

    fn back(&mut self) -> Reply {
        match self.trail.pop().or_else(|| self.at.checked_sub(1)) {
            None => Reply::AtFirst,
            Some(before) => {
                self.at = before;
                Reply::Back
            }
        }
    }

    /// Goes where `go 12` or `go z1_in` wants to.
    fn go(&mut self, to: &str) -> Reply {
        if to.bytes().all(|byte| byte.is_ascii_digit()) {
            let number = to.parse::<usize>().unwrap_or(usize::MAX);
            return match number.checked_sub(1).filter(|at| *at < self.questions.len()) {
                Some(at) => self.move_to(at),
                None => Reply::NoSuchNumber(self.questions.len()),
            };
        }
        match self.known(to) {
            Some(name) => self.place(name).map_or_else(|not| not, |at| self.move_to(at)),
            None => self.no_such_name(to),
        }
    }

    fn move_to(&mut self, at: usize) -> Reply {
        if at != self.at {
            self.trail.push(self.at);
            self.at = at;
        }
        Reply::Went
    }

    /// The next hint, unless its numbers are the answers to other questions.
    fn hint(&mut self, name: Name) -> Reply {
        // Whoever asks for a fifth hint sees the last one again.
        let level = self.sheet.help.get(&name).map_or(0, |help| help.hints).min(Help::MOST - 1) + 1;
        if level >= WITH_NUMBERS {
            let open = self.open_operands(name);
            if !open.is_empty() {
                return Reply::HintWaits(open);
            }
        }
        self.sheet.help.entry(name).or_default().hints = level;
        Reply::Hint(level, Box::new(self.marker.mark_line(&self.sheet, name)))
    }

    fn open_operands(&self, name: Name) -> Vec<Open> {
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
    fn take_text(&mut self, text: &str) -> Reply {
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
        let reply = self.take_answer(self.at, text);
        match reply {
            Reply::NotANumber(_) if text.starts_with(begins_word) => match parts {
                Some((before, _)) => self.no_such_name(before),
                None => self.no_word(text),
            },
            reply => reply,
        }
    }

    fn take_answer(&mut self, at: usize, text: &str) -> Reply {
        let Some(&(_, name)) = self.questions.get(at) else { return Reply::Stopped };
        let number = match written::read(text) {
            Ok(number) => number,
            Err(problem) => return Reply::NotANumber(problem),
        };
        self.put(Answer {
            name,
            text: number.text.clone(),
            reading: Reading::Number(number),
            line: at + 1,
            column: 1,
        });
        self.skipped.remove(&name);
        let mut line = Box::new(self.marker.mark_line(&self.sheet, name));
        self.keep_open_answers_back(&mut line);
        if line.verdict == Verdict::Wrong {
            self.told_wrong.insert(name);
        }
        if at == self.at {
            self.go_on();
            Reply::Judged(line)
        } else {
            Reply::Elsewhere(line)
        }
    }

    /// A misread number is told with the right one, unless that is still asked.
    fn keep_open_answers_back(&self, line: &mut Line) {
        let open: NameSet = self.open().into_iter().map(|open| open.name).collect();
        for finding in &mut line.slips {
            finding.detail.take_if(|detail| open.contains(&detail.operand));
        }
    }

    /// Puts an answer in the place of an earlier one.
    fn put(&mut self, answer: Answer) {
        let name = answer.name;
        match self.sheet.answers.iter_mut().find(|earlier| earlier.name == name) {
            None => self.sheet.answers.push(answer),
            // The same number written in another way corrects nothing.
            Some(earlier) if same_number(earlier, &answer) => *earlier = answer,
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

    /// The quantity that people call so, if the network has one.
    fn known(&self, text: &str) -> Option<Name> {
        let network = self.marker.lesson().network();
        network.naming().read(text).filter(|name| network.has(*name))
    }

    /// Where a quantity stands among the questions, or why it does not.
    fn place(&self, name: Name) -> Result<usize, Reply> {
        let at = self.questions.iter().position(|(_, asked)| *asked == name);
        at.ok_or_else(|| {
            let lesson = self.marker.lesson();
            let is_given = lesson.has(name) && lesson.section(name) == Section::Given;
            if is_given { Reply::Given(name) } else { Reply::NotAsked(name) }
        })
    }

    fn no_such_name(&self, typed: &str) -> Reply {
        let nearest = self.marker.lesson().network().find(typed.trim()).err().flatten();
        Reply::NoSuchName { typed: brief(typed.trim(), LONGEST_TOLD), nearest }
    }

    /// What is neither a number nor a command may be a name with a slip.
    fn no_word(&self, typed: &str) -> Reply {
        match self.no_such_name(typed) {
            Reply::NoSuchName { nearest: None, .. } => Reply::Unknown,
            reply => reply,
        }
    }

    /// Goes to the next question that is not answered: one behind, else one
    /// that was jumped over.
    fn go_on(&mut self) {
        self.trail.push(self.at);
        let answered = self.answered();
        let is_open = |at: usize| {
            let open = self.questions.get(at).filter(|(_, name)| !answered.contains(name));
            open.map(|(_, name)| *name)
        };
        let count = self.questions.len();
        let behind = (self.at + 1..count).find(|at| is_open(*at).is_some());
        let jumped_over =
            |at: &usize| is_open(*at).is_some_and(|name| !self.skipped.contains(&name));
        let next = behind.or_else(|| (0..self.at).find(jumped_over));
        self.at = next.unwrap_or(count);
    }

    /// The question behind the last answered one; if that was the last of all,
    /// the first that is open.
    fn first_to_ask(&self) -> usize {
        let answered = self.answered();
        let is_answered = |(_, name): &(Section, Name)| answered.contains(name);
        let behind = self.questions.iter().rposition(is_answered).map_or(0, |last| last + 1);
        if behind < self.questions.len() {
            return behind;
        }
        let open = self.questions.iter().position(|question| !is_answered(question));
        open.unwrap_or(self.questions.len())
    }

    /// What is answered with a number: anything else is open.
    fn answered(&self) -> NameSet {
        let is_number = |answer: &&Answer| matches!(answer.reading, Reading::Number(_));
        self.sheet.answers.iter().filter(is_number).map(|answer| answer.name).collect()
    }

    /// What is not answered, in order.
    fn open(&self) -> Vec<Open> {
        let answered = self.answered();
        let numbered = (1..).zip(&self.questions);
        let open = numbered.filter(|(_, (_, name))| !answered.contains(name));
        open.map(|(number, &(section, name))| Open { section, number, name }).collect()
    }

    fn wrong_lines(&self) -> NameSet {
        let report = self.marker.mark(&self.sheet);
        let wrong = report.lines.iter().filter(|line| line.verdict == Verdict::Wrong);
        wrong.map(|line| line.name).collect()
    }
}

/// Whether two answers claim the same number to the same decimals.
fn same_number(earlier: &Answer, later: &Answer) -> bool {
    match (&earlier.reading, &later.reading) {
        (Reading::Number(earlier), Reading::Number(later)) => {
            earlier.value == later.value && earlier.decimals == later.decimals
        }
        _ => earlier.text == later.text,
    }
}
