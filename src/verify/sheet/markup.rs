//! What a line says without its looks: LaTeX, Markdown, arrows, wide signs.
//! `$z_1^{in} = -0{,}53$` becomes `z_1^{in} = -0,53`; the reader of names drops
//! the rest.

use unicode_normalization::UnicodeNormalization;

use super::tags::{Tag, entity};

/// A line in plain signs, and where each of its bytes comes from.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub(super) text: String,
    /// For each byte of `text` the byte of the line.
    pub(super) from: Vec<u32>,
}

/// The line in plain signs.
pub(super) fn plain(line: &str) -> Plain {
    let (out, braces) = (Plain::default(), Vec::new());
    let mut writer = Writer { line, at: 0, out, braces, next: None, seen: Seen::default() };
    while let Some(c) = writer.rest().chars().next() {
        writer.take(c);
    }
    writer.out
}

/// Commands of LaTeX that say nothing, with what they are applied to kept.
const SILENT: [&str; 40] = [
    "left",
    "right",
    "big",
    "Big",
    "bigl",
    "bigr",
    "quad",
    "qquad",
    "displaystyle",
    "textstyle",
    "mathrm",
    "mathbf",
    "mathit",
    "mathsf",
    "boldsymbol",
    "operatorname",
    "text",
    "textbf",
    "textit",
    "textrm",
    "rm",
    "bf",
    "it",
    "bm",
    "item",
    "limits",
    "boxed",
    "underline",
    "label",
    "nonumber",
    "notag",
    "hline",
    "toprule",
    "midrule",
    "bottomrule",
    "mathsfit",
    "mathcal",
    "hfill",
    "num",
    "mathscr",
];

/// Commands that are a sign.
const SIGNS: [(&str, &str); 29] = [
    ("partial", "∂"),
    ("delta", "δ"),
    ("Delta", "Δ"),
    ("alpha", "α"),
    ("eta", "η"),
    ("sigma", "σ"),
    ("cdot", "·"),
    ("times", "·"),
    ("ast", "*"),
    ("div", "/"),
    ("pm", "±"),
    ("approx", "≈"),
    ("simeq", "≈"),
    ("cong", "≈"),
    ("doteq", "≈"),
    ("sim", "≈"),
    ("equiv", "="),
    ("coloneqq", "="),
    ("to", "→"),
    ("rightarrow", "→"),
    ("Rightarrow", "⇒"),
    ("longrightarrow", "→"),
    ("implies", ";"),
    ("infty", "∞"),
    ("checkmark", "✓"),
    ("dots", "…"),
    ("ldots", "…"),
    ("cdots", "…"),
    ("sqrt", "sqrt"),
];

/// What an open brace belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Brace {
    Group,
    /// Of a command that says nothing.
    Silent,
    /// Of a fraction; one of numbers stands in brackets.
    Above {
        fenced: bool,
    },
    Below {
        fenced: bool,
    },
}

struct Writer<'a> {
    line: &'a str,
    at: usize,
    out: Plain,
    braces: Vec<Brace>,
    /// What the next brace opens.
    next: Option<Brace>,
    seen: Seen,
}

/// Signs that a line has had, which say what later ones are.
#[derive(Default)]
struct Seen {
    equal: bool,
    latex: bool,
}

impl<'a> Writer<'a> {
    fn rest(&self) -> &'a str {
        &self.line[self.at..]
    }

    fn push(&mut self, text: &str) {
        self.out.text.push_str(text);
        let at = u32::try_from(self.at).unwrap_or(u32::MAX);
        self.out.from.extend(std::iter::repeat_n(at, text.len()));
    }

    fn take(&mut self, c: char) {
        let rest = self.rest();
        let mut length = c.len_utf8();
        self.seen.equal |= c == '=';
        self.seen.latex |= matches!(c, '\\' | '$');
        match c {
            '\\' => return self.command(),
            '{' if self.next.is_none() && (rest.starts_with("{,}") || rest.starts_with("{.}")) => {
                self.push(&rest[1..2]);
                length = 3;
            }
            '{' => self.open(),
            '}' => self.close(),
            '$' | '`' => {}
            '&' => match entity(rest) {
                Some((sign, whole)) => {
                    self.push(sign);
                    length = whole;
                }
                None => self.cell(&rest[1..]),
            },
            '-' if arrow(rest).is_some() => {
                self.push("→");
                length = arrow(rest).unwrap_or(length);
            }
            '<' if self.seen.equal && points_back(rest) => return self.end(),
            '<' if points_back(rest) => {
                self.push("←");
                length = rest.find(char::is_whitespace).unwrap_or(length);
            }
            '<' => match Tag::at(rest) {
                Some(tag) => {
                    self.push(tag.sign());
                    length = tag.length;
                }
                None => self.push("<"),
            },
            '/' if is_remark(rest) && self.out.text.ends_with(char::is_whitespace) => {
                return self.end();
            }
            // What LaTeX leaves out.
            '%' if self.seen.latex => return self.end(),
            '=' if rest.starts_with("=>") => {
                self.push("⇒");
                length = 2;
            }
            '∕' | '⁄' => self.push("/"),
            '∗' => self.push("*"),
            // Letters of a formula editor: 𝜕𝐿, 𝑧₁ᵢₙ, uⁿᵉʷ.
            '\u{1d400}'..='\u{1d7ff}'
            | 'ᵢ'
            | 'ₙ'
            | 'ₒ'
            | 'ᵤ'
            | 'ₜ'
            | 'ⁱ'
            | 'ⁿ'
            | 'ᵒ'
            | 'ᵘ'
            | 'ᵗ'
            | 'ᵉ'
            | 'ʷ'
            | '′'
            | 'ℒ' => {
                c.nfkc().for_each(|plain| self.push(plain.encode_utf8(&mut [0; 4])));
            }
            '\u{ff01}'..='\u{ff5e}' => {
                let narrow = char::from_u32(u32::from(c) - 0xff01 + 0x21);
                self.push(narrow.unwrap_or(c).encode_utf8(&mut [0; 4]));
            }
            '\u{3000}' => self.push(" "),
            // Without width.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}' => {}
            _ if self.next.is_some() && !c.is_whitespace() => self.argument(c),
            _ => self.push(c.encode_utf8(&mut [0; 4])),
        }
        self.at += length;
    }

    /// Leaves out the rest of the line.
    fn end(&mut self) {
        self.at = self.line.len();
    }

    /// `&=` aligns, any other `&` parts cells.
    fn cell(&mut self, behind: &str) {
        let is_sign = super::written::is_sign;
        let behind = behind.trim_start();
        let aligns = behind.starts_with(is_sign)
            || ["\\approx", "\\sim", "\\equiv"].iter().any(|sign| behind.starts_with(sign))
            || self.out.text.trim_end().ends_with(is_sign);
        self.push(if aligns { " " } else { "|" });
    }

    fn open(&mut self) {
        let brace = self.next.take().unwrap_or(Brace::Group);
        self.braces.push(brace);
        match brace {
            Brace::Group => self.push("{"),
            Brace::Silent | Brace::Above { .. } | Brace::Below { .. } => {}
        }
    }

    fn close(&mut self) {
        match self.braces.pop() {
            None | Some(Brace::Group) => self.push("}"),
            Some(brace) => self.end_of(brace),
        }
    }

    /// Goes from what stands above to what stands below, and on.
    fn end_of(&mut self, brace: Brace) {
        match brace {
            Brace::Group | Brace::Silent => {}
            Brace::Above { fenced } => {
                self.push(if fenced { ")/(" } else { "/" });
                self.next = Some(Brace::Below { fenced });
            }
            Brace::Below { fenced } => self.push(if fenced { "))" } else { "" }),
        }
    }

    /// `\frac12`: one character is an argument too.
    fn argument(&mut self, c: char) {
        self.push(c.encode_utf8(&mut [0; 4]));
        if let Some(brace) = self.next.take() {
            self.end_of(brace);
        }
    }

    /// Reads a command from its backslash.
    fn command(&mut self) {
        let behind = &self.rest()[1..];
        let end = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let word = &behind[..end];
        if word.is_empty() {
            let sign = behind.chars().next();
            match sign {
                // A working goes on in the next row.
                Some('\\') if goes_on(&behind[1..]) => self.push(" "),
                Some('\\') => self.push(";"),
                Some(',' | ';' | ':' | ' ' | '!') => self.push(" "),
                Some('(' | ')' | '[' | ']') | None => {}
                Some(c) => self.push(c.encode_utf8(&mut [0; 4])),
            }
            self.at += 1 + sign.map_or(0, char::len_utf8);
            return;
        }
        let mut length = 1 + end;
        match word {
            "frac" | "tfrac" | "dfrac" => {
                let fenced = !is_slope(&behind[end..]);
                self.push(if fenced { "((" } else { "" });
                self.next = Some(Brace::Above { fenced });
            }
            "begin" | "end" => {
                let argument = behind[end..].strip_prefix('{').and_then(|text| text.find('}'));
                length += argument.map_or(0, |end| end + 2);
            }
            word if SILENT.contains(&word) => {
                let is_space = matches!(word, "quad" | "qquad" | "item" | "hfill");
                if matches!(word, "boxed" | "underline" | "num") {
                    self.next = Some(Brace::Silent);
                }
                self.push(if is_space { " " } else { "" });
            }
            word => {
                let sign = SIGNS.iter().find(|(name, _)| *name == word).map(|(_, sign)| *sign);
                self.push(sign.unwrap_or(word));
            }
        }
        self.at += length;
    }
}

/// Bytes of the longest arrow.
const MOST_DASHES: usize = 10;

/// How long the arrow is that begins here: `->`, `-->`.
fn arrow(text: &str) -> Option<usize> {
    let dashes = text.bytes().take(MOST_DASHES).take_while(|byte| *byte == b'-').count();
    (dashes > 0 && text[dashes..].starts_with('>')).then_some(dashes + 1)
}

/// `<- check`, not `<-0.53`, which may be less than that.
fn points_back(text: &str) -> bool {
    let dashes = text[1..].bytes().take(MOST_DASHES).take_while(|byte| *byte == b'-').count();
    dashes > 0 && text[1 + dashes..].starts_with(char::is_whitespace)
}

/// Whether a remark begins, as in programs.
fn is_remark(text: &str) -> bool {
    text.starts_with("//") || text.starts_with("/*")
}

/// Whether a row begins with an equal sign, and there is one.
fn goes_on(row: &str) -> bool {
    let row = row.trim_start_matches(|c: char| c.is_whitespace() || c == '&');
    row.starts_with(super::written::is_equal_sign) || row.starts_with("\\approx")
}

/// Whether a fraction is a derivative, `{\partial L}{\partial u_1}`.
fn is_slope(arguments: &str) -> bool {
    let above = arguments.trim_start().trim_start_matches('{').trim_start();
    let above =
        above.strip_prefix("\\mathrm").map_or(above, |above| above.trim_start_matches(['{', ' ']));
    above.starts_with("\\partial") || above.starts_with('∂') || above.starts_with('d')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_without_their_looks() {
        for (line, expected) in [
            (r"$z_1^{in} = -0{,}53$", "z_1^{in} = -0,53"),
            (r"\frac{\partial L}{\partial u_1} = -0.0168", "∂ L/∂ u_1 = -0.0168"),
            (r"\frac{dL}{du_1}", "dL/du_1"),
            (r"\frac{1}{2}(1-f)^2", "((1)/(2))(1-f)^2"),
            (r"\frac12", "((1)/(2))"),
            (r"z_1 &= 1 \\", "z_1  = 1 ;"),
            (r"z_{1}^{\text{in}} \approx 1.2 \cdot 10^{-3}", "z_{1}^{{in}} ≈ 1.2 · 10^{-3}"),
            (r"\begin{align*} \delta_1 = 1 \end{align*}", " δ_1 = 1 "),
            (r"\Delta W_{11}", "Δ W_{11}"),
            ("z1_in → -0.53", "z1_in → -0.53"),
            ("z1_in -> -0.53", "z1_in → -0.53"),
            ("z1_in => -0.53", "z1_in ⇒ -0.53"),
            ("𝜕𝐿/𝜕𝑊₁₁ = 𝟏", "∂L/∂W₁₁ = 1"),
            ("z₁ᵢₙ∕u₁ⁿᵉʷ∗2", "z₁in/u₁new*2"),
            ("ｚ１ ＝ １", "z1 = 1"),
            ("`z1_in` = 1\u{200b}", "z1_in = 1"),
            ("a & 1", "a | 1"),
            ("<li>z1_in = <b>1</b></li>", "\u{1e}z1_in = 1\u{1e}"),
            ("<tr><td class=\"n\">a</td><td>1</td></tr>", "\u{1e}|a|1\u{1e}"),
            ("a < b > c", "a < b > c"),
            ("z1 <- 1", "z1 ← 1"),
            ("z1 <-1", "z1 <-1"),
            ("z1 --> 1 ---> 2", "z1 → 1 → 2"),
            (r"$\boxed{z_1^{in} = -0.53}$", "z_1^{in} = -0.53"),
            (r"\num{0.5}", "0.5"),
            ("$z1 = 1$ % easy", "z1 = 1 "),
            ("z1 = 1 <- check", "z1 = 1 "),
            ("z1 = 1 // easy", "z1 = 1 "),
            ("z1 = 1//2", "z1 = 1//2"),
            ("z1 = 1 /* easy */", "z1 = 1 "),
            (r"\mathcal{L} = 1 % easy", "{L} = 1 "),
            ("z1 = 75 %", "z1 = 75 %"),
            ("\\", ""),
            ("\\frac", "(("),
            ("}}{{", "}}{{"),
        ] {
            let plain = plain(line);
            assert_eq!(plain.text, expected, "{line}");
            assert_eq!(plain.text.len(), plain.from.len());
            assert!(
                plain.from.is_sorted() && plain.from.iter().all(|at| (*at as usize) < line.len())
            );
        }
    }
}
