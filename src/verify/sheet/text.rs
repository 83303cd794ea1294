//! A sheet in plain text: `z1_in = -0.53` or `z1_in: -0.53`, one to a line or
//! several, parted by `;`, by a comma or by blanks. `#` begins a remark.
//!
//! Commas also stand inside numbers (`0,53`) and names (`W10,3_new`), blanks
//! inside both. So a line is taken apart at its equal signs: what stands between
//! two of them is a number and the next name, if it can be read so; else the
//! line goes on, `L = 0.5·0.06 = 0.03`, and is no clear answer.

use std::ops::Range;

use super::written::{self, Problem};
use super::{Collector, Piece, Raw, is_student};
use crate::source::fault::Words;

/// Bytes from the start of a stretch in which a number may end.
const NUMBER_ENDS_WITHIN: usize = 200;

/// Bytes from the end of a stretch in which a name may begin.
const NAME_BEGINS_WITHIN: usize = 100;

/// Reads all lines.
pub(super) fn read<'a>(text: &'a str, collector: &mut Collector<'a>) {
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        for segment in line.split(';') {
            Segment { text, collector: &mut *collector }.read(segment.trim());
        }
    }
}

/// A stretch of a line without `;`.
struct Segment<'a, 'c> {
    text: &'a str,
    collector: &'c mut Collector<'a>,
}

impl<'a> Segment<'a, '_> {
    fn read(&mut self, segment: &'a str) {
        if segment.is_empty() {
            return;
        }
        let Some((mut name, mut rest)) = at_sign(segment) else {
            self.collector.findings.add(place(self.text, segment), || {
                Words::new("there is no `=` in this line")
                    .help("write `z1_in = -0.53`; remarks stand behind a `#`")
            });
            return;
        };
        let mut from = place(self.text, rest).start;
        let mut goes_on = false;
        while let Some((between, behind)) = at_sign(rest) {
            let next = if goes_on { self.behind_comma(between) } else { self.next_name(between) };
            if let Some(next) = next {
                let next = place(self.text, between).start + next;
                self.answer(name, from..next, goes_on);
                let end = place(self.text, between).end;
                (name, from) = (&self.text[next..end], place(self.text, behind).start);
            }
            goes_on = next.is_none();
            rest = behind;
        }
        self.answer(name, from..place(self.text, segment).end, goes_on);
    }

    /// Where the next name begins, between two equal signs.
    fn next_name(&self, between: &str) -> Option<usize> {
        // A readable number holds at most one word, the x of `2 x 10^-3`, so
        // that the name is the first word or the second.
        let words = words(between).take(2);
        let names = words.filter(|start| {
            let (value, has_comma) = without_comma(&between[..*start]);
            if value.is_empty() { has_comma } else { is_one_number(value) }
        });
        names.last().or_else(|| self.behind_comma(between))
    }

    /// Where a known name begins that a comma sets off.
    fn behind_comma(&self, between: &str) -> Option<usize> {
        // A name itself has at most one comma.
        let commas = between.rmatch_indices(',').take(2);
        let near = commas.map(|(at, comma)| at + comma.len());
        near.filter(|start| between.len() - start <= NAME_BEGINS_WITHIN).find(|start| {
            let name = between[*start..].trim();
            name.starts_with(begins_name)
                && (is_student(name) || self.collector.known(name).is_some())
        })
    }

    /// Takes a name and its answer; one that goes on behind another equal sign
    /// is no clear answer.
    fn answer(&mut self, name: &'a str, span: Range<usize>, goes_on: bool) {
        let name = name.trim();
        let (value, _) = without_comma(&self.text[span]);
        let value = value.trim_start();
        let key = Piece { text: name, span: place(self.text, name) };
        if is_student(name) {
            self.student(key, value);
            return;
        }
        let at = place(self.text, value).start;
        let raw = if value.is_empty() {
            Raw::Open
        } else if goes_on {
            Raw::Unreadable(Problem::Computation, value)
        } else {
            Raw::Text(value)
        };
        self.collector.line(key, at, raw);
    }

    fn student(&mut self, key: Piece<'_>, value: &str) {
        if value.contains('=') {
            self.collector.findings.add(key.span, || {
                Words::new("the student's name and an answer share a line")
                    .help("give the name a line of its own")
            });
        } else {
            self.collector.student(key, value);
        }
    }
}

/// What stands in front of the first equal sign (or its like), and behind it
/// and its repetitions.
fn at_sign(text: &str) -> Option<(&str, &str)> {
    let at = text.find(written::is_sign)?;
    let behind = text[at..].trim_start_matches(|c| written::is_sign(c) || c.is_whitespace());
    Some((&text[..at], behind))
}

/// Where words begin that a blank or a comma sets off, near the start.
fn words(text: &str) -> impl Iterator<Item = usize> {
    let mut before = None;
    text.char_indices().take_while(|(at, _)| *at < NUMBER_ENDS_WITHIN).filter_map(move |(at, c)| {
        let is_set_off =
            before.replace(c).is_some_and(|before| before == ',' || before.is_whitespace());
        (is_set_off && begins_name(c)).then_some(at)
    })
}

fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '∂'
}

/// The text without blanks and one comma at its end, and whether it had one.
fn without_comma(text: &str) -> (&str, bool) {
    let text = text.trim_end();
    text.strip_suffix(',').map_or((text, false), |text| (text.trim_end(), true))
}

/// Whether a text is one number, if perhaps one that cannot be used.
fn is_one_number(text: &str) -> bool {
    match written::read(text) {
        Ok(_) | Err(Problem::UnclearComma | Problem::TooLarge | Problem::TooSmall) => true,
        Err(_) => false,
    }
}

/// Bytes of `text` that `piece`, a part of it, stands in.
fn place(text: &str, piece: &str) -> Range<usize> {
    let start = piece.as_ptr() as usize - text.as_ptr() as usize;
    start..start + piece.len()
}
