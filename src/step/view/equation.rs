//! A quantity and what it equals, each part in its own rows from the first beat
//! on: the formula at the top, the numbers and the value at the bottom, and the
//! value in large digits with its name beside them, or in narrow windows below.

use compact_str::CompactString;
use ratatui::layout::Rect;

use super::body::{lines_of, writer};
use super::paint::{CellPainter, width_of};
use super::{big, rows};
use crate::document::Block;
use crate::math::{Form, Role};
use crate::name::Name;
use crate::step::state::State;
use crate::typeset::Span;

/// What is drawn.
pub(super) struct Equation<'s, 'a> {
    pub(super) state: &'s State<'a>,
    pub(super) left: &'s Form,
    /// All that the quantity equals in the end.
    pub(super) rights: Vec<Form>,
    /// How many of them are seen.
    pub(super) seen: usize,
}

/// Columns that formulas need beside a large number.
const LEAST_TEXT: u16 = 34;

/// Columns of a large number, where it takes no more.
const USUAL_DIGITS: u16 = 32;

pub(super) fn draw(
    equation: &Equation<'_, '_>,
    value: Option<&(Name, CompactString)>,
    painter: &mut CellPainter<'_>,
    area: Rect,
) {
    let is_revealed = equation.state.is_revealed();
    let letters = value.and_then(|(name, text)| {
        let scale = scale(area, text);
        // Without colours lines under lines would be hard to read.
        let role = if painter.look.colour.is_some() { Role::New } else { Role::Heading };
        Some((*name, big::lines(text, role, painter.look.ascii, scale)?))
    });
    let Some((name, letters)) = letters else {
        return equation.text(painter, area, true);
    };
    let width = letters.first().map_or(0, |row| width_of(row)) as u16;
    let height = letters.len() as u16;
    let column = USUAL_DIGITS.max(width + 2);
    let bottom = area.height.saturating_sub(height);
    let label = vec![Span::new(writer(equation.state).name(name), Role::New), Span::plain(" =")];
    if area.width >= column + LEAST_TEXT {
        let text = Rect { width: area.width - column, ..area };
        equation.text(painter, text, true);
        if is_revealed {
            let x = area.right() - column;
            painter.line(x, area.y + bottom.saturating_sub(1), column, &label);
            let digits = Rect { x, width: column, ..rows(area, bottom, height) };
            painter.lines(digits, &letters);
        }
        return;
    }
    equation.text(painter, rows(area, 0, bottom), false);
    if is_revealed {
        let digits = rows(area, bottom, height);
        let named = width_of(&label) as u16 + 3;
        let indent = if named + width <= area.width { named } else { 2 };
        if indent == named {
            painter.line(area.x + 2, digits.y + 1, named, &label);
        } else {
            painter.line(area.x + 2, digits.y.saturating_sub(1), area.width, &label);
        }
        painter.lines(Rect { x: area.x + indent, width: area.width - indent, ..digits }, &letters);
    }
}

/// How large the digits are: twice as large where they leave half of the window.
fn scale(area: Rect, text: &str) -> usize {
    let columns = text.len() * 2 * 4;
    if area.height >= 7 && columns <= usize::from(area.width) * 2 / 5 { 2 } else { 1 }
}

impl Equation<'_, '_> {
    /// The parts that are seen, in their rows. The value may be left to the large
    /// digits.
    fn text(&self, painter: &mut CellPainter<'_>, area: Rect, with_value: bool) {
        let mut parts = self.parts(area.width);
        let asked = self.state.may_guess() && self.seen + 1 == parts.len();
        if asked && let Some(last) = parts.last_mut() {
            let indent = 2 + width_of(&writer(self.state).spans(self.left));
            *last = vec![vec![Span::blanks(indent), Span::new(" = ?", Role::New)]];
        }
        if !with_value && parts.len() > 1 {
            parts.pop();
        }
        let seen = (self.seen + usize::from(asked)).min(parts.len());
        let height = usize::from(area.height);
        let taken: usize = parts.iter().map(Vec::len).sum();
        if taken <= height {
            // Numbers and value stand at the bottom, all else at the top.
            let low = parts.len().saturating_sub(2).max(1);
            let mut at = 0;
            for (number, part) in parts.iter().enumerate().take(seen) {
                if number == low {
                    at = height - parts[low..].iter().map(Vec::len).sum::<usize>();
                }
                painter.lines(rows(area, at as u16, area.height), part);
                at += part.len();
            }
            return;
        }
        // What was said before goes first.
        let mut from = 0;
        while from + 1 < seen && parts[from..seen].iter().map(Vec::len).sum::<usize>() > height {
            from += 1;
        }
        let lines: Vec<Vec<Span>> = parts[from..seen].concat();
        painter.lines(area, &lines);
    }

    /// The lines of each right side, the left one in front of the first.
    fn parts(&self, width: u16) -> Vec<Vec<Vec<Span>>> {
        if self.rights.is_empty() {
            return Vec::new();
        }
        let lines = |count: usize| {
            let rights = self.rights[..count].to_vec();
            lines_of(self.state, &Block::Equation { left: self.left.clone(), rights }, width)
        };
        let mut all = lines(self.rights.len());
        let mut parts = Vec::new();
        for count in (1..self.rights.len()).rev() {
            parts.push(all.split_off(lines(count).len().min(all.len())));
        }
        parts.push(all);
        parts.reverse();
        parts
    }
}
