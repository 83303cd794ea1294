//! A number in letters three rows high, to be read from the back row.

use crate::math::Role;
use crate::typeset::Span;

/// Rows of a large number.
const ROWS: usize = 3;

const UNICODE: [(char, [&str; ROWS]); 14] = [
    ('0', ["┏━┓", "┃ ┃", "┗━┛"]),
    ('1', [" ╻ ", " ┃ ", " ╹ "]),
    ('2', ["╺━┓", "┏━┛", "┗━╸"]),
    ('3', ["╺━┓", "╺━┫", "╺━┛"]),
    ('4', ["╻ ╻", "┗━┫", "  ╹"]),
    ('5', ["┏━╸", "┗━┓", "╺━┛"]),
    ('6', ["┏━╸", "┣━┓", "┗━┛"]),
    ('7', ["╺━┓", "  ┃", "  ╹"]),
    ('8', ["┏━┓", "┣━┫", "┗━┛"]),
    ('9', ["┏━┓", "┗━┫", "╺━┛"]),
    ('-', ["   ", "╺━╸", "   "]),
    ('+', [" ╻ ", "╺╋╸", " ╹ "]),
    ('.', [" ", " ", "▪"]),
    ('e', ["   ", "┣━┛", "┗━╸"]),
];

const ASCII: [(char, [&str; ROWS]); 14] = [
    ('0', [" _ ", "| |", "|_|"]),
    ('1', ["   ", "  |", "  |"]),
    ('2', [" _ ", " _|", "|_ "]),
    ('3', [" _ ", " _|", " _|"]),
    ('4', ["   ", "|_|", "  |"]),
    ('5', [" _ ", "|_ ", " _|"]),
    ('6', [" _ ", "|_ ", "|_|"]),
    ('7', [" _ ", "  |", "  |"]),
    ('8', [" _ ", "|_|", "|_|"]),
    ('9', [" _ ", "|_|", " _|"]),
    ('-', ["   ", " _ ", "   "]),
    ('+', ["   ", "_|_", " | "]),
    ('.', [" ", " ", "."]),
    ('e', ["   ", "|_)", "|_ "]),
];

/// A number in large letters, if there is a letter for all of it; with a scale
/// of 2 twice as large, where letters are lines that can be drawn longer.
pub(super) fn lines(text: &str, role: Role, ascii: bool, scale: usize) -> Option<Vec<Vec<Span>>> {
    let letters = if ascii { &ASCII } else { &UNICODE };
    let mut rows = [const { String::new() }; ROWS];
    for c in text.chars() {
        let (_, letter) = letters.iter().find(|(known, _)| *known == c)?;
        for (row, part) in rows.iter_mut().zip(letter) {
            row.push_str(part);
            row.push(' ');
        }
    }
    let rows = if scale == 2 && !ascii { twice(&rows) } else { rows.to_vec() };
    Some(rows.into_iter().map(|row| vec![Span::new(row, role)]).collect())
}

/// Every line twice as long: a cell to the right of each, and a row below.
fn twice(rows: &[String]) -> Vec<String> {
    let wide = |row: &String| -> String {
        row.chars().flat_map(|c| [c, if leads_right(c) { '━' } else { ' ' }]).collect()
    };
    let below = |row: &String| -> String {
        row.chars().flat_map(|c| [if leads_down(c) { '┃' } else { ' ' }, ' ']).collect()
    };
    let last = rows.len() - 1;
    let with_below = |(at, row): (usize, &String)| {
        let more = (at < last).then(|| below(row));
        std::iter::once(wide(row)).chain(more).collect::<Vec<_>>()
    };
    rows.iter().enumerate().flat_map(with_below).collect()
}

const fn leads_right(c: char) -> bool {
    matches!(c, '━' | '┏' | '┗' | '┣' | '╋' | '╺')
}

const fn leads_down(c: char) -> bool {
    matches!(c, '┃' | '┏' | '┓' | '┣' | '┫' | '╋' | '╻')
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_letter_of_a_number_is_there_and_straight() {
        for ascii in [false, true] {
            for text in ["-0.1234567890", "1.2e-5", "3e+20"] {
                let rows = lines(text, Role::New, ascii, 1).expect("a number has letters");
                let widths: Vec<usize> = rows.iter().map(|row| row[0].text.width()).collect();
                assert!(widths.iter().all(|width| *width == widths[0]), "{text}: {widths:?}");
            }
        }
        assert!(lines("NaN", Role::New, false, 1).is_none());
    }

    #[test]
    fn letters_differ() {
        for letters in [UNICODE, ASCII] {
            for (at, (_, letter)) in letters.iter().enumerate() {
                assert!(letters[..at].iter().all(|(_, other)| other != letter));
            }
        }
    }
}
