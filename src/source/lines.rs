//! Standard input or a file as batches of lines: as many as have come, so that
//! whoever waits for an answer gets it, and however long the stream is.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;

use super::file::{FileError, STANDARD_INPUT, label};
use crate::text::harmless;

/// Bytes of the longest line that is read.
const LONGEST: usize = 1 << 20;

/// Bytes asked for at once.
const PIECE: usize = 1 << 18;

/// A stream of lines.
pub(crate) struct LineBatches<S = Box<dyn Read>> {
    source: S,
    /// What is read and not handed out yet.
    rest: Vec<u8>,
    /// Whether the line that is being read is longer than any.
    skips: bool,
    ended: bool,
    /// Lines handed out.
    count: u64,
}

/// Some lines that follow each other.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct LineBatch {
    bytes: Vec<u8>,
    /// `None` for a line that is too long.
    lines: Vec<Option<Range<usize>>>,
    /// Lines before these.
    before: u64,
}

impl LineBatch {
    /// How many lines.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// A line without its end, and its number from 1; `None` if it is too long.
    pub(crate) fn line(&self, at: usize) -> (u64, Option<&[u8]>) {
        let line = self.lines[at].clone().map(|range| &self.bytes[range]);
        (self.before + at as u64 + 1, line)
    }
}

impl LineBatches {
    /// Opens the file at a path, or standard input for `-`.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub(crate) fn open(argument: &str) -> Result<Self, FileError> {
        if argument == STANDARD_INPUT {
            return Ok(LineBatches::of(Box::new(io::stdin().lock())));
        }
        let path = || harmless(label(argument)).into_owned();
        match File::open(argument) {
            Ok(file) => Ok(LineBatches::of(Box::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(FileError::Missing { path: path() })
            }
            Err(error) => Err(FileError::Unreadable { path: path(), error }),
        }
    }
}

impl<S: Read> LineBatches<S> {
    const fn of(source: S) -> Self {
        Self { source, rest: Vec::new(), skips: false, ended: false, count: 0 }
    }

    /// The next lines, at least one; none at the end.
    ///
    /// # Errors
    /// If the source cannot be read.
    pub(crate) fn next(&mut self) -> io::Result<Option<LineBatch>> {
        while !self.ended {
            let start = self.rest.len();
            self.rest.resize(start + PIECE, 0);
            let read = loop {
                match self.source.read(&mut self.rest[start..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => break read,
                }
            };
            let count = *read.as_ref().unwrap_or(&0);
            self.rest.truncate(start + count);
            self.ended = read? == 0;
            let complete = memchr::memrchr(b'\n', &self.rest[start..]).map(|at| start + at + 1);
            let complete = if self.ended { Some(self.rest.len()) } else { complete };
            if let Some(complete) = complete
                && let Some(batch) = self.take(complete)
            {
                return Ok(Some(batch));
            }
            if self.rest.len() > LONGEST {
                self.skips = true;
                self.rest.clear();
            }
        }
        Ok(None)
    }

    /// Takes the first bytes, which end with a line.
    fn take(&mut self, complete: usize) -> Option<LineBatch> {
        let rest = self.rest.split_off(complete);
        let bytes = std::mem::replace(&mut self.rest, rest);
        let mut lines = Vec::new();
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', &bytes);
        // A last line may have no end.
        let open =
            bytes.last().is_some_and(|last| *last != b'\n') || (bytes.is_empty() && self.skips);
        for end in ends.chain(open.then_some(bytes.len())) {
            let is_long = std::mem::take(&mut self.skips) || end - start > LONGEST;
            let trimmed = if bytes[start..end].ends_with(b"\r") { end - 1 } else { end };
            lines.push((!is_long).then_some(start..trimmed));
            start = end + 1;
        }
        let before = self.count;
        self.count += lines.len() as u64;
        (!lines.is_empty()).then_some(LineBatch { bytes, lines, before })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a few bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(self.1).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn lines(source: impl Read) -> Vec<(u64, Option<String>)> {
        let mut batches = LineBatches::of(source);
        let mut all = Vec::new();
        while let Some(batch) = batches.next().unwrap() {
            assert!(batch.len() > 0);
            for at in 0..batch.len() {
                let (number, line) = batch.line(at);
                all.push((number, line.map(|line| String::from_utf8(line.to_vec()).unwrap())));
            }
        }
        all
    }

    #[test]
    fn lines_come_whole_and_in_order_whatever_the_pieces() {
        let text = "one\n\ntwo\r\nδ\nlast";
        let expected: Vec<_> = ["one", "", "two", "δ", "last"]
            .iter()
            .zip(1..)
            .map(|(line, number)| (number, Some((*line).to_owned())))
            .collect();
        for piece in [1, 2, 3, 1000] {
            assert_eq!(lines(Slow(text.as_bytes(), piece)), expected);
            assert_eq!(lines(Slow(format!("{text}\n").as_bytes(), piece)), expected);
        }
        assert!(lines(Slow(b"", 1)).is_empty());
    }

    #[test]
    fn an_endless_line_is_one_line_that_is_too_long() {
        let long = io::repeat(b'x').take(5 << 20);
        let text = b"before\n".chain(long).chain(&b"\nafter\n"[..]);
        let of = |line: &str| Some(line.to_owned());
        assert_eq!(lines(text), [(1, of("before")), (2, None), (3, of("after"))]);
        let cut = b"before\n".chain(io::repeat(b'x').take(5 << 20));
        assert_eq!(lines(cut), [(1, of("before")), (2, None)]);
    }
}
