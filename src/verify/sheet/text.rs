//! A sheet in lines: `z1_in = -0.53` or `z1_in: -0.53`, one to a line or
//! several, parted by `;`, by a comma or by blanks. `#` begins a remark.
//!
//! Commas also stand inside numbers (`0,53`) and names (`W10,3_new`), blanks
//! inside both. So a line is taken apart at its equal signs: what stands between
//! two of them is a number and the next name, if it can be read so; else the
//! line goes on, `L = 0.5·0.06 = 0.03`, and the number at its end counts.

use super::collector::{Collector, Raw};
use super::lines::{end_with_continuations, is_rule, without_bullet};
use super::number::{is_minus, is_times};
use super::student::is_student;
use super::table::{self, TableColumns};
use super::{NumberProblem, Reason, markup, tags, words, written};
use crate::num::{Stands, Written};

/// Bytes from the start of a stretch in which a number may end.
const NUMBER_ENDS_WITHIN: usize = 200;

/// Bytes from the end of a stretch in which a name may begin.
const NAME_BEGINS_WITHIN: usize = 100;

/// Words between two equal signs that a name may begin with.
const MOST_WORDS: usize = 6;

/// Reads all lines.
pub(super) fn read<'a>(text: &'a str, collector: &mut Collector<'a>) {
    let bytes = text.as_bytes();
    collector.reserve(bytes.len() / 16);
    let (mut at, mut number) = (0, 1);
    let (mut columns, mut has_looked) = (TableColumns::default(), false);
    while at < bytes.len() {
        let (end, more) = end_with_continuations(text, at);
        if more > 0 || !quick(&bytes[at..end], number, collector) {
            let line = &text[at..end];
            let content = line.trim_start();
            if content.is_empty() {
                columns.end();
            }
            // A printed sheet has a line for the student, mostly left open.
            let is_open = content.trim_end() == "student:";
            if !content.is_empty() && !content.starts_with('#') && !is_open {
                if !has_looked && !content.starts_with("student") {
                    has_looked = true;
                    if let Some(delimiter) = table::delimiter(&text[at..]) {
                        return table::read(text, at, delimiter, collector);
                    }
                }
                whole_line(line, at, &mut columns, collector);
            }
        }
        (at, number) = (end + 1, number + 1 + more);
    }
}

/// Reads a line that is a known name, `=` and plain digits, as a printed sheet
/// has them; says whether it is one.
fn quick(line: &[u8], number: usize, collector: &mut Collector<'_>) -> bool {
    let Some(sign) = memchr::memchr(b'=', line) else { return false };
    let Some(known) = collector.reader.known.get(line[..sign].trim_ascii_end()) else {
        return false;
    };
    let value = line[sign + 1..].trim_ascii_start();
    let column = line.len() - value.len() + 1;
    let Some(written) = Written::read_plain(value.trim_ascii_end()) else { return false };
    collector.quick(known, (number, column), written)
}

/// Reads any other line, which begins at `start`.
pub(super) fn whole_line(
    line: &str,
    start: usize,
    columns: &mut TableColumns,
    collector: &mut Collector<'_>,
) {
    let plain = markup::plain(line);
    let line = Line { text: &plain.text, from: &plain.from, start };
    for part in plain.text.split(tags::PART) {
        part_of_line(part, line, columns, collector);
    }
}

/// Reads a line, or what tags of HTML have parted from one.
fn part_of_line(
    part: &str,
    line: Line<'_>,
    columns: &mut TableColumns,
    collector: &mut Collector<'_>,
) {
    let content = part.split('#').next().unwrap_or_default();
    let content = without_bullet(content.trim());
    // `%` begins a remark of LaTeX.
    if is_rule(content) || content.starts_with('%') {
        return;
    }
    let has_sign = content.contains(written::is_sign);
    let delimiter = ['|', '\t', ';'].into_iter().find(|delimiter| content.contains(*delimiter));
    if let Some(delimiter) = delimiter.filter(|delimiter| *delimiter == '|' || !has_sign) {
        let cells = content.split(delimiter).map(|cell| (cell.trim(), line.origin(cell)));
        let cells: Vec<(&str, usize)> = cells.collect();
        if table::row(&cells, columns, content, collector) {
            return;
        }
    } else {
        columns.end();
    }
    for segment in content.split([';', '|']) {
        Segment { line, collector: &mut *collector }.read(segment.trim());
    }
}

/// A line in plain signs, and where it comes from.
#[derive(Clone, Copy)]
struct Line<'l> {
    text: &'l str,
    from: &'l [u32],
    start: usize,
}

impl Line<'_> {
    /// Where in the file a piece of the line stands.
    fn origin(&self, piece: &str) -> usize {
        let at = piece.as_ptr() as usize - self.text.as_ptr() as usize;
        let at = self.from.get(at).or(self.from.last()).copied().unwrap_or(0);
        self.start + at as usize
    }
}

/// A stretch of a line without `;`.
struct Segment<'l, 'a, 'c> {
    line: Line<'l>,
    collector: &'c mut Collector<'a>,
}

impl<'l> Segment<'l, '_, '_> {
    fn read(&mut self, segment: &'l str) {
        if segment.is_empty() || is_rule(segment) {
            return;
        }
        let closes = written::brackets_close(segment);
        let any = || parted(segment, segment.find(written::is_sign)?);
        let first = at_sign(segment, closes).or_else(any);
        let Some((mut name, mut rest)) = first else {
            return self.without_sign(segment);
        };
        let mut value = rest;
        let mut goes_on = false;
        while let Some((between, behind)) = at_sign(rest, closes) {
            let so_far = between.as_ptr() as usize - value.as_ptr() as usize;
            let is_next = if goes_on { leads_on(&value[..so_far]) } else { self.is_label(name) };
            let next = if is_next && self.is_known(between) {
                Some(0)
            } else {
                self.next_name(name, between)
            };
            if let Some(next) = next {
                let end = between.as_ptr() as usize + next - value.as_ptr() as usize;
                self.answer(name, &value[..end]);
                (name, value) = (&between[next..], behind);
            }
            goes_on = next.is_none();
            rest = behind;
        }
        self.answer(name, value);
    }

    /// Whether a name is none, but may be the heading of one: `Task 1: z1_in`.
    fn is_label(&self, name: &str) -> bool {
        !is_student(name) && !self.is_known(name)
    }

    fn is_known(&self, name: &str) -> bool {
        self.collector.known(bare_name(name)).is_some()
    }

    /// Where the next name begins, between two equal signs.
    fn next_name(&self, name: &str, between: &str) -> Option<usize> {
        // A readable number holds at most one word, the x of `2 x 10^-3`, and there may
        // be some between it and the name: `-0.53 and hence z1_out`.
        let words = word_starts(between);
        if is_student(name) {
            let mut words = words.chain(std::iter::once(0));
            return words.find(|start| self.is_known(&between[*start..]));
        }
        let names = words.take(MOST_WORDS).filter(|start| {
            let (value, has_comma) = without_comma(&between[..*start]);
            let is_number = if value.is_empty() { has_comma } else { is_one_number(value) };
            is_number && self.may_be_name(&between[*start..])
        });
        names.last().or_else(|| self.behind_comma(between)).or_else(|| aside(between))
    }

    /// Whether a text between a number and an equal sign is a name, and no part
    /// of a formula: `f_in = 0.3705 u1 + ... = 1.127`.
    fn may_be_name(&self, text: &str) -> bool {
        match self.collector.known(bare_name(text)) {
            Some(name) => !name.is_given(),
            None => !text.trim().contains(|c: char| {
                c.is_whitespace() || matches!(c, '+' | '*' | '·' | '×' | '^' | '(' | '-')
            }),
        }
    }

    /// Where a known name begins that a comma sets off.
    fn behind_comma(&self, between: &str) -> Option<usize> {
        // A name itself has at most one comma.
        let commas = between.rmatch_indices(',').take(2);
        let near = commas.map(|(at, comma)| at + comma.len());
        near.filter(|start| between.len() - start <= NAME_BEGINS_WITHIN).find(|start| {
            let name = between[*start..].trim();
            name.starts_with(begins_name) && (is_student(name) || self.is_known(name))
        })
    }

    /// Takes a name and its answer.
    fn answer(&mut self, name: &'l str, value: &'l str) {
        let key = bare_name(name);
        let (value, _) = without_comma(before_side_equation(value));
        let value = value.trim_start();
        let key_at = self.line.origin(key);
        if is_student(key) {
            let around = |c: char| c.is_whitespace() || "*_`{};|".contains(c);
            return self.collector.student(key, key_at, value.trim_matches(around));
        }
        if words::is_reason(key) && !self.is_known(key) {
            return;
        }
        let whole = self.between(key, value);
        let at = self.line.origin(value);
        let raw = if value.is_empty() { Raw::Open } else { Raw::Text(value) };
        let key = if self.is_known(key) { key } else { self.without_leading(key) };
        self.collector.line(key, key_at, whole, at, raw);
    }

    /// All of the line from a name to the end of its value.
    fn between(&self, key: &str, value: &str) -> &'l str {
        let offset = |piece: &str| piece.as_ptr() as usize - self.line.text.as_ptr() as usize;
        self.line.text.get(offset(key)..offset(value) + value.len()).unwrap_or_default()
    }

    /// `so f_in`
    fn without_leading(&self, key: &'l str) -> &'l str {
        let mut rest = key;
        while let Some((word, behind)) = rest.split_once(char::is_whitespace) {
            let is_leading = words::is_leading(word);
            rest = behind.trim_start();
            if !is_leading {
                return key;
            }
            if self.is_known(rest) {
                return rest;
            }
        }
        key
    }

    /// Reads a stretch without an equal sign: `z1_in -0.53`.
    fn without_sign(&mut self, segment: &'l str) {
        let key = bare_name(segment);
        if self.is_known(key) {
            return;
        }
        let at = self.line.origin(segment);
        let mut breaks = segment.match_indices([' ', '\t', ',']).take(6).map(|(at, _)| at);
        let found = breaks.find(|at| {
            let (name, value) = (&segment[..*at], segment[at + 1..].trim());
            is_one_number(value) && self.is_known(name)
        });
        if let Some(end) = found {
            let value = segment[end + 1..].trim_start();
            let value_at = self.line.origin(value);
            return self.collector.line(
                bare_name(&segment[..end]),
                at,
                segment,
                value_at,
                Raw::Text(value),
            );
        }
        let has_number = segment.contains(|c: char| c.is_ascii_digit());
        let reason = if has_number { Reason::NoSign } else { Reason::Prose };
        self.collector.unread(at, segment, reason);
    }
}

/// Whether a value is one number with an arrow behind it: `-0.53 → z1_out = 0.3705`.
fn leads_on(value: &str) -> bool {
    let value = value.trim_end();
    let number = value.trim_end_matches(|c: char| is_arrow(c) || c.is_whitespace());
    number.len() <= NUMBER_ENDS_WITHIN && value.ends_with(is_arrow) && is_one_number(number)
}

const fn is_arrow(c: char) -> bool {
    matches!(c, '→' | '⇒' | '⟶' | '⟹')
}

/// Of one number with an arrow and an equation behind it the number:
/// `0.3705 ⇒ 1 - z1_out = 0.6295`.
fn before_side_equation(value: &str) -> &str {
    let Some(at) = value.find(is_arrow) else { return value };
    let (number, behind) = value.split_at(at);
    let is_side = behind.contains(|c| written::is_equal_sign(c) && !is_arrow(c));
    if is_side && is_one_number(number.trim_end()) { number } else { value }
}

/// Whether a text is a number with nothing around it, and nothing to be computed.
fn is_bare_number(text: &str) -> bool {
    !text.contains(char::is_alphabetic)
        && written::read(text).is_ok_and(|written| written.stands == Stands::Alone)
}

/// Where something begins that a comma or a word sets off from a number, and that is
/// neither a name nor part of the number: `0.3705, e^0.53 = 1.699`, `0.5 since y = 1`.
fn aside(between: &str) -> Option<usize> {
    let reason = word_starts(between).find(|start| words::is_reason(&between[*start..]));
    if let Some(start) = reason.filter(|start| is_bare_number(without_comma(&between[..*start]).0))
    {
        return Some(start);
    }
    let (number, behind) = between.split_once(", ")?;
    let is_formula = behind.contains(|c: char| c.is_ascii_digit()) && behind.contains(is_operator);
    let is_short = behind.len() <= NAME_BEGINS_WITHIN;
    (is_formula && is_short && is_one_number(number)).then_some(number.len() + 2)
}

fn is_operator(c: char) -> bool {
    is_minus(c) || is_times(c) || matches!(c, '+' | '/' | '^' | '²' | '√' | '(')
}

/// A name without what makes it bold.
fn bare_name(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'))
}

/// What stands in front of the first equal sign (or its like), and behind it
/// and its repetitions.
///
/// What stands in brackets is a remark, or part of a working: `-0.53 (since y = 1)`.
fn at_sign(text: &str, closes: bool) -> Option<(&str, &str)> {
    let at = if closes { written::first_sign(text) } else { text.find(written::is_sign) };
    parted(text, at?)
}

fn parted(text: &str, at: usize) -> Option<(&str, &str)> {
    let behind = text[at..].trim_start_matches(|c| written::is_sign(c) || c.is_whitespace());
    Some((&text[..at], behind))
}

/// Where words begin that a blank or a comma sets off, near the start.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = None;
    text.char_indices().take_while(|(at, _)| *at < NUMBER_ENDS_WITHIN).filter_map(move |(at, c)| {
        let is_set_off =
            before.replace(c).is_some_and(|before: char| before == ',' || before.is_whitespace());
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
pub(super) fn is_one_number(text: &str) -> bool {
    match written::read(text) {
        Ok(_)
        | Err(NumberProblem::UnclearComma | NumberProblem::TooLarge | NumberProblem::TooSmall) => {
            true
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests;
