//! Text made fit for TeX.

use std::fmt::Write;

/// Sets a character where the font has it, else says which one it is. Every file
/// with text in it defines this first.
pub const CHARACTERS: &str = "\
\\ifdefined\\directlua
\\protected\\def\\btchar#1#2{\\iffontchar\\font\"#2 #1\\else[U+#2]\\fi}
\\else
\\protected\\def\\btchar#1#2{\\ifcsname u8:\\detokenize{#1}\\endcsname#1\\else[U+#2]\\fi}
\\fi
";

/// The text as TeX sets it, with everything that acts written out. Letters that no
/// font may have are left to [`CHARACTERS`].
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
            '−' => shown.push_str("\\ensuremath{-}"),
            '·' => shown.push_str("\\ensuremath{\\cdot}"),
            '≈' => shown.push_str("\\ensuremath{\\approx}"),
            '→' => shown.push_str("\\ensuremath{\\rightarrow}"),
            '×' => shown.push_str("\\ensuremath{\\times}"),
            '∂' => shown.push_str("\\ensuremath{\\partial}"),
            'σ' => shown.push_str("\\ensuremath{\\sigma}"),
            'δ' => shown.push_str("\\ensuremath{\\delta}"),
            'α' => shown.push_str("\\ensuremath{\\alpha}"),
            'η' => shown.push_str("\\ensuremath{\\eta}"),
            'θ' => shown.push_str("\\ensuremath{\\theta}"),
            'Σ' => shown.push_str("\\ensuremath{\\Sigma}"),
            '⊙' => shown.push_str("\\ensuremath{\\odot}"),
            '∇' => shown.push_str("\\ensuremath{\\nabla}"),
            'τ' => shown.push_str("\\ensuremath{\\tau}"),
            '∞' => shown.push_str("\\ensuremath{\\infty}"),
            'ᵀ' => shown.push_str("\\ensuremath{^\\top}"),
            '²' => shown.push_str("\\ensuremath{^2}"),
            '…' => shown.push_str("\\ldots{}"),
            '\u{a0}' => shown.push('~'),
            '‘'..='”' | '–' | '—' => shown.push(c),
            c if !c.is_ascii() => {
                let _ = write!(shown, "\\btchar{{{c}}}{{{:04X}}}", u32::from(c));
            }
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
