//! Asking for the answers one by one: what is asked, what a typed line does,
//! and what comes back. No input or output; the sheet is the whole memory, so
//! whoever keeps it can go on later.

use super::judge::Marker;
use super::report::{Line, Verdict};
use super::sheet::{Answer, Help, Problem, Reading, Sheet, asks, written};
use crate::lesson::Section;
use crate::name::{Name, NameSet};

/// The state of a student who is being asked.
pub struct Asking<'a> {
    marker: &'a Marker<'a>,
    questions: Vec<(Section, Name)>,
    at: usize,
    sheet: Sheet,
    /// Lines that were told to be wrong since they were answered.
    told_wrong: NameSet,
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

/// What a typed line leads to.
#[derive(Clone, Debug)]
pub enum Reply {
    /// An answer is taken, and judged so.
    Judged(Box<Line>),
    /// A hint of this level, from 1 to [`Help::MOST`], for a line with these
    /// operands.
    Hint(u8, Box<Line>),
    /// The line is no number; the question stands.
    NotANumber(Problem),
    /// The question was left open.
    Skipped,
    /// The question before is asked again.
    Back,
    /// There is no question before this one.
    AtFirst,
    /// The earlier answer stands.
    Kept,
    /// Nothing was typed.
    Nothing,
    /// The student stops here.
    Stopped,
}

/// What a student types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typed<'t> {
    Hint,
    Skip,
    Back,
    Stop,
    Nothing,
    Answer(&'t str),
}

impl Typed<'_> {
    fn read(line: &str) -> Typed<'_> {
        let line = line.trim();
        match line.to_ascii_lowercase().as_str() {
            "" => Typed::Nothing,
            "?" | "hint" | "help" => Typed::Hint,
            "s" | "skip" => Typed::Skip,
            "b" | "back" => Typed::Back,
            "q" | "quit" | "exit" => Typed::Stop,
            _ => Typed::Answer(line),
        }
    }
}

impl<'a> Asking<'a> {
    /// Asks for everything that a sheet asks for, or of it what `only` holds.
    /// Goes on behind the last answer of `sheet`, or at what it left open.
    pub fn new(marker: &'a Marker<'a>, only: Option<&[Name]>, sheet: Sheet) -> Self {
        let only: Option<NameSet> = only.map(|names| names.iter().copied().collect());
        let mut questions = Vec::new();
        let Ok(()) = marker.lesson().for_each(|section, name| {
            if asks(section, name) && only.as_ref().is_none_or(|only| only.contains(&name)) {
                questions.push((section, name));
            }
            Ok::<(), std::convert::Infallible>(())
        });
        let mut asking = Self { marker, questions, at: 0, sheet, told_wrong: NameSet::default() };
        asking.at = asking.first_to_ask();
        // An answer that was taken was judged.
        asking.told_wrong = asking.wrong_lines();
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
            earlier: self.answer(name).map(|answer| answer.text.to_string()),
        })
    }

    /// The answers and the help so far.
    pub const fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// How many questions are answered, of how many.
    pub fn progress(&self) -> (usize, usize) {
        let answered = self.answered();
        let count = self.questions.iter().filter(|(_, name)| answered.contains(name)).count();
        (count, self.questions.len())
    }

    /// Takes a typed line. The sheet changes only with [`Reply::Judged`] and
    /// [`Reply::Hint`].
    pub fn take(&mut self, line: &str) -> Reply {
        let Some(&(_, name)) = self.questions.get(self.at) else { return Reply::Stopped };
        match Typed::read(line) {
            Typed::Nothing if self.answer(name).is_some() => {
                self.go_on();
                Reply::Kept
            }
            Typed::Nothing => Reply::Nothing,
            Typed::Stop => Reply::Stopped,
            Typed::Skip => {
                self.go_on();
                Reply::Skipped
            }
            Typed::Back if self.at == 0 => Reply::AtFirst,
            Typed::Back => {
                self.at -= 1;
                Reply::Back
            }
            Typed::Hint => self.hint(name),
            Typed::Answer(text) => self.take_answer(name, text),
        }
    }

    fn hint(&mut self, name: Name) -> Reply {
        let help = self.sheet.help.entry(name).or_default();
        // Whoever asks for a fifth hint sees the last one again.
        help.hints = (help.hints + 1).min(Help::MOST);
        let level = help.hints;
        Reply::Hint(level, Box::new(self.marker.mark_line(&self.sheet, name)))
    }

    fn take_answer(&mut self, name: Name, text: &str) -> Reply {
        let (number, source) = match written::read_sourced(self.without_name(name, text)) {
            Ok(number) => number,
            Err(problem) => return Reply::NotANumber(problem),
        };
        let answer = Answer {
            name,
            text: number.text.clone(),
            reading: Reading::Number(number),
            line: self.at + 1,
            column: 1,
            source,
        };
        self.put(answer);
        self.go_on();
        let line = self.marker.mark_line(&self.sheet, name);
        if line.verdict == Verdict::Wrong {
            self.told_wrong.insert(name);
        }
        Reply::Judged(Box::new(line))
    }

    /// `z1_in = -0.53` is an answer to z1_in.
    fn without_name<'t>(&self, name: Name, text: &'t str) -> &'t str {
        let Some((before, behind)) = text.split_once(['=', ':']) else { return text };
        let is_own = self.marker.lesson().naming().read(before) == Some(name);
        if is_own { behind } else { text }
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

    /// Goes to the next question that is not answered.
    fn go_on(&mut self) {
        let answered = self.answered();
        let rest = self.questions.iter().skip(self.at + 1);
        let next = rest.take_while(|(_, name)| answered.contains(name)).count();
        self.at += 1 + next;
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

    fn answered(&self) -> NameSet {
        self.sheet.answers.iter().map(|answer| answer.name).collect()
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
