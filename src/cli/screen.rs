//! What standard output is: its width, and whether it takes colours.

use std::io::IsTerminal;

use super::args::{GroundArg as Asked, LookArgs, When};
use crate::export::paint;
use crate::typeset::Terminal;
use crate::typeset::theme::{ColourDepth, Ground, Theme};

/// Width where nothing says otherwise.
const USUAL_WIDTH: usize = 80;

/// Widths that are taken as they come.
const POSSIBLE_WIDTHS: std::ops::RangeInclusive<usize> = 20..=1000;

/// Looks at standard output. A flag wins over `NO_COLOR`; without a terminal
/// there is no colour unless asked for, and `COLUMNS` sets the width.
pub(super) fn look(look: LookArgs) -> Terminal {
    let is_terminal = std::io::stdout().is_terminal();
    let colour = wants_colour(look, is_drawable());
    // The colours are chosen here, not by what the library finds out.
    colored::control::set_override(colour);
    paint::choose(theme(look, colour && is_terminal));
    Terminal { width: width(is_terminal), colour, ascii: look.ascii }
}

/// The colours that the terminal has, on the ground that was asked for or, where
/// `may_ask`, that the terminal tells of; dark where it does not.
pub(super) fn theme(look: LookArgs, may_ask: bool) -> Theme {
    let ground = match look.theme {
        Asked::Dark => Ground::Dark,
        Asked::Light => Ground::Light,
        Asked::Auto if may_ask => told_ground(),
        Asked::Auto => Ground::Dark,
    };
    Theme { ground, depth: depth() }
}

/// Whether colours are asked for, or else can be shown and nothing speaks against.
fn wants_colour(look: LookArgs, can_be_shown: bool) -> bool {
    let is_off = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match look.color {
        When::Always => true,
        When::Never => false,
        When::Auto => can_be_shown && !is_off(),
    }
}

/// The colours of a recording: players have all of them.
pub(super) fn recorded_theme(look: LookArgs) -> Option<Theme> {
    wants_colour(look, true).then(|| Theme { depth: ColourDepth::Full, ..theme(look, false) })
}

fn depth() -> ColourDepth {
    let variable = |name| std::env::var(name).unwrap_or_default();
    if matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit") {
        return ColourDepth::Full;
    }
    let term = variable("TERM");
    if term.contains("256") || term.is_empty() {
        ColourDepth::Indexed
    } else {
        ColourDepth::Sixteen
    }
}

/// How long a terminal has for its answer.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(200);

/// Asks the terminal once. A program in the background would be stopped for it.
fn told_ground() -> Ground {
    static TOLD: std::sync::OnceLock<Ground> = std::sync::OnceLock::new();
    *TOLD.get_or_init(|| {
        if !is_in_front() || !std::io::stdin().is_terminal() {
            return Ground::Dark;
        }
        let mut options = terminal_colorsaurus::QueryOptions::default();
        options.timeout = PATIENCE;
        match terminal_colorsaurus::theme_mode(options) {
            Ok(terminal_colorsaurus::ThemeMode::Light) => Ground::Light,
            Ok(terminal_colorsaurus::ThemeMode::Dark) | Err(_) => Ground::Dark,
        }
    })
}

#[cfg(unix)]
fn is_in_front() -> bool {
    let group = nix::unistd::tcgetpgrp(std::io::stdout());
    group.is_ok_and(|group| group == nix::unistd::getpgrp())
}

#[cfg(not(unix))]
const fn is_in_front() -> bool {
    true
}

/// Whether standard output is a terminal that can be drawn on.
pub(super) fn is_drawable() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stdout().is_terminal() && !dumb
}

/// Columns and rows of a recording that nobody watches: those that the
/// environment tells of.
pub(super) fn size() -> (u16, u16) {
    let asked =
        |name, usual| told(name).filter(|number| (16..=500).contains(number)).unwrap_or(usual);
    (asked("COLUMNS", 80), asked("LINES", 24))
}

/// A number that the environment tells.
fn told<N: std::str::FromStr>(name: &str) -> Option<N> {
    std::env::var(name).ok()?.parse().ok()
}

fn width(is_terminal: bool) -> usize {
    let screen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let asked = || told("COLUMNS");
    let width = if is_terminal { screen().or_else(asked) } else { asked() };
    width.filter(|width| POSSIBLE_WIDTHS.contains(width)).unwrap_or(USUAL_WIDTH)
}
