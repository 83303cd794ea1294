//! An answer sheet as a page to fill in. What is written stays in the browser; its
//! script saves it as the JSON that `--verify` reads.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::block::{Beats, HtmlWriter};
use super::{escape, shell};
use crate::export::sheet::{SheetLine, SheetPage};

/// Writes a sheet.
///
/// # Errors
/// When `out` cannot be written to.
pub fn sheet(sheet: &SheetPage<'_>, out: &mut dyn Write) -> io::Result<()> {
    shell::begin(sheet.title, Some(shell::FILL), out)?;
    let lesson = sheet.readings.lesson;
    let mut writer = HtmlWriter::new(lesson.naming(), Beats::None);
    let mut text = format!("<section>\n<h1>{}</h1>\n", escape(sheet.title));
    if let Some(about) = &sheet.about {
        let _ = writeln!(text, "<p>{}</p>", escape(about));
    }
    writer.figure(&sheet.given(), &mut text);
    for block in &sheet.task {
        writer.block(block, &mut text);
    }
    let _ = write!(
        text,
        "<p>{}</p>\n<p><label for=\"student\">Student</label>\
         <input id=\"student\" class=\"wide\" autocomplete=\"name\"/></p>\n</section>\n",
        escape(&sheet.advice)
    );
    out.write_all(text.as_bytes())?;
    let mut section = None;
    for (at, line) in sheet.lines.iter().enumerate() {
        let mut text = String::new();
        if section != Some(line.section) {
            if section.is_some() {
                text.push_str("</tbody></table></section>\n");
            }
            section = Some(line.section);
            let title = escape((sheet.title_of)(line.section));
            let _ = writeln!(text, "<section><h2>{title}</h2><table class=\"t\"><tbody>");
        }
        self::line(&writer, sheet, at, line, &mut text);
        out.write_all(text.as_bytes())?;
    }
    if section.is_some() {
        out.write_all(b"</tbody></table></section>\n")?;
    }
    shell::end(Some(shell::FILL), out)
}

fn line(
    writer: &HtmlWriter<'_>,
    sheet: &SheetPage<'_>,
    at: usize,
    line: &SheetLine,
    out: &mut String,
) {
    let plain = sheet.readings.lesson.naming().plain(line.name);
    let plain = escape(&plain);
    let shown = writer.formula(&sheet.readings.name(line.name));
    let answer = line
        .answer
        .as_deref()
        .map_or_else(String::new, |answer| format!(" value=\"{}\"", escape(answer)));
    let _ = write!(
        out,
        "<tr><td class=\"l\"><label for=\"a{at}\">{shown}</label></td>\
         <td><input id=\"a{at}\" data-answer=\"{plain}\" aria-label=\"{plain}\" \
         autocomplete=\"off\" spellcheck=\"false\"{answer}/></td>"
    );
    if let Some(worth) = &line.worth {
        let _ = write!(out, "<td class=\"q\">{}</td>", escape(worth));
    }
    out.push_str("</tr>\n");
}
