//! The colour of each role. Colour never stands alone: what it says is also in
//! the words beside it. The colours are the terminal's own, readable on dark
//! and on light backgrounds.

use colored::{ColoredString, Colorize};

use crate::math::Role;

/// Text in the colour of its role.
pub(super) fn paint(text: &str, role: Role) -> ColoredString {
    match role {
        Role::Plain => text.normal(),
        Role::Given => text.cyan(),
        Role::Forward => text.green(),
        Role::Known => text.magenta(),
        Role::New => text.bold(),
        Role::Carried => text.yellow().bold(),
        Role::Wrong => text.red().bold(),
        Role::Faint => text.dimmed(),
        Role::Heading => text.bold(),
    }
}
