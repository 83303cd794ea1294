//! An answer sheet on paper: the figure, what is given, and for each line a box for
//! its formula and one for its value.

use std::io::{self, Write};

use super::block::LatexWriter;
use super::{ARTICLE_WIDTH, begin};
use crate::export::sheet::{SheetLine, SheetPage};
use crate::export::tex::escape;

/// Rows that stay on one page.
const ROWS: usize = 3;

/// Points of a character as it is typed, of the box for a formula and of that for a
/// value.
const TYPED: f64 = 5.3;
const FORMULA: f64 = 200.0;
const VALUE: f64 = 75.0;

/// A box of a width, with something in it that is set smaller if it must.
const BOX: &str = "\
\\newcommand{\\btbox}[2]{\\sbox{\\bttable}{#2}\\ifdim\\wd\\bttable>#1
\\sbox{\\bttable}{\\resizebox{#1}{!}{\\usebox{\\bttable}}}\\fi
\\fbox{\\rule[-6pt]{0pt}{18pt}\\makebox[#1][l]{\\usebox{\\bttable}}}}
";

/// What stands over the boxes.
const TITLES: &str = " & & formula & value \\\\\n";

/// Writes a sheet.
///
/// # Errors
/// When `out` cannot be written to.
pub fn sheet(sheet: &SheetPage<'_>, out: &mut dyn Write) -> io::Result<()> {
    begin(out)?;
    out.write_all(BOX.as_bytes())?;
    let writer = LatexWriter::new(sheet.readings.lesson.naming(), ARTICLE_WIDTH, 1.0);
    writeln!(out, "{{\\LARGE\\bfseries {}\\par}}", escape(sheet.title))?;
    if let Some(about) = &sheet.about {
        writeln!(out, "{}\\par", escape(about))?;
    }
    out.write_all(writer.figure(&sheet.given(), 0.5).as_bytes())?;
    for block in &sheet.task {
        out.write_all(writer.block(block).as_bytes())?;
    }
    write!(out, "{}\\par\n\\bigskip Student: \\hrulefill\\null\\par\n", escape(&sheet.advice))?;
    // Pieces follow each other as rows do.
    out.write_all(b"\\setlength{\\parskip}{2pt}\n")?;
    let boxes = Boxes::of(sheet, &writer);
    for lines in sheet.lines.chunk_by(|a, b| a.section == b.section) {
        let title = escape((sheet.title_of)(lines[0].section));
        writeln!(out, "\\subsection*{{{title}}}")?;
        for (at, piece) in lines.chunks(ROWS).enumerate() {
            let titles = if at == 0 { TITLES } else { "" };
            out.write_all(boxes.table(titles, piece).as_bytes())?;
        }
    }
    out.write_all(b"\\end{document}\n")
}

/// Lines with their boxes.
struct Boxes<'s, 'n> {
    sheet: &'s SheetPage<'n>,
    writer: &'s LatexWriter<'n>,
    /// Points of a name as it is typed, and as it is set.
    typed: f64,
    set: f64,
}

impl<'s, 'n> Boxes<'s, 'n> {
    /// Boxes that stand under each other on all pages.
    fn of(sheet: &'s SheetPage<'n>, writer: &'s LatexWriter<'n>) -> Self {
        let (mut widest_typed, mut widest_set) = (0.0_f64, 0.0_f64);
        for line in &sheet.lines {
            let typed = writer.math.naming.plain(line.name).chars().count();
            widest_typed = widest_typed.max(TYPED * typed as f64);
            let set = writer.measure().width(&sheet.readings.name(line.name));
            widest_set = widest_set.max(set);
        }
        Self { sheet, writer, typed: widest_typed, set: widest_set }
    }

    fn table(&self, titles: &str, lines: &[SheetLine]) -> String {
        let Self { typed, set, .. } = *self;
        let columns = format!("@{{}}p{{{typed:.1}pt}}p{{{set:.1}pt}}lll@{{}}");
        let rows: String = lines.iter().map(|line| self.row(line)).collect();
        format!("\\btfit{{\\begin{{tabular}}{{{columns}}}\n{titles}{rows}\\end{{tabular}}}}\\par\n")
    }

    /// A line; the key shows how it is worked out.
    fn row(&self, line: &SheetLine) -> String {
        let (math, readings) = (self.writer.math, self.sheet.readings);
        let plain = escape(&math.naming.plain(line.name));
        let shown = math.math(&readings.name(line.name));
        let answer = line.answer.as_deref().map_or_else(String::new, escape);
        let worth = line.worth.as_deref().map_or_else(String::new, escape);
        let expr = line.answer.as_ref().and_then(|_| readings.lesson.expression(line.name));
        let formula = expr.map_or_else(String::new, |expr| {
            let formula = readings.formula(&expr);
            let is_long = self.writer.measure().width(&formula) > 1.5 * FORMULA;
            let formula = if is_long { readings.short_formula(&expr) } else { formula };
            format!("${}$", math.math(&formula))
        });
        format!(
            "\\texttt{{{plain}}} & ${shown}$ & \\btbox{{{FORMULA}pt}}{{{formula}}} & \\btbox{{{VALUE}pt}}{{{answer}}} & {worth} \\\\[2pt]\n"
        )
    }
}
