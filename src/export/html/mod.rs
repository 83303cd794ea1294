//! Pages as HTML: one file that asks nothing of anybody. Formulas are MathML, the
//! network is SVG, and a small script walks through a lesson step by step. Without
//! it all of the page is there.
//!
//! A passage of the telling is a `section`; what appears on its own in it has the
//! class `b`, a beat. A row of a table of factors has in `data-links` the links of
//! the figure that it is about.

mod block;
mod mathml;
mod sheet;
mod shell;
mod table;

pub use sheet::sheet;

use std::io::{self, Write};

use block::{Beats, HtmlWriter};

use super::svg::escape;
use super::walk::WalkedChain;
use crate::document::figure::{Detail, chain};
use crate::document::{Block, Passage};
use crate::lesson::Lesson;
use crate::math::Role;
use crate::name::{Name, Naming};
use crate::num::Precision;
use crate::telling::{Part, Topic};

/// Chains that have a figure of their own; a reader has seen enough of them by
/// then.
const MOST_FIGURES: usize = 24;

/// Writes a lesson, passage by passage as they come.
///
/// # Errors
/// When `out` cannot be written to.
pub fn lesson<'a>(
    lesson: &'a Lesson<'a>,
    title: &str,
    digits: Precision,
    passages: impl Iterator<Item = Passage<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    shell::begin(title, Some(shell::WALK), out)?;
    let mut writer = HtmlWriter::new(lesson.naming(), Beats::Blocks);
    let mut chains = 0;
    for passage in passages {
        let mut text = String::new();
        let topic = passage.topics.first().copied();
        let part = topic.map_or_else(String::new, |topic| topic.part.title(lesson.naming()));
        let walk = WalkedChain::of(&passage, lesson, digits);
        chains += usize::from(walk.is_some());
        let gradient = walk.as_ref().map(|walk| walk.gradient);
        writer.beats = if topic.is_some_and(by_row) { Beats::Rows } else { Beats::Blocks };
        text.push_str("<section");
        if !part.is_empty() {
            text.push_str(" data-part=\"");
            text.push_str(&escape(&part));
            text.push('"');
        }
        text.push_str(">\n");
        let mut factors = gradient.map_or_else(Vec::new, |name| chain::factors(lesson, name));
        for block in &passage.blocks {
            let (Block::Figure(figure), Some(walk)) = (block, &walk) else {
                writer.block(block, &mut text);
                continue;
            };
            if chains > MOST_FIGURES {
                continue;
            }
            let net = figure.net(Detail::READABLE);
            let links = factors.iter().map(|factor| links(lesson, &net, *factor));
            let links = links.collect();
            writer.about(std::mem::take(&mut factors), links);
            match walk.lit(None) {
                Some(lit) => writer.figure(&lit, &mut text),
                None => writer.block(block, &mut text),
            }
        }
        writer.about(Vec::new(), Vec::new());
        text.push_str("</section>\n");
        out.write_all(text.as_bytes())?;
    }
    shell::end(Some(shell::WALK), out)
}

/// Writes a page that nobody walks through.
///
/// # Errors
/// When `out` cannot be written to.
pub fn page<'a>(
    title: &str,
    naming: Naming<'_>,
    blocks: impl IntoIterator<Item = Block<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    shell::begin(title, None, out)?;
    let mut writer = HtmlWriter::new(naming, Beats::None);
    out.write_all(b"<section>\n")?;
    for block in blocks {
        let mut text = String::new();
        writer.block(&block, &mut text);
        out.write_all(text.as_bytes())?;
    }
    out.write_all(b"</section>\n")?;
    shell::end(None, out)
}

/// Whether the tables of a topic are worked out row by row.
const fn by_row(topic: Topic) -> bool {
    match topic.part {
        Part::Forward | Part::Backward(_) | Part::Update | Part::After => true,
        Part::Goal | Part::Network | Part::Closing => false,
    }
}

/// The links of a figure that belong to a factor, with blanks between them.
fn links(lesson: &Lesson<'_>, net: &crate::document::figure::FigureNet, factor: Name) -> String {
    let naming = lesson.naming().ours();
    let links = net.links_of(lesson.network(), factor).into_iter().map(|link| naming.plain(link));
    links.collect::<Vec<_>>().join(" ")
}

/// The class of what a part is to the reader; none for what is nothing special.
const fn class(role: Role) -> &'static str {
    match role {
        Role::Plain => "",
        Role::Given => "given",
        Role::Forward => "fwd",
        Role::Known => "known",
        Role::New => "new",
        Role::Carried => "carried",
        Role::Wrong => "wrong",
        Role::Faint => "q",
        Role::Heading => "strong",
    }
}
