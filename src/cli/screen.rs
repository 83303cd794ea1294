//! What standard output is: its width, and whether it takes colours.

use std::io::IsTerminal;

use super::args::{Look, When};
use crate::typeset::Terminal;

/// Width where nothing says otherwise.
const USUAL_WIDTH: usize = 80;

/// Widths that are taken as they come.
const POSSIBLE_WIDTHS: std::ops::RangeInclusive<usize> = 20..=1000;

/// Looks at standard output. A flag wins over `NO_COLOR`; without a terminal
/// there is no colour unless asked for, and `COLUMNS` sets the width.
pub(super) fn look(look: Look) -> Terminal {
    let is_terminal = std::io::stdout().is_terminal();
    let colour = match look.color {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            is_terminal && !set("NO_COLOR") && !dumb
        }
    };
    // The colours are chosen here, not by what the library finds out.
    colored::control::set_override(colour);
    Terminal { width: width(is_terminal), colour, ascii: look.ascii }
}

/// Whether standard output is a terminal that can be drawn on.
pub(super) fn is_drawable() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stdout().is_terminal() && !dumb
}

fn width(is_terminal: bool) -> usize {
    let screen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let asked = || std::env::var("COLUMNS").ok()?.parse::<usize>().ok();
    let width = if is_terminal { screen().or_else(asked) } else { asked() };
    width.filter(|width| POSSIBLE_WIDTHS.contains(width)).unwrap_or(USUAL_WIDTH)
}
