//! Breaking spans into lines: at spaces, before operators rather than after
//! them, inside a word only where it is longer than the line.

use std::io::{self, Write};

use compact_str::CompactString;
use unicode_width::UnicodeWidthChar;

use super::break_point::{Break, BreakPlace, HARD_SPACE, break_in, characters, is_space, place};
use super::{Span, width, width_of};
use crate::math::Role;

/// Its last byte in UTF-8, which hardly any sign of a formula has.
const HARD_SPACE_ENDS: u8 = 0xA0;

/// Keeps what stands in brackets of a formula together.
pub(super) fn keep_brackets_together(spans: &mut [Span]) {
    if !spans.iter().any(|span| span.text.as_bytes().contains(&b' ')) {
        return;
    }
    let mut depth = 0_i32;
    for span in spans {
        if span.text.contains(['(', ')']) || (depth > 0 && span.text.contains(' ')) {
            let kept = span.text.chars().map(|c| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                if c == ' ' && depth > 0 { HARD_SPACE } else { c }
            });
            span.text = kept.collect();
        }
    }
}

/// Text as it is printed.
pub(super) fn with_plain_spaces(text: CompactString) -> CompactString {
    if has_hard_spaces(&text) { text.replace(HARD_SPACE, " ").into() } else { text }
}

/// Prints it.
pub fn write_with_plain_spaces(text: &str, out: &mut impl Write) -> io::Result<()> {
    if !has_hard_spaces(text) {
        return out.write_all(text.as_bytes());
    }
    for (at, part) in text.split(HARD_SPACE).enumerate() {
        if at > 0 {
            out.write_all(b" ")?;
        }
        out.write_all(part.as_bytes())?;
    }
    Ok(())
}

/// Whether it may have some; a look at its bytes is quick.
fn has_hard_spaces(text: &str) -> bool {
    text.as_bytes().contains(&HARD_SPACE_ENDS)
}

/// Breaks spans into lines no wider than `width`.
pub(super) fn wrap(spans: Vec<Span>, width: usize) -> Vec<Vec<Span>> {
    let width = width.max(1);
    if width_of(&spans) <= width {
        return vec![spans];
    }
    let mut lines = Lines {
        width,
        done: Vec::new(),
        line: Vec::new(),
        run: String::with_capacity(2 * width),
        role: Role::Plain,
        used: 0,
    };
    for_each_word(&spans, |word| lines.add(word));
    lines.finish()
}

/// Width of the widest part that is not broken willingly.
pub(super) fn widest_word(spans: &[Span]) -> usize {
    let mut widest = 0;
    for_each_word(spans, |word| widest = widest.max(word.width));
    widest
}

/// Width of the widest part that is never broken: a name, a number with the bracket
/// behind it.
pub(super) fn widest_part(spans: &[Span]) -> usize {
    let mut widest = 0;
    for_each_word(spans, |word| {
        let text = word.characters();
        let mut used = 0;
        for (at, (c, _)) in text.iter().enumerate() {
            if place(&text, at) != BreakPlace::Inside {
                used = 0;
            }
            used += if used == 0 && is_space(*c) { 0 } else { c.width().unwrap_or(0) };
            widest = widest.max(used);
        }
    });
    widest
}

/// Keeps a short `name = number` of a sentence together.
pub(super) fn keep_equations_together(spans: &mut [Span]) {
    if !spans.iter().any(|span| span.text.as_bytes().contains(&b'=')) {
        return;
    }
    let all: String = spans.iter().map(|span| span.text.as_str()).collect();
    let mut kept = Vec::new();
    for (at, _) in all.match_indices(" = ") {
        let before = all[..at].rsplit([' ', HARD_SPACE]).next().unwrap_or_default();
        let after = all[at + 3..].split(' ').next().unwrap_or_default();
        if width(before) + width(after) <= LONGEST_EQUATION {
            kept.extend([at, at + 2]);
        }
    }
    let mut start = 0;
    for span in spans {
        let end = start + span.text.len();
        // They are in order.
        let first = kept.partition_point(|at| *at < start);
        if kept.get(first).is_some_and(|at| *at < end) {
            let is_kept = |at| kept.binary_search(&(start + at)).is_ok();
            let text = span.text.char_indices();
            span.text = text.map(|(at, c)| if is_kept(at) { HARD_SPACE } else { c }).collect();
        }
        start = end;
    }
}

/// Columns of a name and a number that stay together.
const LONGEST_EQUATION: usize = 20;

/// What must stay together, with the space in front of it.
struct Word<'a> {
    pieces: Vec<(&'a str, Role)>,
    width: usize,
    spaced: bool,
}

struct Lines {
    width: usize,
    done: Vec<Vec<Span>>,
    line: Vec<Span>,
    /// The end of the line, which has one role.
    run: String,
    role: Role,
    used: usize,
}

impl Lines {
    fn add(&mut self, word: &Word<'_>) {
        let gap = usize::from(word.spaced && self.used > 0);
        if self.used > 0 && self.used + gap + word.width > self.width {
            self.end();
        } else if gap > 0 {
            // A blank has the colour of what stands in front of it.
            self.run.push(' ');
            self.used += 1;
        }
        if word.width > self.width {
            self.add_broken(&word.pieces);
        } else {
            self.used += word.width;
            for (piece, role) in &word.pieces {
                self.put(piece, *role);
            }
        }
    }

    fn put(&mut self, text: &str, role: Role) {
        if role != self.role {
            self.end_run();
            self.role = role;
        }
        self.run.push_str(text);
    }

    fn end_run(&mut self) {
        if !self.run.is_empty() {
            self.line.push(Span::new(self.run.as_str(), self.role));
            self.run.clear();
        }
    }

    /// A word longer than a line is broken at a hard space or after a product
    /// sign if one is in reach, else anywhere.
    fn add_broken(&mut self, pieces: &[(&str, Role)]) {
        let word = characters(pieces);
        // What is left of the word is a slice of it, so that its length does not count
        // for every line.
        let mut rest = word.as_slice();
        while let Some((first, behind)) = rest.split_first() {
            if self.used == 0 && is_space(first.0) {
                rest = behind;
                continue;
            }
            let cut = match break_in(rest, self.width - self.used) {
                Break::None => rest.len(),
                Break::Good(at) => at,
                Break::Bad(_) if self.used > 0 => 0,
                // A wide character on a line of one column must go somewhere.
                Break::Bad(at) => at.max(1),
            };
            let (line, left) = rest.split_at(cut);
            for (c, role) in line {
                self.used += c.width().unwrap_or(0);
                self.put(c.encode_utf8(&mut [0; 4]), *role);
            }
            rest = left;
            if !rest.is_empty() {
                self.end();
            }
        }
    }

    fn end(&mut self) {
        self.end_run();
        self.done.push(std::mem::take(&mut self.line));
        self.used = 0;
    }

    fn finish(mut self) -> Vec<Vec<Span>> {
        self.end_run();
        if !self.line.is_empty() || self.done.is_empty() {
            self.end();
        }
        self.done
    }
}

/// Splits at spaces; an operator stays with what follows it.
fn for_each_word<'a>(spans: &'a [Span], mut visit: impl FnMut(&Word<'a>)) {
    let mut word = Word { pieces: Vec::new(), width: 0, spaced: false };
    let mut glue = false;
    for span in spans {
        let mut rest = span.text.as_str();
        loop {
            // Pieces are short: looking at each byte is faster than a search.
            let end = rest.bytes().position(|byte| byte == b' ');
            let piece = &rest[..end.unwrap_or(rest.len())];
            if !piece.is_empty() {
                let is_first = word.width == 0;
                word.push(piece, span.role);
                glue = is_first && is_operator(piece);
            }
            let Some(end) = end else { break };
            rest = &rest[end + 1..];
            if glue {
                word.push(" ", span.role);
            } else {
                if word.width > 0 {
                    visit(&word);
                }
                word.start_anew();
            }
        }
    }
    if word.width > 0 {
        visit(&word);
    }
}

impl<'a> Word<'a> {
    fn characters(&self) -> Vec<(char, Role)> {
        characters(&self.pieces)
    }

    fn push(&mut self, text: &'a str, role: Role) {
        self.width += width(text);
        self.pieces.push((text, role));
    }

    /// Becomes the next word, behind a space.
    fn start_anew(&mut self) {
        self.pieces.clear();
        self.width = 0;
        self.spaced = true;
    }
}

fn is_operator(piece: &str) -> bool {
    matches!(piece, "+" | "-" | "=" | "·" | "*" | "⊙" | "(*)" | "→" | "->")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[&str], width: usize) -> Vec<String> {
        let spans: Vec<Span> = text.iter().map(|text| Span::plain(*text)).collect();
        let lines = wrap(spans, width);
        assert!(lines.iter().all(|line| width_of(line) <= width));
        lines.iter().map(|line| line.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    #[test]
    fn formulas_break_before_their_operators() {
        assert_eq!(lines(&["x1·W11", " + ", "x2·W21 + b1"], 17), ["x1·W11 + x2·W21", "+ b1"]);
        assert_eq!(lines(&["∂L/∂f_out · ∂f_out/∂f_in"], 16), ["∂L/∂f_out", "· ∂f_out/∂f_in"]);
    }

    #[test]
    fn long_words_break_after_a_product_sign_or_anywhere() {
        assert_eq!(lines(&["-0.2475·0.1862·(-0.22)"], 15), ["-0.2475·0.1862·", "(-0.22)"]);
        assert_eq!(lines(&["abcdefgh"], 3), ["abc", "def", "gh"]);
        assert_eq!(lines(&["a", "b", "c d"], 3), ["abc", "d"]);
    }

    #[test]
    fn names_and_numbers_are_not_broken_and_no_bracket_closes_alone() {
        assert_eq!(lines(&["· ∂z(2)1_in/∂z(1)1_out"], 18), ["· ∂z(2)1_in", "/∂z(1)1_out"]);
        let mut spans = vec![Span::plain("(1 - 0.751365070)")];
        keep_brackets_together(&mut spans);
        let texts = |lines: Vec<Vec<Span>>| -> Vec<String> {
            let text =
                |line: Vec<Span>| line.into_iter().map(|s| with_plain_spaces(s.text)).collect();
            lines.into_iter().map(text).collect()
        };
        assert_eq!(widest_part(&spans), "0.751365070)".len());
        assert_eq!(texts(wrap(spans.clone(), 13)), ["(1", "-", "0.751365070)"]);
        assert_eq!(texts(wrap(spans, 14)), ["(1", "- 0.751365070)"]);
    }

    #[test]
    fn a_name_and_its_number_stay_together() {
        let mut spans = ["so that u2", " = ", "0.58 is", " what it is"].map(Span::plain).to_vec();
        keep_equations_together(&mut spans);
        let shown = |line: &Vec<Span>| -> String {
            line.iter().map(|span| with_plain_spaces(span.text.clone())).collect()
        };
        let lines: Vec<String> = wrap(spans, 13).iter().map(shown).collect();
        assert_eq!(lines, ["so that", "u2 = 0.58 is", "what it is"]);
    }

    #[test]
    fn brackets_break_before_operators_when_they_must() {
        let mut spans =
            ["-(", "0.01", " - ", "0.751365070", ")·", "0.5", " + ", "1"].map(Span::plain).to_vec();
        keep_brackets_together(&mut spans);
        let lines: Vec<String> = wrap(spans, 15)
            .into_iter()
            .map(|line| line.into_iter().map(|span| with_plain_spaces(span.text)).collect())
            .collect();
        assert_eq!(lines, ["-(0.01", "- 0.751365070)·", "0.5 + 1"]);
    }

    #[test]
    fn short_text_stays_as_it_is() {
        assert_eq!(lines(&["a  b"], 10), ["a  b"]);
        assert_eq!(lines(&[""], 10), [""]);
    }
}
