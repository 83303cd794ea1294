//! Where a student stands among the questions, and where they want to go.

use super::{Asking, OpenQuestion, Reply};
use crate::lesson::Section;
use crate::name::{Name, NameSet};
use crate::text::brief;
use crate::verify::sheet::{Answer, AnswerReading};

/// Characters of an unknown name that are told back.
const LONGEST_TOLD: usize = 40;

impl<'a> Asking<'a> {
    pub(super) fn back(&mut self) -> Reply<'a> {
        match self.trail.pop().or_else(|| self.at.checked_sub(1)) {
            None => Reply::AtFirst,
            Some(before) => {
                self.at = before;
                Reply::Back
            }
        }
    }

    /// Goes where `go 12` or `go z1_in` wants to.
    pub(super) fn go(&mut self, to: &str) -> Reply<'a> {
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

    pub(super) fn move_to(&mut self, at: usize) -> Reply<'a> {
        if at != self.at {
            self.trail.push(self.at);
            self.at = at;
        }
        Reply::Went
    }

    /// The quantity that people call so, if the network has one.
    pub(super) fn known(&self, text: &str) -> Option<Name> {
        let network = self.marker.lesson().network();
        network.naming().read(text).filter(|name| network.has(*name))
    }

    /// Where a quantity stands among the questions, or why it does not.
    pub(super) fn place(&self, name: Name) -> Result<usize, Reply<'a>> {
        let at = self.questions.iter().position(|(_, asked)| *asked == name);
        at.ok_or_else(|| {
            let lesson = self.marker.lesson();
            let is_given = lesson.has(name) && lesson.section(name) == Section::Given;
            if is_given { Reply::Given(name) } else { Reply::NotAsked(name) }
        })
    }

    pub(super) fn no_such_name(&self, typed: &str) -> Reply<'a> {
        let typed = typed.trim();
        Reply::NoSuchName { typed: brief(typed, LONGEST_TOLD), nearest: self.nearest(typed) }
    }

    /// What is neither a number nor a command may be a name with a slip.
    pub(super) fn no_word(&self, typed: &str) -> Reply<'a> {
        if self.nearest(typed).is_some() { self.no_such_name(typed) } else { Reply::Unknown }
    }

    fn nearest(&self, typed: &str) -> Option<String> {
        self.marker.lesson().network().find(typed).err().flatten()
    }

    /// Goes to the next question that is not answered: one behind, else one
    /// that was jumped over.
    pub(super) fn go_on(&mut self) {
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
    pub(super) fn first_to_ask(&self) -> usize {
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
    pub(super) fn answered(&self) -> NameSet {
        let is_number = |answer: &&Answer| matches!(answer.reading, AnswerReading::Number(_));
        self.sheet.answers.iter().filter(is_number).map(|answer| answer.name).collect()
    }

    /// What is not answered, in order.
    pub(super) fn open(&self) -> Vec<OpenQuestion> {
        let answered = self.answered();
        let numbered = (1..).zip(&self.questions);
        let open = numbered.filter(|(_, (_, name))| !answered.contains(name));
        open.map(|(number, &(section, name))| OpenQuestion { section, number, name }).collect()
    }
}
