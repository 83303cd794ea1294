//! Finds faults again in the text: bytes to line, column, JSON path, and the
//! piece of the line with the carets under it.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::fault::{Excerpt, Fault, Faults, Findings};
use super::json::{self, JsonKind, JsonNode};
use crate::text;

/// Columns of a line that are shown; a longer line is shown around the fault.
const WINDOW: usize = 72;

/// Columns shown in front of a fault in a long line.
const BEFORE: usize = 28;

/// Characters of a key shown in a path.
const LONGEST_KEY: usize = 40;

/// Every fault with its place. `root` is `None` where the text is no JSON.
pub(crate) fn locate(
    text: &str,
    root: Option<JsonNode<'_>>,
    findings: Findings,
    label: &str,
) -> Faults {
    let mut paths = vec![String::new(); findings.kept.len()];
    if let Some(root) = root {
        let mut places: Vec<(usize, &mut String)> =
            findings.kept.iter().map(|(span, _)| span.start).zip(&mut paths).collect();
        find_paths(text, root, "", &mut places);
    }
    let mut lines = LineCounter::new(text);
    let located = findings.kept.into_iter().zip(paths).map(|((span, words), path)| {
        let (line, column) = lines.position(span.start);
        Fault { line, column, path, words, excerpt: excerpt(text, span) }
    });
    Faults {
        label: text::harmless(label).into_owned(),
        printed: located.collect(),
        count: findings.count,
    }
}

/// Counts lines and columns from one place to the next, so that all places
/// together cost one walk through the text.
pub(crate) struct LineCounter<'a> {
    text: &'a str,
    counted_to: usize,
    line: usize,
    column: usize,
}

impl<'a> LineCounter<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, counted_to: 0, line: 1, column: 1 }
    }

    /// Line and column, in characters, from 1. Places must come in file order.
    pub(crate) fn position(&mut self, at: usize) -> (usize, usize) {
        let passed = &self.text[self.counted_to..at];
        let line_starts = passed.rfind('\n').map(|end| end + 1);
        if let Some(start) = line_starts {
            self.line += passed[..start].bytes().filter(|&byte| byte == b'\n').count();
            self.column = 1;
        }
        self.column += passed[line_starts.unwrap_or(0)..].chars().count();
        self.counted_to = at;
        (self.line, self.column)
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Writes the path of every place that lies within `node`. The places are in
/// file order, so one walk finds them all.
fn find_paths(text: &str, node: JsonNode<'_>, path: &str, places: &mut [(usize, &mut String)]) {
    let children: Vec<(Range<usize>, JsonNode<'_>, String)> = match json::kind(node) {
        JsonKind::Object => json::entries(node)
            .into_iter()
            .map(|(key, value)| {
                let whole = json::span(text, key).start..json::span(text, value).end;
                (whole, value, key)
            })
            .filter(|(whole, ..)| holds(whole, places))
            .map(|(whole, value, key)| (whole, value, path_to_key(path, key)))
            .collect(),
        JsonKind::List => json::items(node)
            .into_iter()
            .enumerate()
            .map(|(at, item)| (json::span(text, item), item, at))
            .filter(|(whole, ..)| holds(whole, places))
            .map(|(whole, item, at)| (whole, item, format!("{path}[{at}]")))
            .collect(),
        JsonKind::Text | JsonKind::Number | JsonKind::Truth | JsonKind::Null => Vec::new(),
    };
    for (whole, child, path) in children {
        let from = places.partition_point(|(at, _)| *at < whole.start);
        let to = places.partition_point(|(at, _)| *at < whole.end);
        for (_, found) in &mut places[from..to] {
            found.clone_from(&path);
        }
        let inside = json::span(text, child).start;
        let from = places.partition_point(|(at, _)| *at <= inside);
        if from < to {
            find_paths(text, child, &path, &mut places[from..to]);
        }
    }
}

fn holds(whole: &Range<usize>, places: &[(usize, &mut String)]) -> bool {
    let from = places.partition_point(|(at, _)| *at < whole.start);
    places.get(from).is_some_and(|(at, _)| *at < whole.end)
}

fn path_to_key(path: &str, key: JsonNode<'_>) -> String {
    let key = json::text(key).unwrap_or_else(|| key.get().to_owned());
    let is_plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let key = text::brief(&key, LONGEST_KEY);
    match (is_plain && !key.is_empty(), path.is_empty()) {
        (true, true) => key,
        (true, false) => format!("{path}.{key}"),
        (false, _) => format!("{path}[\"{key}\"]"),
    }
}

/// The line of a place, or a window of it, with carets under the place.
fn excerpt(text: &str, span: Range<usize>) -> Excerpt {
    let start = line_start(text, span.start);
    let end = text[span.start..].find('\n').map_or(text.len(), |length| span.start + length);
    let line = text[start..end].strip_suffix('\r').unwrap_or(&text[start..end]);
    let at = (span.start - start).min(line.len());
    let marked_end = (span.end.max(span.start) - start).clamp(at, line.len());
    let (before, marked, after) = (&line[..at], &line[at..marked_end], &line[marked_end..]);

    let fits = head(line, WINDOW).len() == line.len();
    // What stands behind the place may leave more room in front of it.
    let behind = if fits { 0 } else { text::harmless(head(&line[at..], WINDOW)).width() };
    let before_columns = (WINDOW - behind).saturating_sub(1).max(BEFORE);
    let shown_before = tail(before, before_columns);
    let mut shown = cut_mark(shown_before.len() < before.len()).to_owned();
    shown.push_str(&text::harmless(shown_before));
    let skip = shown.width();

    let shown_marked = head(marked, WINDOW.saturating_sub(skip).max(1));
    shown.push_str(&text::harmless(shown_marked));
    let carets = (shown.width() - skip).max(1);
    if shown_marked.len() < marked.len() {
        shown.push_str(cut_mark(true));
    } else {
        let shown_after =
            if fits { after } else { head(after, WINDOW.saturating_sub(shown.width())) };
        shown.push_str(&text::harmless(shown_after));
        shown.push_str(cut_mark(shown_after.len() < after.len()));
    }
    Excerpt { text: shown.trim_end().to_owned(), skip, carets }
}

const fn cut_mark(cut: bool) -> &'static str {
    if cut { "…" } else { "" }
}

/// The longest beginning that is at most `columns` wide.
fn head(text: &str, columns: usize) -> &str {
    let mut left = columns;
    let end = text.char_indices().find(|&(_, c)| !fits_in(c, &mut left));
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The longest ending that is at most `columns` wide.
fn tail(text: &str, columns: usize) -> &str {
    let mut left = columns;
    let end = text.char_indices().rev().find(|&(_, c)| !fits_in(c, &mut left));
    &text[end.map_or(0, |(at, c)| at + c.len_utf8())..]
}

/// Takes the columns of a character from those that are left.
fn fits_in(c: char, left: &mut usize) -> bool {
    let width = text::harmless(c.encode_utf8(&mut [0; 4])).width();
    match left.checked_sub(width) {
        Some(rest) => {
            *left = rest;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fault::Words;
    use super::*;

    fn located(text: &str, piece: &str) -> Fault {
        let at = text.find(piece).unwrap();
        let mut findings = Findings::default();
        findings.add(at..at + piece.len(), || Words::new("wrong"));
        locate(text, json::root(text).ok(), findings, "file").printed.remove(0)
    }

    #[test]
    fn places_have_line_column_and_path() {
        let text = "{\n  \"δ\": 1, \"list\": [[1, 2],\r\n [3, {\"x y\": [77]}]] }";
        let fault = located(text, "77");
        assert_eq!((fault.line, fault.column), (3, 15));
        assert_eq!(fault.path, "list[1][1][\"x y\"][0]");
        assert_eq!(fault.excerpt.text, " [3, {\"x y\": [77]}]] }");
        let fault = located(text, "[1, 2]");
        assert_eq!((fault.line, fault.column, fault.path.as_str()), (2, 20, "list[0]"));
        assert_eq!(fault.excerpt.text, "  \"δ\": 1, \"list\": [[1, 2],");
        assert_eq!((fault.excerpt.skip, fault.excerpt.carets), (19, 6));
        assert_eq!(located(text, "\"list\"").path, "list");
        assert_eq!(located(text, "{").path, "");
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let many = "1234, ".repeat(100);
        let text = format!("[{many}77, {many}8]");
        let excerpt = located(&text, "77").excerpt;
        assert!(excerpt.text.width() <= WINDOW + 2, "{}", excerpt.text);
        assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with('…'));
        assert_eq!(&excerpt.text[excerpt.skip + "…".len() - 1..][..2], "77");
        let whole = located(&text, &text).excerpt;
        assert!(whole.carets <= WINDOW && whole.text.ends_with('…'));
    }

    #[test]
    fn carets_stand_under_wide_and_escaped_characters() {
        let text = "[\"日本\u{1b}\t\", 77]";
        let at = text.find("77").unwrap();
        let excerpt = excerpt(text, at..at + 2);
        assert_eq!(excerpt.text, "[\"日本\\u{1b} \", 77]");
        assert_eq!(excerpt.skip, 16);
    }
}
