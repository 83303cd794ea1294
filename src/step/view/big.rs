//! A number in letters three rows high, to be read from the back row.

use crate::math::{Role, Span};

/// Rows of a large number.
pub(super) const ROWS: usize = 3;

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

/// A number in large letters, if there is a letter for all of it.
pub(super) fn lines(text: &str, role: Role, ascii: bool) -> Option<[Vec<Span>; ROWS]> {
    let letters = if ascii { &ASCII } else { &UNICODE };
    let mut rows = [const { String::new() }; ROWS];
    for c in text.chars() {
        let (_, letter) = letters.iter().find(|(known, _)| *known == c)?;
        for (row, part) in rows.iter_mut().zip(letter) {
            row.push_str(part);
            row.push(' ');
        }
    }
    Some(rows.map(|row| vec![Span::new(row, role)]))
}
