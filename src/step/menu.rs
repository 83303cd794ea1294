//! The exercises to choose from, where the program is started with no word.

use super::keys::Key;
use super::state::Flow;
use super::walkthrough::StepLook;

/// An exercise of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called on the command line.
    pub name: &'static str,
    /// `2-2-1`
    pub shape: String,
    /// What it is about.
    pub title: String,
    /// Whether it has a learning rate, and so an update.
    pub has_update: bool,
}

/// What is done with an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It is walked through on the screen.
    Walk,
    /// It is printed.
    Read,
    /// Its numbers are asked.
    Answer,
}

impl Deed {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::Walk, Self::Read, Self::Answer];

    /// What it does.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Walk => "walk through it",
            Self::Read => "read it",
            Self::Answer => "answer it",
        }
    }

    /// The words after the name of the program.
    pub fn words(self, entry: &Entry) -> Vec<&'static str> {
        let mut words = vec!["run", entry.name];
        match self {
            Self::Walk | Self::Read if entry.has_update => words.push("--apply"),
            Self::Walk | Self::Read | Self::Answer => {}
        }
        match self {
            Self::Walk => words.push("--step"),
            Self::Read => {}
            Self::Answer => words.push("--verify"),
        }
        words
    }
}

/// The list, and what is chosen of it.
pub struct Menu {
    entries: Vec<Entry>,
    /// How it looks.
    pub look: StepLook,
    at: usize,
    deed: usize,
    chosen: bool,
}

impl Menu {
    /// With the first exercise to choose.
    pub const fn new(entries: Vec<Entry>, look: StepLook) -> Self {
        Self { entries, look, at: 0, deed: 0, chosen: false }
    }

    /// The exercises.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The exercise that Enter would choose, and what would be done.
    pub fn current(&self) -> Option<(&Entry, Deed)> {
        Some((self.entries.get(self.at)?, Deed::ALL[self.deed]))
    }

    /// The place of the current exercise.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// What was chosen, if something was.
    pub fn chosen(&self) -> Option<(&Entry, Deed)> {
        self.current().filter(|_| self.chosen)
    }

    /// Does what a key asks for.
    pub fn on(&mut self, key: Key) -> Flow {
        let (last, deeds) = (self.entries.len().saturating_sub(1), Deed::ALL.len());
        match key {
            Key::Down | Key::Char('j' | 'n') => self.at = (self.at + 1).min(last),
            Key::Up | Key::Char('k' | 'p') => self.at = self.at.saturating_sub(1),
            Key::Home | Key::PageUp | Key::Char('g') => self.at = 0,
            Key::End | Key::PageDown | Key::Char('G') => self.at = last,
            Key::Right | Key::Char('l') => self.deed = (self.deed + 1) % deeds,
            Key::Left | Key::Char('h') => self.deed = (self.deed + deeds - 1) % deeds,
            Key::Char('w') => return self.choose(0),
            Key::Char('r') => return self.choose(1),
            Key::Char('a') => return self.choose(2),
            Key::Enter | Key::Char(' ') => return self.choose(self.deed),
            Key::Escape | Key::Char('q') | Key::Control('c') => return Flow::Leave,
            Key::Control('z') => return Flow::Suspend,
            Key::Char(_) | Key::Control(_) | Key::Backspace => {}
        }
        Flow::Show
    }

    fn choose(&mut self, deed: usize) -> Flow {
        self.deed = deed;
        self.chosen = !self.entries.is_empty();
        Flow::Leave
    }
}
