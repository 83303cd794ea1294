//! Where a word may be broken that is longer than its line: at a hard space or
//! after a product sign, in front of an operator, and never in a name or a number if
//! that can be helped.

use unicode_width::UnicodeWidthChar;

use crate::math::Role;

/// A space that a line is broken at only where nothing else helps.
pub(super) const HARD_SPACE: char = '\u{a0}';

pub(super) fn characters(pieces: &[(&str, Role)]) -> Vec<(char, Role)> {
    pieces.iter().flat_map(|(text, role)| text.chars().map(|c| (c, *role))).collect()
}

pub(super) const fn is_space(c: char) -> bool {
    matches!(c, ' ' | HARD_SPACE)
}

/// What a line may do in front of a character of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BreakPlace {
    /// End: there is an operator, or a product sign just before.
    Between,
    /// End where nothing else helps: in front of a fraction stroke, behind an
    /// operator.
    Fair,
    /// Not end: it is inside a name or a number, or a bracket closes.
    Inside,
}

pub(super) fn place(text: &[(char, Role)], at: usize) -> BreakPlace {
    let Some(before) = at.checked_sub(1).map(|at| text[at].0) else { return BreakPlace::Inside };
    let two_before = at.checked_sub(2).map(|at| text[at].0);
    let c = text[at].0;
    let is_sign = |c: Option<char>| matches!(c, Some('+' | '-' | '·' | '*' | '='));
    if is_space(c) {
        let behind_sign = is_sign(Some(before)) && two_before.is_none_or(is_space);
        return if behind_sign { BreakPlace::Fair } else { BreakPlace::Between };
    }
    if matches!(before, '·' | '*') {
        return BreakPlace::Between;
    }
    let is_stroke = c == '/' && !is_space(before);
    if is_stroke { BreakPlace::Fair } else { BreakPlace::Inside }
}

/// Where a word is broken, counted in characters.
pub(super) enum Break {
    /// It fits.
    None,
    /// In front of an operator or after a product sign.
    Good(usize),
    /// In the middle of something.
    Bad(usize),
}

/// The last place at which `text` can be broken so that the first part is no
/// wider than `width`.
pub(super) fn break_in(text: &[(char, Role)], width: usize) -> Break {
    let (mut used, mut good, mut fair) = (0, 0, 0);
    for (at, (c, _)) in text.iter().enumerate() {
        match place(text, at) {
            BreakPlace::Between => good = at,
            BreakPlace::Fair => fair = at,
            BreakPlace::Inside => {}
        }
        // A blank at the end of a line takes no room.
        let is_at_end = is_space(*c);
        used += c.width().unwrap_or(0);
        if used > width && !(is_at_end && used == width + 1) {
            if good > 0 || fair > 0 {
                return Break::Good(if good > 0 { good } else { fair });
            }
            // A bracket does not close on a line of its own.
            let closes = *c == ')' && at > 1;
            return Break::Bad(at - usize::from(closes));
        }
    }
    Break::None
}
