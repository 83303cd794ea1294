//! The colour of each role on printed pages. Colour never stands alone: what it
//! says is also in the words beside it.

use std::sync::OnceLock;

use colored::{Color, ColoredString, Colorize};

use crate::math::Role;
use crate::typeset::theme::{Shade, Theme};

/// Set once for the process, as the library's own switch for colours is.
static THEME: OnceLock<Theme> = OnceLock::new();

/// Chooses the colours of printed pages; the first choice stays.
pub fn choose(theme: Theme) {
    let _ = THEME.set(theme);
}

/// Text in the colour of its role. Plain text and titles have the terminal's own,
/// so that they can be read where it does not tell its ground.
pub(super) fn paint(text: &str, role: Role) -> ColoredString {
    if role == Role::Plain {
        return text.normal();
    }
    if role == Role::Heading {
        return text.bold();
    }
    let ink = THEME.get().copied().unwrap_or_default().ink(role);
    let mut painted = text.color(colour(ink.text));
    if let Some(behind) = ink.behind {
        painted = painted.on_color(colour(behind));
    }
    if ink.bold { painted.bold() } else { painted }
}

const fn colour(shade: Shade) -> Color {
    match shade {
        Shade::Full([r, g, b]) => Color::TrueColor { r, g, b },
        Shade::Indexed(index) => Color::AnsiColor(index),
    }
}
