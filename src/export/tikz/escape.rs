//! Text made fit for TeX.

/// The text as TeX sets it, with everything that acts written out. What is not
/// ASCII is left to the font.
pub fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in crate::text::harmless(text).chars() {
        match c {
            '\\' => shown.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => {
                shown.push('\\');
                shown.push(c);
            }
            '^' => shown.push_str("\\textasciicircum{}"),
            '~' => shown.push_str("\\textasciitilde{}"),
            // Else they make other glyphs of what follows.
            '-' => shown.push_str("-{}"),
            '`' => shown.push_str("`{}"),
            '\'' => shown.push_str("'{}"),
            '"' => shown.push_str("\\textquotedbl{}"),
            '<' => shown.push_str("\\textless{}"),
            '>' => shown.push_str("\\textgreater{}"),
            '|' => shown.push_str("\\textbar{}"),
            // Comments are the only place where text of a file stands raw.
            c => shown.push(c),
        }
    }
    shown
}

/// A line of a comment: nothing in it ends the line.
pub fn comment(text: &str) -> String {
    // TeX reads ^^ with two digits as a character, even a line end.
    let plain = |c: char| if c.is_ascii_graphic() || c == ' ' { c } else { '?' };
    crate::text::harmless(text).chars().map(plain).collect::<String>().replace("^^", "^ ^")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_acts() {
        assert_eq!(escape("\\input{x}"), "\\textbackslash{}input\\{x\\}");
        assert_eq!(escape("a_b^2~$%&#"), "a\\_b\\textasciicircum{}2\\textasciitilde{}\\$\\%\\&\\#");
        assert_eq!(
            escape("a--b \"<>|"),
            "a-{}-{}b \\textquotedbl{}\\textless{}\\textgreater{}\\textbar{}"
        );
    }

    #[test]
    fn a_comment_stays_one_line() {
        assert_eq!(comment("one\r\n\\input{x}"), "one  \\input{x}");
        assert_eq!(comment("^^M\\input δ"), "^ ^M\\input ?");
    }
}
