//! What is wrong with a file: found in any order, kept in file order, and only
//! as many as are printed.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use crate::num;

/// Faults printed of one file.
const MOST_PRINTED: usize = 20;

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) what: String,
    pub(crate) help: Option<String>,
}

impl Words {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Faults by their bytes in the file.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// In file order.
    pub(crate) kept: Vec<(Range<usize>, Words)>,
    pub(crate) count: usize,
}

impl Findings {
    /// Counts a fault; its words are only made if it may be printed, so that a
    /// million faults cost no more than counting them.
    pub(crate) fn add(&mut self, span: Range<usize>, words: impl FnOnce() -> Words) {
        self.count += 1;
        let at = self.kept.partition_point(|(kept, _)| kept.start <= span.start);
        if at < MOST_PRINTED {
            self.kept.truncate(MOST_PRINTED - 1);
            self.kept.insert(at, (span, words()));
        }
    }
}

/// One fault, found again in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// Such as `layers[1].weights[0]`; empty for the whole file.
    pub(crate) path: String,
    pub(crate) words: Words,
    pub(crate) excerpt: Excerpt,
}

/// The piece of a line that a fault is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) text: String,
    /// Columns in front of the carets.
    pub(crate) skip: usize,
    pub(crate) carets: usize,
}

/// Everything that is wrong with a file. Its `Display` is the whole
/// report: each fault with its place, its line, a caret, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    pub(crate) label: String,
    /// In file order, at most [`MOST_PRINTED`].
    pub(crate) printed: Vec<Fault>,
    pub(crate) count: usize,
}

impl Faults {
    /// How many faults the file has, also those that are not printed.
    pub const fn count(&self) -> usize {
        self.count
    }
}

impl Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.printed.iter().enumerate() {
            if at > 0 {
                f.write_str("\n\n")?;
            }
            fault.write(f, &self.label)?;
        }
        let more = self.count - self.printed.len();
        if more > 0 {
            write!(f, "\n\nand {}", num::counted(more, "more fault"))?;
        }
        if self.count > 1 {
            write!(f, "\n\n{} in {}", num::counted(self.count, "fault"), self.label)?;
        }
        Ok(())
    }
}

impl Fault {
    fn write(&self, f: &mut fmt::Formatter<'_>, label: &str) -> fmt::Result {
        let Self { line, column, path, words, excerpt } = self;
        write!(f, "{label}:{line}:{column}: ")?;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        writeln!(f, "{}", words.what)?;
        let gutter = line.to_string().len().max(4);
        writeln!(f, "{}", format!("{line:>gutter$} | {}", excerpt.text).trim_end())?;
        let (skip, carets) = (" ".repeat(excerpt.skip), "^".repeat(excerpt.carets));
        write!(f, "{:>gutter$} | {skip}{carets}", "")?;
        if let Some(help) = &words.help {
            write!(f, "\n{:>gutter$} help: {help}", "")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_in_the_file_are_kept_in_order() {
        let mut findings = Findings::default();
        for at in (0..1000).rev() {
            findings.add(at..at + 1, || Words::new(at.to_string()));
        }
        let kept: Vec<usize> = findings.kept.iter().map(|(span, _)| span.start).collect();
        assert_eq!(kept, (0..MOST_PRINTED).collect::<Vec<_>>());
        assert_eq!(findings.count, 1000);
    }

    #[test]
    fn words_are_made_only_for_what_is_printed() {
        let mut findings = Findings::default();
        let mut made = 0;
        for at in 0..1000 {
            findings.add(at..at + 1, || {
                made += 1;
                Words::new("")
            });
        }
        assert_eq!(made, MOST_PRINTED);
    }
}
