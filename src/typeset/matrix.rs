//! Forms with matrices in them, as several lines of text side by side.

use super::{Span, Style, TextWriter, width_of};
use crate::math::Form;

/// Lines of one width; the rest of the row stands beside line `axis`.
struct Block {
    lines: Vec<Vec<Span>>,
    width: usize,
    axis: usize,
}

/// Draws a form with its matrices tall, everything else beside their middle
/// rows; also which row that is.
pub(super) fn tall(writer: &TextWriter<'_>, form: &Form) -> (usize, Vec<Vec<Span>>) {
    let block = draw(writer, form);
    (block.axis, block.lines)
}

fn draw(writer: &TextWriter<'_>, form: &Form) -> Block {
    match form {
        Form::Row(parts) => beside(parts.iter().map(|part| draw(writer, part)).collect()),
        Form::Matrix(rows) => matrix(writer, rows),
        Form::Name(..)
        | Form::FullName(..)
        | Form::Whole(..)
        | Form::Number(..)
        | Form::Sign(_)
        | Form::Function(_)
        | Form::Letter(_)
        | Form::Indexed { .. }
        | Form::Primed(_)
        | Form::Derivative(..)
        | Form::Gradient(_)
        | Form::Transposed(_)
        | Form::Total(_)
        | Form::Carried { .. }
        | Form::Fenced(..)
        | Form::Fraction(..)
        | Form::Squared(_)
        | Form::Choice { .. }
        | Form::Dots => line(writer.spans(form)),
    }
}

fn line(spans: Vec<Span>) -> Block {
    Block { width: width_of(&spans), lines: vec![spans], axis: 0 }
}

/// Parts side by side, their axes on one line.
fn beside(parts: Vec<Block>) -> Block {
    let axis = parts.iter().map(|part| part.axis).max().unwrap_or(0);
    let below = parts.iter().map(|part| part.lines.len() - part.axis).max().unwrap_or(1);
    let mut lines = vec![Vec::new(); axis + below];
    let mut width = 0;
    for part in parts {
        let top = axis - part.axis;
        let mut inner = part.lines.into_iter();
        for (at, line) in lines.iter_mut().enumerate() {
            let spans = if at >= top { inner.next().unwrap_or_default() } else { Vec::new() };
            let missing = part.width - width_of(&spans);
            line.extend(spans);
            line.push(Span::blanks(missing));
        }
        width += part.width;
    }
    Block { lines, width, axis }
}

/// Columns aligned at their decimal points.
fn matrix(writer: &TextWriter<'_>, rows: &[Vec<Form>]) -> Block {
    let mut cells: Vec<Vec<Vec<Span>>> =
        rows.iter().map(|row| row.iter().map(|cell| writer.spans(cell)).collect()).collect();
    align(rows, &mut cells);
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            cells.iter().filter_map(|row| row.get(at)).map(|c| width_of(c)).max().unwrap_or(0)
        })
        .collect();
    let height = cells.len();
    let mut lines = Vec::new();
    for (at, row) in cells.into_iter().enumerate() {
        let (open, close) = brackets(writer.style, at, height);
        let mut line = vec![Span::plain(format!("{open} "))];
        for (column, cell) in row.into_iter().enumerate() {
            let gap = if column > 0 { 2 } else { 0 };
            line.push(Span::blanks(gap + widths[column] - width_of(&cell)));
            line.extend(cell);
        }
        line.push(Span::plain(format!(" {close}")));
        lines.push(line);
    }
    let width = lines.first().map_or(0, |line| width_of(line));
    Block { lines, width, axis: height.saturating_sub(1) / 2 }
}

/// Blanks behind numbers, so that those of a column have their points in line.
fn align(rows: &[Vec<Form>], cells: &mut [Vec<Vec<Span>>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    for column in 0..columns {
        let fraction = |row: &Vec<Form>| {
            let Some(Form::Number(text, _)) = row.get(column) else { return None };
            Some(text.find(['.', 'e']).map_or(0, |point| text.len() - point))
        };
        let widest = rows.iter().filter_map(fraction).max().unwrap_or(0);
        for (row, cells) in rows.iter().zip(cells.iter_mut()) {
            if let Some(own) = fraction(row).filter(|own| *own < widest) {
                cells[column].push(Span::blanks(widest - own));
            }
        }
    }
}

const fn brackets(style: Style, at: usize, height: usize) -> (&'static str, &'static str) {
    if height == 1 || matches!(style, Style::Ascii | Style::Plain) {
        return if height == 1 { ("(", ")") } else { ("|", "|") };
    }
    if at == 0 {
        ("⎛", "⎞")
    } else if at + 1 == height {
        ("⎝", "⎠")
    } else {
        ("⎜", "⎟")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{Role, Sign};
    use crate::name::Naming;

    #[test]
    fn matrices_stand_beside_what_belongs_to_their_middle() {
        let number = |text: &str| Form::Number(text.into(), Role::Plain);
        let form = Form::Row(vec![
            Form::Letter("W".into()),
            Form::Sign(Sign::Equals),
            Form::Matrix(vec![
                vec![number("-0.07"), number("0.94")],
                vec![number("0.22"), number("0.46")],
                vec![number("1"), number("-2")],
            ]),
            Form::Sign(Sign::Times),
            Form::Matrix(vec![vec![number("5")]]),
        ]);
        let show = |style| {
            let writer = TextWriter { naming: Naming::new(1, 1), style };
            let (_, lines) = tall(&writer, &form);
            let text =
                lines.iter().map(|line| line.iter().map(|s| s.text.as_str()).collect::<String>());
            text.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            show(Style::Unicode),
            ["    ⎛ -0.07   0.94 ⎞", "W = ⎜  0.22   0.46 ⎟·( 5 )", "    ⎝  1     -2    ⎠"]
        );
        assert_eq!(
            show(Style::Ascii),
            ["    | -0.07   0.94 |", "W = |  0.22   0.46 |*( 5 )", "    |  1     -2    |"]
        );
    }
}
