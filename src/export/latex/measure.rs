//! How much room a formula takes on paper, in points, before TeX has seen it: near
//! enough to share out the columns of a table and to fill a slide.

use crate::document::Inline;
use crate::document::figure::{Label, Scripted};
use crate::math::{Form, Sign};
use crate::name::Naming;

/// A character of running text.
const CHARACTER: f64 = 5.3;
/// A letter of a formula.
const LETTER: f64 = 6.8;
/// A digit.
const DIGIT: f64 = 5.1;
/// A character of an index.
const SMALL: f64 = 4.2;

/// A line of text.
const LINE: f64 = 13.0;
/// A line with a fraction.
const TALL: f64 = 28.0;

/// Measures at ten points.
#[derive(Clone, Copy)]
pub(super) struct Measure<'n> {
    pub(super) naming: Naming<'n>,
}

impl Measure<'_> {
    /// Width of a line that is not broken.
    pub(super) fn line(self, line: &[Inline]) -> f64 {
        line.iter().map(|part| self.inline(part)).sum()
    }

    fn inline(self, part: &Inline) -> f64 {
        match part {
            Inline::Text(text, _) => text.chars().count() as f64 * CHARACTER,
            Inline::Math(form) => self.width(form),
            Inline::Hint(_) => 0.0,
        }
    }

    /// Width of the widest part of a line that TeX does not break.
    pub(super) fn widest(self, line: &[Inline]) -> f64 {
        let part = |part: &Inline| match part {
            Inline::Text(text, _) => {
                let longest = text.split(' ').map(|word| word.chars().count()).max();
                longest.unwrap_or(0) as f64 * CHARACTER
            }
            Inline::Math(form) => self.widest_piece(form),
            Inline::Hint(_) => 0.0,
        };
        line.iter().map(part).fold(0.0, f64::max)
    }

    /// Height of a line that is broken at `width`.
    pub(super) fn height(self, line: &[Inline], width: f64) -> f64 {
        let lines = (self.line(line) / width).ceil().max(1.0);
        let tallest = line.iter().map(|part| match part {
            Inline::Math(form) => height(form),
            Inline::Text(..) | Inline::Hint(_) => LINE,
        });
        lines * tallest.fold(LINE, f64::max)
    }

    fn widest_piece(self, form: &Form) -> f64 {
        let Form::Row(parts) = form else { return self.width(form) };
        let (mut widest, mut piece) = (0.0_f64, 0.0);
        for part in parts {
            let ends_line = matches!(part, Form::Sign(sign) if breaks(*sign));
            let width = self.width(part);
            if ends_line {
                widest = widest.max(piece + width);
                piece = 0.0;
            } else if matches!(part, Form::Row(_)) {
                let inner = self.widest_piece(part);
                widest = widest.max(piece + inner);
                piece = inner;
            } else {
                piece += width;
            }
        }
        widest.max(piece)
    }

    /// Width of a formula in one line.
    pub(super) fn width(self, form: &Form) -> f64 {
        let widths = |parts: &[Form]| parts.iter().map(|part| self.width(part)).sum::<f64>();
        match form {
            Form::Row(parts) => widths(parts),
            Form::Name(name, _) => label(&Label::of(self.naming, *name)),
            Form::FullName(name, _) => label(&Label::in_full(self.naming, *name)),
            Form::Number(text, _) => text.chars().count() as f64 * DIGIT,
            Form::Sign(sign) => self::sign(*sign),
            Form::Function(word) => word.chars().count() as f64 * CHARACTER + 2.0,
            Form::Letter(word) => word.chars().count() as f64 * LETTER,
            Form::Total(over) => 15.0 + over.chars().count() as f64 * SMALL,
            Form::Whole(..) => 5.0 * LETTER,
            Form::Indexed { base, above, index, side } => {
                let above = above.as_ref().map_or(0.0, |above| self.width(above) + 2.0 * SMALL);
                let below = (index.chars().count() + side.chars().count()) as f64 * SMALL;
                self.width(base) + above.max(below)
            }
            Form::Primed(inside) | Form::Squared(inside) => self.width(inside) + SMALL,
            Form::Derivative(top, bottom) => LETTER + self.width(top).max(self.width(bottom)),
            Form::Gradient(inside) => self.width(inside) + 10.0,
            Form::Transposed(inside) => self.width(inside) + LETTER,
            Form::Carried { computed, carried } => {
                self.width(computed) + self.width(carried) + 12.0 * CHARACTER
            }
            Form::Fenced(_, inside) => self.width(inside) + 8.0,
            Form::Fraction(top, bottom) => 3.0 + self.width(top).max(self.width(bottom)),
            Form::Choice { condition, then, otherwise } => {
                let then = self.width(then) + self.width(condition) + 50.0;
                12.0 + then.max(self.width(otherwise) + 40.0)
            }
            Form::Matrix(rows) => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
                let widest = |at: usize| {
                    let column = rows.iter().filter_map(|row| row.get(at));
                    column.map(|entry| self.width(entry)).fold(0.0, f64::max)
                };
                (0..columns).map(|at| widest(at) + 10.0).sum::<f64>() + 12.0
            }
            Form::Dots => 14.0,
        }
    }
}

/// Whether a formula needs more than a line of text.
pub(super) fn is_tall(form: &Form) -> bool {
    height(form) > LINE
}

/// Height of a formula in one line.
pub(super) fn height(form: &Form) -> f64 {
    let tallest = |parts: &[Form]| parts.iter().map(height).fold(LINE, f64::max);
    match form {
        Form::Row(parts) => tallest(parts),
        Form::Name(crate::name::Name::Derivative { .. }, _)
        | Form::FullName(..)
        | Form::Fraction(..)
        | Form::Derivative(..)
        | Form::Total(_)
        | Form::Choice { .. } => TALL,
        Form::Carried { computed, carried } => height(computed).max(height(carried)),
        Form::Fenced(_, inside)
        | Form::Squared(inside)
        | Form::Primed(inside)
        | Form::Gradient(inside)
        | Form::Transposed(inside) => height(inside),
        Form::Matrix(rows) => rows.iter().map(|row| tallest(row)).sum::<f64>() + 4.0,
        Form::Name(..)
        | Form::Number(..)
        | Form::Sign(_)
        | Form::Function(_)
        | Form::Letter(_)
        | Form::Whole(..)
        | Form::Indexed { .. }
        | Form::Dots => LINE,
    }
}

/// Whether TeX breaks a line behind the sign.
const fn breaks(sign: Sign) -> bool {
    !matches!(sign, Sign::Negative | Sign::Beside | Sign::Comma)
}

const fn sign(sign: Sign) -> f64 {
    match sign {
        Sign::Plus | Sign::Minus | Sign::Elementwise => 12.5,
        Sign::Negative => 8.0,
        Sign::Times | Sign::TimesApart => 7.5,
        Sign::Beside | Sign::Comma => 5.0,
        Sign::Nearly | Sign::Above | Sign::Below | Sign::Equals => 13.5,
        Sign::Becomes => 16.0,
    }
}

fn label(label: &Label) -> f64 {
    match label {
        Label::Value(name) | Label::Signal(name) => scripted(name),
        Label::New(name) => scripted(name) + 6.0 * SMALL,
        Label::Ratio(of, by) => LETTER + scripted(of).max(scripted(by)),
        Label::Word(word) => word.chars().count() as f64 * CHARACTER,
    }
}

fn scripted(name: &Scripted) -> f64 {
    let letters = name.letter.chars().count() as f64;
    let letter = if name.is_word { CHARACTER } else { LETTER };
    let above = name.layer.as_ref().map_or(0, |layer| layer.len() + 2);
    let below = name.index.chars().count() + name.side.map_or(0, |side| side.len() + 1);
    letters * letter + above.max(below) as f64 * SMALL
}
