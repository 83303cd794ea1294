//! Spans put into cells, with the colour of their role. Colour never stands
//! alone: what it says is also said by words, weight or place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthChar;

use crate::math::Role;
use crate::step::Look;
use crate::typeset::Span;

/// Puts spans into cells.
pub(super) struct Painter<'b> {
    pub(super) buffer: &'b mut Buffer,
    pub(super) look: Look,
}

impl Painter<'_> {
    /// One line, cut off after `width` columns. Returns the columns it took.
    pub(super) fn line(&mut self, x: u16, y: u16, width: u16, spans: &[Span]) -> u16 {
        let area = *self.buffer.area();
        let end = x.saturating_add(width).min(area.right());
        let mut at = x;
        if !(area.top()..area.bottom()).contains(&y) {
            return 0;
        }
        for span in spans {
            let style = style(span.role, self.look.colour);
            let room = usize::from(end.saturating_sub(at));
            (at, _) = self.buffer.set_stringn(at, y, &span.text, room, style);
        }
        at - x
    }

    /// Lines under each other, as many as fit.
    pub(super) fn lines(&mut self, area: Rect, lines: &[Vec<Span>]) {
        for (row, line) in (0..area.height).zip(lines) {
            self.line(area.x, area.y + row, area.width, line);
        }
    }
}

/// How a role looks: colours that are readable on dark and on light grounds.
fn style(role: Role, colour: bool) -> Style {
    let plain = Style::new();
    let coloured = |colours: Style, without: Style| if colour { colours } else { without };
    match role {
        Role::Plain => plain,
        Role::Given => coloured(plain.fg(Color::Cyan), plain),
        Role::Forward => coloured(plain.fg(Color::Green), plain),
        Role::Known => coloured(plain.fg(Color::Magenta), plain),
        Role::New | Role::Heading => plain.add_modifier(Modifier::BOLD),
        Role::Carried => coloured(
            plain.fg(Color::Black).bg(Color::Yellow).add_modifier(Modifier::BOLD),
            plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        ),
        Role::Wrong => coloured(
            plain.fg(Color::Red).add_modifier(Modifier::BOLD),
            plain.add_modifier(Modifier::BOLD),
        ),
        Role::Faint => plain.add_modifier(Modifier::DIM),
    }
}

/// Width of a line on the screen.
pub(super) fn width_of(spans: &[Span]) -> usize {
    spans.iter().flat_map(|span| span.text.chars()).map(|c| c.width().unwrap_or(0)).sum()
}

/// The text, cut off with dots where it is wider than `width`.
pub(super) fn cut(text: &str, width: usize, ascii: bool) -> String {
    let whole: usize = text.chars().map(|c| c.width().unwrap_or(0)).sum();
    if whole <= width {
        return text.to_owned();
    }
    let dots = if ascii { "..." } else { "…" };
    let room = width.saturating_sub(dots.chars().count());
    let mut used = 0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= room
        })
        .collect();
    format!("{}{dots}", kept.trim_end())
}
