//! Spans put into cells, with the colour of their role. Colour never stands
//! alone: what it says is also said by words, weight or place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthChar;

use crate::math::Role;
use crate::step::StepLook;
use crate::typeset::Span;
use crate::typeset::theme::{Shade, Theme};

/// Puts spans into cells.
pub(super) struct CellPainter<'b> {
    pub(super) buffer: &'b mut Buffer,
    pub(super) look: StepLook,
}

impl CellPainter<'_> {
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

    /// Fills the screen with the ground that the colours stand on.
    pub(super) fn ground(&mut self) {
        if let Some(theme) = self.look.colour {
            let area = *self.buffer.area();
            self.buffer.set_style(area, style(Role::Plain, Some(theme)));
        }
    }

    /// Lines under each other, as many as fit.
    pub(super) fn lines(&mut self, area: Rect, lines: &[Vec<Span>]) {
        for (row, line) in (0..area.height).zip(lines) {
            self.line(area.x, area.y + row, area.width, line);
        }
    }
}

/// How a role looks; without colours its weight alone says what there is to say.
fn style(role: Role, theme: Option<Theme>) -> Style {
    if let Some(theme) = theme {
        let ink = theme.ink(role);
        let behind = ink.behind.unwrap_or_else(|| theme.ground());
        let style = Style::new().fg(colour(ink.text)).bg(colour(behind));
        return if ink.bold { style.add_modifier(Modifier::BOLD) } else { style };
    }
    let plain = Style::new();
    match role {
        Role::Plain | Role::Given | Role::Forward | Role::Known => plain,
        Role::New => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Heading | Role::Wrong => plain.add_modifier(Modifier::BOLD),
        Role::Carried => plain.add_modifier(Modifier::REVERSED),
        Role::Faint => plain.add_modifier(Modifier::DIM),
    }
}

const fn colour(shade: Shade) -> Color {
    match shade {
        Shade::Full([red, green, blue]) => Color::Rgb(red, green, blue),
        Shade::Indexed(index) => Color::Indexed(index),
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
