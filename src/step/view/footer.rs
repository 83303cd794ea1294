//! The bottom line: the keys that do something now, or what is being typed.

use ratatui::layout::Rect;

use super::paint::{CellPainter, width_of};
use crate::math::Role;
use crate::step::state::{Mode, Notice, State};
use crate::typeset::Span;

pub(super) fn draw(state: &State<'_>, painter: &mut CellPainter<'_>, area: Rect) {
    let line = line(state, usize::from(area.width).saturating_sub(1), painter.look.ascii);
    painter.line(area.x + 1, area.y, area.width.saturating_sub(1), &line);
}

fn line(state: &State<'_>, width: usize, ascii: bool) -> Vec<Span> {
    match state.notice() {
        Some(Notice::Failed(what)) => return vec![Span::new(what.as_str(), Role::Wrong)],
        Some(Notice::Hint(what)) => return vec![Span::new(what.as_str(), Role::Heading)],
        None => {}
    }
    let caret = if ascii { "_" } else { "▏" };
    let typed = |what: &str, text: &str| Span::new(format!("{what}{text}{caret} "), Role::Heading);
    match state.mode() {
        Mode::Finding(text) => {
            with_keys(typed("go to quantity /", text), &[("Enter", "go"), ("Esc", "stay")], width)
        }
        Mode::Jumping(number) => {
            with_keys(typed("step ", &number.to_string()), &[("g", "go there")], width)
        }
        Mode::Guessing(text) => {
            let keys = [("Enter", "check"), ("Space", "show the value"), ("Esc", "stop")];
            with_keys(typed("your guess: ", text), &keys, width)
        }
        Mode::Tables(_) | Mode::Help(_) => keys(
            &[("↑ ↓", "scroll"), ("Space", "page down"), ("Esc", "back to the step")],
            width,
            ascii,
        ),
        Mode::Listing(_) => keys(
            &[("↑ ↓", "choose"), ("Enter", "go there"), ("Esc", "back to the step")],
            width,
            ascii,
        ),
        Mode::Fault(_) => keys(&[("any key", "back to the step")], width, ascii),
        Mode::Blank => Vec::new(),
        Mode::Leaving => with_keys(
            Span::new("Leave the lesson? ", Role::Heading),
            &[("Enter", "leave"), ("any other key", "stay")],
            width,
        ),
        Mode::Walking => keys(&walking(state), width, ascii),
    }
}

fn with_keys(first: Span, list: &[(&str, &str)], width: usize) -> Vec<Span> {
    let mut line = vec![first];
    let used = width_of(&line) + 1;
    line.push(Span::plain(" "));
    line.extend(keys(list, width.saturating_sub(used), false));
    line
}

/// The keys that do something at this step, the most needed first.
fn walking(state: &State<'_>) -> Vec<(&'static str, &'static str)> {
    let mut keys = Vec::new();
    let (position, last) = (state.position(), state.walk.steps().len() - 1);
    if state.may_guess() {
        keys.push(("0-9", "guess"));
    }
    if !state.is_revealed() {
        keys.push(("Space", "show more"));
    } else if position < last {
        keys.push(("Space", "next"));
    }
    if position > 0 {
        keys.push(("←", "back"));
    }
    keys.push(("?", "keys"));
    keys.push(("q", "quit"));
    keys.push(("[ ]", "part"));
    keys.push(("/", "find"));
    keys.push(("t", "tables"));
    keys.push(("a", if state.all_beats() { "beats" } else { "all at once" }));
    keys
}

/// As many as fit, each with its word.
fn keys(list: &[(&str, &str)], width: usize, ascii: bool) -> Vec<Span> {
    let mut line: Vec<Span> = Vec::new();
    for (key, word) in list {
        let key = if ascii { ascii_key(key) } else { key };
        let part = [Span::new(key, Role::Heading), Span::new(format!(" {word}   "), Role::Faint)];
        if width_of(&line) + width_of(&part) > width + 3 {
            break;
        }
        line.extend(part);
    }
    line
}

fn ascii_key(key: &str) -> &str {
    match key {
        "↑ ↓" => "Up/Down",
        "←" => "p",
        key => key,
    }
}
