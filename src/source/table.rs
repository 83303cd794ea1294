//! Tables of numbers in CSV files: a header, then a row of numbers per line,
//! read line by line however long the file is.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use thiserror::Error;

use super::file::{STANDARD_INPUT, label};
use crate::text::{brief, harmless};

/// Bytes of the longest line.
const LONGEST_LINE: usize = 16 << 20;

/// Numbers of the largest table: 2 GiB of f64.
const MOST_NUMBERS: u64 = 1 << 28;

/// Characters of a cell that are shown in a message.
const SHOWN: usize = 30;

/// Why a table cannot be read. Lines count from 1, the header.
#[derive(Debug, Error)]
pub enum TableError {
    /// The file cannot be opened or read.
    #[error("cannot read `{path}`: {error}")]
    Unreadable {
        /// The path, made harmless.
        path: String,
        /// What the operating system says.
        error: io::Error,
    },
    /// Something is wrong in a line.
    #[error("{path}:{line}: {what}")]
    Line {
        /// The path, made harmless.
        path: String,
        /// The line.
        line: u64,
        /// What is wrong, and what to do.
        what: String,
    },
    /// Something is wrong with the whole.
    #[error("{path}: {what}")]
    Whole {
        /// The path, made harmless.
        path: String,
        /// What is wrong, and what to do.
        what: String,
    },
}

/// Reads the table at a path, or of standard input for `-`, and calls `row`
/// with the numbers of each line; what that answers is reported with the line.
/// Commas, semicolons and tabs part the cells, whichever the header has. The
/// answer are the names of the columns, made harmless.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(
    argument: &str,
    columns: usize,
    shape: &str,
    row: &mut dyn FnMut(&[f64]) -> Result<(), String>,
) -> Result<Vec<String>, TableError> {
    let path = harmless(label(argument)).into_owned();
    if argument == STANDARD_INPUT {
        return Table { path, columns, shape }.read(io::stdin().lock(), row);
    }
    if Path::new(argument).is_dir() {
        let what = "this is a folder; give the path of a CSV file in it".to_owned();
        return Err(TableError::Whole { path, what });
    }
    match File::open(argument) {
        Ok(file) => Table { path, columns, shape }.read(file, row),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(TableError::Whole { path, what: "there is no such file".to_owned() })
        }
        Err(error) => Err(TableError::Unreadable { path, error }),
    }
}

/// Reads a table that is text in memory, as [`read`] does.
///
/// # Errors
/// The first thing that is wrong.
pub fn read_text(
    text: &str,
    name: &str,
    columns: usize,
    shape: &str,
    row: &mut dyn FnMut(&[f64]) -> Result<(), String>,
) -> Result<Vec<String>, TableError> {
    Table { path: name.to_owned(), columns, shape }.read(text.as_bytes(), row)
}

/// A table that is being read.
struct Table<'a> {
    path: String,
    columns: usize,
    /// What the columns are, in words.
    shape: &'a str,
}

impl Table<'_> {
    fn read(
        &self,
        source: impl Read,
        row: &mut dyn FnMut(&[f64]) -> Result<(), String>,
    ) -> Result<Vec<String>, TableError> {
        let mut source = io::BufReader::with_capacity(1 << 16, LinesOf { source, length: 0 });
        let (delimiter, only_returns) = self.signs(&mut source)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(delimiter)
            // A quote may not swallow the lines that follow it.
            .quoting(false)
            .flexible(true)
            // So that a line that was read is always the one before the next.
            .terminator(csv::Terminator::Any(b'\n'))
            .from_reader(Ends { source, only_returns, last: b'\n' });
        let mut record = csv::ByteRecord::new();
        let Some(line) = self.next(&mut reader, &mut record)? else {
            return Err(self.whole("the file is empty; it needs a header and a line per sample"));
        };
        let names: Vec<String> = record.iter().map(cell_text).collect();
        self.check_header(line, &names)?;
        let mut numbers = Vec::with_capacity(self.columns);
        let mut count = 0_u64;
        while let Some(line) = self.next(&mut reader, &mut record)? {
            self.numbers(line, &names, &record, &mut numbers)?;
            row(&numbers).map_err(|what| self.line(line, what))?;
            count += 1;
            if count.saturating_mul(self.columns as u64) > MOST_NUMBERS {
                return Err(
                    self.line(line, "the table is too large: more than 2 GiB of numbers".into())
                );
            }
        }
        if count == 0 {
            return Err(self.whole("there is no line of numbers after the header"));
        }
        Ok(names.iter().map(|name| brief(name, SHOWN)).collect())
    }

    /// Reads the next line that is not blank; where it stands.
    fn next<S: Read>(
        &self,
        reader: &mut csv::Reader<S>,
        record: &mut csv::ByteRecord,
    ) -> Result<Option<u64>, TableError> {
        // Rows of bytes of any length: only reading itself can fail.
        let unreadable = |error: csv::Error| TableError::Unreadable {
            path: self.path.clone(),
            error: error.into(),
        };
        while reader.read_byte_record(record).map_err(unreadable)? {
            let is_blank = record.len() == 1 && record[0].trim_ascii().is_empty();
            if !is_blank {
                return Ok(Some(reader.position().line() - 1));
            }
        }
        Ok(None)
    }

    /// The sign that parts the cells of the header, and whether lines end in
    /// nothing but a carriage return, as on old Macs.
    fn signs<S: Read>(&self, source: &mut io::BufReader<S>) -> Result<(u8, bool), TableError> {
        let unreadable = |error| TableError::Unreadable { path: self.path.clone(), error };
        let start = io::BufRead::fill_buf(source).map_err(unreadable)?;
        let only_returns = start.contains(&b'\r') && !start.contains(&b'\n');
        let mut lines = start.split(|byte| matches!(byte, b'\n' | b'\r'));
        let header = lines.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
        let count = |sign: u8| header.iter().filter(|byte| **byte == sign).count();
        let mut best = b',';
        for sign in [b';', b'\t'] {
            if count(sign) > count(best) {
                best = sign;
            }
        }
        if start.starts_with(b"\xef\xbb\xbf") {
            io::BufRead::consume(source, 3);
        }
        Ok((best, only_returns))
    }

    fn check_header(&self, line: u64, names: &[String]) -> Result<(), TableError> {
        if names.iter().any(|name| name.contains('\0')) {
            return Err(self.whole("this is no text file"));
        }
        if names.iter().all(|name| name.parse::<f64>().is_ok()) {
            let what = "the first line has numbers where it should name the columns; add a header"
                .to_owned();
            return Err(self.line(line, what));
        }
        if names.len() != self.columns {
            let (has, needs) = (names.len(), self.columns);
            let columns = if has == 1 { "column" } else { "columns" };
            let what = format!("{has} {columns}, but the network needs {needs}: {}", self.shape);
            return Err(self.line(line, what));
        }
        Ok(())
    }

    fn numbers(
        &self,
        line: u64,
        names: &[String],
        record: &csv::ByteRecord,
        numbers: &mut Vec<f64>,
    ) -> Result<(), TableError> {
        if record.len() != self.columns {
            let (has, needs) = (record.len(), self.columns);
            let cells = if has == 1 { "cell" } else { "cells" };
            return Err(self.line(line, format!("{has} {cells}, but the header has {needs}")));
        }
        numbers.clear();
        numbers.extend(record.iter().map_while(number));
        if numbers.len() == self.columns {
            return Ok(());
        }
        numbers.clear();
        for (at, (cell, name)) in record.iter().zip(names).enumerate() {
            let text = cell_text(cell);
            let place = || format!("column {} ({})", at + 1, brief(name, SHOWN));
            match text.parse::<f64>() {
                Ok(number) if number.is_finite() => numbers.push(number),
                Ok(_) => {
                    let what =
                        format!("{}: {} is not a finite number", place(), brief(&text, SHOWN));
                    return Err(self.line(line, what));
                }
                Err(_) if text.is_empty() => {
                    return Err(self.line(line, format!("{}: the cell is empty", place())));
                }
                Err(_) => {
                    let mut what =
                        format!("{}: `{}` is not a number", place(), brief(&text, SHOWN));
                    let pointed = text.replacen(',', ".", 1);
                    if pointed != text && pointed.parse::<f64>().is_ok() {
                        what.push_str(&format!("; write {}", brief(&pointed, SHOWN)));
                    }
                    return Err(self.line(line, what));
                }
            }
        }
        Ok(())
    }

    fn line(&self, line: u64, what: String) -> TableError {
        TableError::Line { path: self.path.clone(), line, what }
    }

    fn whole(&self, what: &str) -> TableError {
        TableError::Whole { path: self.path.clone(), what: what.to_owned() }
    }
}

/// A finite number that stands in a cell as it is.
fn number(cell: &[u8]) -> Option<f64> {
    let text = str::from_utf8(cell.trim_ascii()).ok()?;
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The text of a cell, without the quotes that some programs put around it.
fn cell_text(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell.trim_ascii());
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    bare.unwrap_or(&text).trim().to_owned()
}

/// A source that fails where a line does not end, so that no file can make the
/// reader keep all of it.
struct LinesOf<S> {
    source: S,
    length: usize,
}

impl<S: Read> Read for LinesOf<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.length = match buffer[..count].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) {
            Some(end) => count - end,
            None => self.length + count,
        };
        if self.length > LONGEST_LINE {
            return Err(io::Error::other(
                "a line is longer than 16 MiB; this is no table of numbers",
            ));
        }
        Ok(count)
    }
}

/// A source where every line ends in a line feed, the last one too.
struct Ends<S> {
    source: S,
    /// Whether the lines of the source end in carriage returns alone.
    only_returns: bool,
    last: u8,
}

impl<S: Read> Read for Ends<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut count = self.source.read(buffer)?;
        if self.only_returns {
            buffer[..count]
                .iter_mut()
                .filter(|byte| **byte == b'\r')
                .for_each(|byte| *byte = b'\n');
        }
        if count == 0 && self.last != b'\n' && !buffer.is_empty() {
            buffer[0] = b'\n';
            count = 1;
        }
        if let Some(last) = buffer[..count].last() {
            self.last = *last;
        }
        Ok(count)
    }
}
