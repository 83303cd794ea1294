//! Blocks of a page as elements of HTML.

use std::fmt::Write;

use super::mathml::MathMlWriter;
use super::{class, escape, table};
use crate::document::figure::{Detail, Figure};
use crate::document::{Block, Inline, Line};
use crate::export::svg;
use crate::math::{Form, Sign};
use crate::name::{Name, Naming};

/// How far a page that a class walks through appears at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beats {
    /// All of it: nobody walks through it.
    None,
    /// A block at a time.
    Blocks,
    /// A block at a time, and a table row by row.
    Rows,
}

/// Writes blocks.
pub(super) struct HtmlWriter<'n> {
    pub(super) math: MathMlWriter<'n>,
    pub(super) beats: Beats,
    /// For each row of a table of factors the links that belong to it.
    pub(super) links: Vec<String>,
    /// Figures so far: each has names of its own.
    figures: usize,
    /// Whether a section has begun; else what is below one stands in its place.
    in_section: bool,
}

impl<'n> HtmlWriter<'n> {
    pub(super) const fn new(naming: Naming<'n>, beats: Beats) -> Self {
        let math = MathMlWriter { naming, terms: Vec::new() };
        Self { math, beats, links: Vec::new(), figures: 0, in_section: false }
    }

    /// The class of a block that appears on its own.
    pub(super) const fn beat(&self) -> &'static str {
        match self.beats {
            Beats::None => "",
            Beats::Blocks | Beats::Rows => " b",
        }
    }

    /// One block at the end of `out`.
    pub(super) fn block(&mut self, block: &Block<'_>, out: &mut String) {
        let beat = self.beat();
        let _ = match block {
            Block::Title(title) => writeln!(out, "<h1>{}</h1>", escape(title)),
            Block::Heading(number, title) => {
                self.in_section = true;
                writeln!(out, "<h2><span class=\"n\">{number}</span> {}</h2>", escape(title))
            }
            Block::Subheading(line) => {
                let level = if self.in_section { "h3" } else { "h2" };
                writeln!(out, "<{level}>{}</{level}>", self.line(line))
            }
            Block::Prose(line) => writeln!(out, "<p class=\"p{beat}\">{}</p>", self.line(line)),
            Block::Facts(facts) => {
                self.facts(facts, out);
                Ok(())
            }
            Block::Equation { left, rights } => {
                self.equation(left, rights, out);
                Ok(())
            }
            Block::Table(table) => {
                table::write(self, table, out);
                Ok(())
            }
            Block::LongTable(table) => {
                table::write(self, &table.whole(), out);
                Ok(())
            }
            Block::Figure(figure) => {
                self.figure(figure, out);
                Ok(())
            }
            Block::Layers => {
                writeln!(out, "<figure class=\"p{beat}\">{}</figure>", svg::layers())
            }
            Block::Chart(chart) => {
                writeln!(out, "<figure class=\"p{beat}\">{}</figure>", svg::chart(chart))
            }
        };
    }

    pub(super) fn figure(&mut self, figure: &Figure<'_>, out: &mut String) {
        self.figures += 1;
        let prefix = format!("f{}", self.figures);
        let settings = svg::SvgSettings {
            caption: None,
            detail: Detail::READABLE,
            mono: false,
            with_style: false,
            alone: false,
            prefix: &prefix,
        };
        // It is there from the beginning of its step.
        let _ = writeln!(out, "<figure class=\"net\">{}</figure>", svg::figure(figure, settings));
    }

    /// Words and formulas that run on.
    pub(super) fn line(&self, line: &[Inline]) -> String {
        let mut out = String::new();
        for inline in line {
            match inline {
                Inline::Text(text, role) => {
                    let words = escape(&with_minus(text));
                    let _ = match class(*role) {
                        "" => write!(out, "{words}"),
                        class => write!(out, "<span class=\"{class}\">{words}</span>"),
                    };
                }
                Inline::Math(form) => out.push_str(&self.formula(form)),
                // Advice for the command line.
                Inline::Hint(_) => {}
            }
        }
        out
    }

    /// A formula; a number alone needs no mathematics to be read.
    pub(super) fn formula(&self, form: &Form) -> String {
        if let Form::Number(text, role) = form
            && !text.contains('e')
        {
            return self.line(&[Inline::Text(text.clone(), *role)]);
        }
        self.math.math(form)
    }

    /// Facts with their labels; lines in front of the first label are lines.
    fn facts(&self, facts: &[(&'static str, Line)], out: &mut String) {
        let beat = self.beat();
        let start = facts.iter().take_while(|(label, _)| label.is_empty()).count();
        for (_, line) in &facts[..start] {
            let _ = writeln!(out, "<p class=\"p{beat}\">{}</p>", self.line(line));
        }
        if start == facts.len() {
            return;
        }
        let _ = write!(out, "<dl class=\"p{beat}\">");
        for (label, line) in &facts[start..] {
            // A label stands for the lines below it that have none.
            if !label.is_empty() {
                let _ = write!(out, "<dt>{}</dt>", escape(label));
            }
            let _ = write!(out, "<dd>{}</dd>", self.line(line));
        }
        out.push_str("</dl>\n");
    }

    /// `left = right`, and every further right side under the first.
    fn equation(&self, left: &Form, rights: &[Form], out: &mut String) {
        let beat = self.beat();
        out.push_str("<div class=\"eq\">");
        for (at, right) in rights.iter().enumerate() {
            let left = if at == 0 { self.math.math(left) } else { String::new() };
            let right = self.math.math(&Form::Row(vec![Form::Sign(Sign::Equals), right.clone()]));
            let _ = write!(
                out,
                "<div class=\"w{beat}\"><div>{left}</div><div class=\"r\">{right}</div></div>"
            );
        }
        out.push_str("</div>\n");
    }

    /// The formulas that follow are about these factors.
    pub(super) fn about(&mut self, terms: Vec<Name>, links: Vec<String>) {
        self.math.terms = terms;
        self.links = links;
    }
}

/// The text with a true minus in front of numbers.
fn with_minus(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let opens = matches!(before, ' ' | '\u{a0}' | '(' | '=' | '·');
        let is_minus = c == '-' && opens && chars.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_minus { '−' } else { c });
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::with_minus;

    #[test]
    fn a_minus_is_one_only_in_front_of_a_number() {
        assert_eq!(with_minus("-0.5 (-1) a-1 x -y 2011-12"), "−0.5 (−1) a-1 x -y 2011-12");
    }
}
