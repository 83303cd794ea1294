//! The quick way to a right sheet: names as `sheet` prints them, plain numbers,
//! and each of them within what its digits claim. What is not surely right is
//! left to the [marker](crate::verify::Marker), and so is every border.

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use crate::name::Name;
use crate::num::{self, Precision, Written};
use crate::source::json::{self, JsonKind, JsonNode};
use crate::verify::{Answer, AnswerReading, Marker, Sheet};

/// Of half a unit: what lies farther from a number is for the marker to decide.
const SURELY: f64 = 1.0 - 1e-6;

/// What is asked, ready to be compared.
pub(super) struct QuickMarker {
    lines: Vec<Line>,
    index: FxHashMap<Box<[u8]>, u32>,
    all: f64,
}

struct Line {
    key: Box<[u8]>,
    name: Name,
    expected: f64,
    /// The decimals that are asked.
    decimals: i32,
    /// What it earns when it is right.
    credit: f64,
}

/// What the quick way finds.
pub(super) enum QuickFind {
    /// Every line that is answered is right: their bits, and what they earn.
    Right { score: f64, bits: SmallVec<[u64; 2]>, is_complete: bool },
    /// All of it is read, and something may be wrong.
    Sheet(Sheet),
    /// It is not written in the plain way.
    Unclear,
}

impl QuickMarker {
    /// Learns what a marker asks, and what it gives for right answers.
    pub(super) fn new(marker: &Marker<'_>, digits: Precision) -> Self {
        let lesson = marker.lesson();
        let answer = |name| {
            let text = lesson.text(name, digits);
            let written = Written::read(&text)?;
            Some(Answer { name, reading: AnswerReading::Number(written), line: 1, column: 1 })
        };
        // The key, marked as any sheet is, says what right lines earn.
        let answers = marker.asked().filter_map(answer).collect();
        let key = marker.mark(&Sheet { answers, ..Sheet::default() });
        let line = |line: &crate::verify::ReportLine| Line {
            key: lesson.naming().plain(line.name()).into_bytes().into_boxed_slice(),
            name: line.name(),
            expected: line.expected(),
            decimals: digits.decimals_of(line.expected()),
            credit: line.credit,
        };
        let lines: Vec<Line> = key.lines.iter().map(line).collect();
        let index = lines.iter().zip(0..).map(|(line, at)| (line.key.clone(), at)).collect();
        let all = lines.iter().map(|line| line.credit).sum();
        Self { lines, index, all }
    }

    /// Looks at answers in JSON.
    pub(super) fn look(&self, answers: JsonNode<'_>) -> QuickFind {
        if json::kind(answers) != JsonKind::Object {
            return QuickFind::Unclear;
        }
        let mut bits: SmallVec<[u64; 2]> = smallvec![0; self.lines.len().div_ceil(64)];
        let (mut next, mut count, mut is_right) = (0, 0, true);
        let all_is_plain = json::each_entry(answers, &mut |key, value| {
            let Some(at) = json::unescaped(key).and_then(|key| self.place(key, next)) else {
                return false;
            };
            next = at + 1;
            let Some(number) = plain(value) else { return false };
            if number.is_empty() {
                return true;
            }
            let Some(written) = Written::read_plain(number.as_bytes()) else { return false };
            let (word, bit) = (at / 64, 1_u64 << (at % 64));
            let is_new = bits[word] & bit == 0;
            bits[word] |= bit;
            count += 1;
            is_right = is_right && self.lines[at].is_surely_right(&written);
            is_new
        });
        match (all_is_plain, is_right) {
            (false, _) => QuickFind::Unclear,
            (true, true) if count == self.lines.len() => {
                QuickFind::Right { score: self.all, bits, is_complete: true }
            }
            (true, true) => QuickFind::Right { score: self.score(&bits), bits, is_complete: false },
            (true, false) => QuickFind::Sheet(self.sheet(answers, count)),
        }
    }

    /// The place of a name, most likely the next one.
    fn place(&self, key: &str, next: usize) -> Option<usize> {
        let is_key = |line: &Line| *line.key == *key.as_bytes();
        if self.lines.get(next).is_some_and(is_key) {
            return Some(next);
        }
        self.index.get(key.as_bytes()).map(|at| *at as usize)
    }

    fn score(&self, bits: &[u64]) -> f64 {
        let is_set = |at: usize| bits[at / 64] >> (at % 64) & 1 == 1;
        let credit = |(at, line): (usize, &Line)| if is_set(at) { line.credit } else { 0.0 };
        self.lines.iter().enumerate().map(credit).sum()
    }

    /// The sheet, of which all is plain.
    fn sheet(&self, answers: JsonNode<'_>, count: usize) -> Sheet {
        let mut sheet = Sheet { answers: Vec::with_capacity(count), ..Sheet::default() };
        let mut next = 0;
        json::each_entry(answers, &mut |key, value| {
            let place = json::unescaped(key).and_then(|key| self.place(key, next));
            let Some((at, number)) = place.zip(plain(value)) else { return false };
            next = at + 1;
            if let Some(written) = Written::read_plain(number.as_bytes()) {
                let (name, reading) = (self.lines[at].name, AnswerReading::Number(written));
                sheet.answers.push(Answer { name, reading, line: 1, column: 1 });
            }
            true
        });
        sheet
    }
}

impl Line {
    /// Whether the digits asked, or those given if they are more, hold the exact
    /// value.
    fn is_surely_right(&self, written: &Written) -> bool {
        let half = num::half_unit(written.decimals.max(self.decimals));
        (written.value - self.expected).abs() < half * SURELY
    }
}

/// The text of an answer; empty where there is none.
fn plain<'t>(value: JsonNode<'t>) -> Option<&'t str> {
    match json::kind(value) {
        JsonKind::Text => json::unescaped(value),
        JsonKind::Number => Some(value.get()),
        JsonKind::Null => Some(""),
        JsonKind::Truth | JsonKind::List | JsonKind::Object => None,
    }
}
