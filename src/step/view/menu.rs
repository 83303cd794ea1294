//! The list of exercises: a line each, and what Enter does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{CellPainter, cut};
use super::play::Play;
use super::rows;
use crate::math::Role;
use crate::step::keys::Key;
use crate::step::menu::{Deed, Menu};
use crate::step::state::Flow;
use crate::typeset::{Span, Style};

/// Rows above the list, and below it.
const AROUND: u16 = 2;

impl Play for Menu {
    fn draw(&mut self, area: Rect, buffer: &mut Buffer) {
        let mut painter = CellPainter { buffer, look: self.look };
        painter.ground();
        let title = " Which exercise?";
        painter.line(area.x, area.y, area.width, &[Span::new(title, Role::Heading)]);
        let height = area.height.saturating_sub(2 * AROUND + 1);
        list(self, &mut painter, rows(area, AROUND, height));
        let below = rows(area, area.height.saturating_sub(AROUND), AROUND);
        painter.lines(below, &[command(self), keys(self)]);
    }

    fn on_key(&mut self, key: Key) -> Flow {
        self.on(key)
    }
}

fn list(menu: &Menu, painter: &mut CellPainter<'_>, area: Rect) {
    let ascii = painter.look.ascii;
    let style = if ascii { Style::Ascii } else { Style::Unicode };
    let (count, height) = (menu.entries().len(), usize::from(area.height));
    let first = menu.at().saturating_sub(height / 2).min(count.saturating_sub(height));
    let widest = |text: fn(&crate::step::menu::Entry) -> usize| {
        menu.entries().iter().map(text).max().unwrap_or(0)
    };
    let name = widest(|entry| entry.name.len());
    let shape = widest(|entry| entry.shape.chars().count());
    let lines = menu.entries().iter().enumerate().skip(first).map(|(at, entry)| {
        let is_here = at == menu.at();
        let mark = match (is_here, ascii) {
            (true, true) => " > ",
            (true, false) => " ▸ ",
            (false, _) => "   ",
        };
        let role = if is_here { Role::New } else { Role::Heading };
        let taken = 3 + name + 2 + shape + 2;
        let room = usize::from(area.width).saturating_sub(taken + 1);
        vec![
            Span::new(format!("{mark}{:name$}  ", entry.name), role),
            Span::new(format!("{:shape$}  ", entry.shape), Role::Faint),
            Span::new(cut(&style.spell(&entry.title), room, ascii), Role::Plain),
        ]
    });
    painter.lines(area, &lines.collect::<Vec<_>>());
}

/// `Enter: backprop-tutor run xor --apply --step`
fn command(menu: &Menu) -> Vec<Span> {
    let Some((entry, deed)) = menu.current() else { return Vec::new() };
    let words = deed.words(entry).join(" ");
    vec![
        Span::new(" Enter", Role::Heading),
        Span::new(": ", Role::Faint),
        Span::plain(format!("backprop-tutor {words}")),
    ]
}

fn keys(menu: &Menu) -> Vec<Span> {
    let arrows = if menu.look.ascii { " Up/Down" } else { " ↑ ↓" };
    let mut line = vec![Span::new(arrows, Role::Heading), Span::new(" choose   ", Role::Faint)];
    for (deed, key) in Deed::ALL.into_iter().zip(["w", "r", "a"]) {
        let is_here = menu.current().is_some_and(|(_, current)| current == deed);
        line.push(Span::new(key, Role::Heading));
        let role = if is_here { Role::New } else { Role::Faint };
        line.push(Span::new(format!(" {}", deed.word()), role));
        line.push(Span::plain("   "));
    }
    line.extend([Span::new("q", Role::Heading), Span::new(" quit", Role::Faint)]);
    line
}
