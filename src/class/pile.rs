//! The pile: the sheets that the arguments of the command line lead to, in
//! their order.

use std::collections::HashMap;
use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::entry::{Content, SheetEntry, Who};
use super::place::owner;
use super::table;
use crate::network::Network;
use crate::source::file::{self, STANDARD_INPUT};
use crate::source::lines::{LineBatch, LineBatches};
use crate::source::{FileError, folder, rows};
use crate::text::harmless;
use crate::verify;

/// Sheets that are handed out at once.
const PORTION: usize = 512;

/// Why there is no pile.
#[derive(Debug, Error)]
pub enum PileError {
    /// Something named on the command line cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A stream ends with an error.
    #[error("{place}: {error}")]
    Stream {
        /// What is read, made harmless.
        place: String,
        /// What the operating system says.
        error: io::Error,
    },
    /// There is no sheet in it.
    #[error("there is no sheet in it")]
    Empty,
}

/// The sheets to be marked.
#[derive(Default)]
pub struct Pile {
    parts: VecDeque<Part>,
    count: Option<usize>,
    /// Columns of tables that nothing is read from.
    pub unread_columns: Vec<String>,
}

enum Part {
    Entries(Vec<SheetEntry>),
    Stream(Stream),
}

struct Stream {
    argument: String,
    lines: Option<LineBatches>,
}

/// Some sheets that follow each other.
#[derive(Debug, PartialEq)]
pub enum Portion {
    /// From files and tables.
    Entries(Vec<SheetEntry>),
    /// Lines of a stream.
    Lines(StreamLines),
}

/// Lines of a stream.
#[derive(Debug, PartialEq)]
pub struct StreamLines(LineBatch);

/// One of the sheets.
#[derive(Clone, Copy, Debug)]
pub enum PileSheet<'p> {
    /// From a file or a table.
    Entry(&'p SheetEntry),
    /// A line of a stream, by its number from 1; `None` if it is too long.
    Line(u64, Option<&'p [u8]>),
}

impl Portion {
    /// How many sheets.
    pub fn len(&self) -> usize {
        match self {
            Self::Entries(entries) => entries.len(),
            Self::Lines(StreamLines(batch)) => batch.len(),
        }
    }

    /// Whether there is none; no portion of a pile is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them.
    pub fn work(&self, at: usize) -> PileSheet<'_> {
        match self {
            Self::Entries(entries) => PileSheet::Entry(&entries[at]),
            Self::Lines(StreamLines(batch)) => {
                let (number, line) = batch.line(at);
                PileSheet::Line(number, line)
            }
        }
    }
}

impl Pile {
    /// Finds the sheets. A file that ends in `.jsonl` or `.ndjson`, and `-`, is a
    /// stream of records; one that ends in `.csv` or `.tsv` may be a table with a
    /// row per student, by the quantities of `network`.
    ///
    /// # Errors
    /// If what an argument names cannot be read, or there is nothing to mark.
    pub fn open(arguments: &[String], network: &Network) -> Result<Self, PileError> {
        let mut pile = Self { parts: VecDeque::new(), count: Some(0), unread_columns: Vec::new() };
        for argument in arguments {
            let path = Path::new(argument);
            if argument == STANDARD_INPUT || has_ending(path, &["jsonl", "ndjson"]) {
                if argument != STANDARD_INPUT && !path.exists() {
                    let path = harmless(argument).into_owned();
                    return Err(FileError::Missing { path }.into());
                }
                let (argument, lines) = (argument.clone(), None);
                pile.parts.push_back(Part::Stream(Stream { argument, lines }));
                pile.count = None;
            } else if path.is_dir() {
                pile.folder(path, network)?;
            } else if path.exists() {
                pile.file(path.to_path_buf(), owner(path, None, false), network)?;
            } else {
                let path = harmless(argument).into_owned();
                return Err(FileError::Missing { path }.into());
            }
        }
        if pile.parts.is_empty() { Err(PileError::Empty) } else { Ok(pile) }
    }

    /// How many sheets there are, where that is known.
    pub const fn count(&self) -> Option<usize> {
        self.count
    }

    fn folder(&mut self, path: &Path, network: &Network) -> Result<(), PileError> {
        let found = folder::files(path)?;
        let mut siblings: HashMap<PathBuf, usize> = HashMap::new();
        for file in &found {
            if let Some(parent) = file.path.parent() {
                *siblings.entry(parent.to_path_buf()).or_default() += 1;
            }
        }
        for folder::FolderContents { path: file, refused } in found {
            let is_alone = file.parent().is_some_and(|parent| siblings.get(parent) == Some(&1));
            let who = owner(&file, Some(path), is_alone);
            match refused {
                Some(why) => {
                    let place = shown(&file);
                    self.entry(SheetEntry {
                        who,
                        place,
                        content: Content::Refused(why.to_owned()),
                    });
                }
                None => self.file(file, who, network)?,
            }
        }
        Ok(())
    }

    fn file(&mut self, path: PathBuf, who: Who, network: &Network) -> Result<(), PileError> {
        let place = shown(&path);
        if has_ending(&path, &["csv", "tsv", "tab"])
            && let Ok(bytes) = file::bytes_at(&path, "an answer sheet")
            && let Some(text) = verify::text(&bytes)
            && let Ok(rows) = rows::read(&text)
            && let Some((entries, unread)) = table::entries(&rows, network, &place)
        {
            self.unread_columns.extend(unread);
            entries.into_iter().for_each(|entry| self.entry(entry));
            return Ok(());
        }
        self.entry(SheetEntry { who, place, content: Content::File(path) });
        Ok(())
    }

    fn entry(&mut self, entry: SheetEntry) {
        self.count = self.count.map(|count| count + 1);
        match self.parts.back_mut() {
            Some(Part::Entries(entries)) if entries.len() < PORTION => entries.push(entry),
            _ => self.parts.push_back(Part::Entries(vec![entry])),
        }
    }

    /// The next sheets, at least one; none at the end.
    ///
    /// # Errors
    /// If a stream cannot be read.
    pub fn portion(&mut self) -> Result<Option<Portion>, PileError> {
        loop {
            match self.parts.front_mut() {
                None => return Ok(None),
                Some(Part::Entries(entries)) => {
                    let entries = std::mem::take(entries);
                    self.parts.pop_front();
                    return Ok(Some(Portion::Entries(entries)));
                }
                Some(Part::Stream(stream)) => match stream.next()? {
                    Some(batch) => return Ok(Some(Portion::Lines(StreamLines(batch)))),
                    None => {
                        self.parts.pop_front();
                    }
                },
            }
        }
    }
}

impl Stream {
    fn next(&mut self) -> Result<Option<LineBatch>, PileError> {
        let lines = match &mut self.lines {
            Some(lines) => lines,
            None => self.lines.insert(LineBatches::open(&self.argument)?),
        };
        let place = || harmless(file::label(&self.argument)).into_owned();
        lines.next().map_err(|error| PileError::Stream { place: place(), error })
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

fn shown(path: &Path) -> String {
    harmless(&path.to_string_lossy()).into_owned()
}
