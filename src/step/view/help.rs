//! All keys.

use ratatui::layout::Rect;

use super::paint::CellPainter;
use crate::math::Role;
use crate::typeset::Span;

const KEYS: [(&str, &str); 15] = [
    ("Space Enter n l j → ↓ PgDn", "show more of this step, then the next step"),
    ("p h k ← ↑ PgUp Backspace", "the step before, fully shown"),
    ("] and [", "the next and the previous part of the lesson"),
    ("g Home, G End", "the first and the last step"),
    ("12 g", "step 12"),
    ("/ name Enter", "the step of a quantity: /dL/dW11, /f_out, /delta1"),
    ("a", "show every step at once, or beat by beat"),
    ("t", "the tables so far"),
    ("i Ctrl-P", "all steps, to choose from"),
    (". b", "blank the screen; any key brings it back"),
    ("0-9 - . (with --ask)", "type a guess; Enter checks, Space shows the value"),
    ("r", "read the exercise again from its file, and stay here"),
    ("R", "where you left last time"),
    ("?", "these keys"),
    ("q Ctrl-C", "leave; Esc asks first, Ctrl-Z pauses the program"),
];

const ASCII_KEYS: [&str; 2] = ["Space Enter n l j Right Down PgDn", "p h k Left Up PgUp Backspace"];

/// What the colours and weights mean, each in its own.
const LEGEND: [(Role, &str); 7] = [
    (Role::New, "what this step works out; the current link of the chain"),
    (Role::Known, "known by now, also from an earlier chain"),
    (Role::Forward, "known from the forward pass"),
    (Role::Given, "given: weights, biases, sample, learning rate"),
    (Role::Carried, "carried on as the source prints it"),
    (Role::Wrong, "does not agree"),
    (Role::Faint, "beside the path, or still to come"),
];

fn legend(ascii: bool) -> Vec<Vec<Span>> {
    let sample = if ascii { "==" } else { "━━" };
    let mut lines = vec![Vec::new(), vec![Span::new(" Colours", Role::Heading)], Vec::new()];
    lines.extend(LEGEND.iter().map(|&(role, what)| {
        vec![Span::plain(" "), Span::new(sample, role), Span::plain("  "), Span::new(what, role)]
    }));
    lines
}

/// Draws the keys from a row on. Returns how far they can be scrolled.
pub(super) fn draw(below: usize, painter: &mut CellPainter<'_>, area: Rect) -> usize {
    let names = KEYS.iter().enumerate().map(|(at, (keys, _))| {
        if painter.look.ascii { ASCII_KEYS.get(at).unwrap_or(keys) } else { keys }
    });
    let names: Vec<&str> = names.copied().collect();
    let widest = names.iter().map(|keys| keys.chars().count()).max().unwrap_or(0);
    let longest = KEYS.iter().map(|(_, what)| what.len()).max().unwrap_or(0);
    let beside = usize::from(area.width) >= 1 + widest + 2 + longest;
    let mut lines = vec![vec![Span::new(" Keys", Role::Heading)], Vec::new()];
    for (keys, (_, what)) in names.into_iter().zip(KEYS) {
        if beside {
            let keys = Span::new(format!(" {keys:widest$}  "), Role::Heading);
            lines.push(vec![keys, Span::plain(what)]);
        } else {
            lines.push(vec![Span::new(format!(" {keys}"), Role::Heading)]);
            lines.push(vec![Span::plain(format!("    {what}"))]);
        }
    }
    lines.extend(legend(painter.look.ascii));
    let most = lines.len().saturating_sub(usize::from(area.height));
    painter.lines(area, &lines[below.min(most)..]);
    most
}
