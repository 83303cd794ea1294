//! Frames led by the figure: the term or value that is being worked out is lit, and
//! stands below as its formula, its numbers and its value.

use super::ROOM;
use super::frames::{FIGURE_SHARE, Frames};
use crate::document::figure::{Figure, chain};
use crate::document::{Block, Line, Passage, Readings, forward, told};
use crate::export::latex::block::FIGURE_HEIGHT;
use crate::export::walk::{WalkedChain, lit};
use crate::math::{Form, Role, Sign};
use crate::name::Name;
use crate::telling::{AlikeKind, Part, Subject};

/// Quantities of a layer that the figure leads through; more are a table.
const MOST: usize = 4;

/// Share of a figure's usual height below which nothing in it is read.
const LEAST_SHARE: f64 = 0.1;

/// Points of a chain in names, with its values and air.
const CHAIN: f64 = 50.0;

/// Terms of a chain that stand with their values under them.
const TERMS: usize = 7;

/// A passage that the figure can lead through; whether it is one.
pub(super) fn passage(
    frames: &mut Frames<'_, '_>,
    passage: &Passage<'_>,
    readings: Readings<'_>,
) -> bool {
    if let Some(walk) = WalkedChain::of(passage, readings.lesson, readings.digits) {
        chain_of(frames, passage, readings, &walk);
        return true;
    }
    let Some(groups) = groups(passage, readings) else { return false };
    let is_table = |block: &Block<'_>| matches!(block, Block::Table(_));
    let table = passage.blocks.iter().position(is_table).unwrap_or(0);
    let (before, after) = passage.blocks.split_at(table);
    before.iter().for_each(|block| frames.block(block));
    let last = groups.len().saturating_sub(1);
    for (at, (about, names)) in groups.iter().enumerate() {
        let why = if at == last { said(frames, after) } else { String::new() };
        values(frames, readings, about, names, &why);
    }
    true
}

/// What a passage says in words.
fn said(frames: &Frames<'_, '_>, blocks: &[Block<'_>]) -> String {
    let prose = blocks.iter().filter(|block| matches!(block, Block::Prose(_)));
    prose.map(|block| frames.writer.block(block)).collect()
}

/// The steps of a forward pass that is small enough, each with what it is about.
fn groups(passage: &Passage<'_>, readings: Readings<'_>) -> Option<Vec<(Line, Vec<Name>)>> {
    let lesson = readings.lesson;
    let group = |topic: &crate::telling::Topic| {
        let Subject::Alike(alike) = topic.subject else { return None };
        let count = alike.count(lesson);
        if topic.part != Part::Forward || count > MOST {
            return None;
        }
        let about = match alike.kind {
            AlikeKind::In(layer) => told(&forward::step(lesson.naming(), layer, false)),
            AlikeKind::Out(layer) => told(&forward::step(lesson.naming(), layer, true)),
            AlikeKind::Terms => vec!["What each output adds to the loss.".into()],
            AlikeKind::Loss => vec!["The loss: how far off the prediction is.".into()],
            AlikeKind::Signals(_)
            | AlikeKind::Gradients { .. }
            | AlikeKind::Weights(_)
            | AlikeKind::Biases(_) => {
                return None;
            }
        };
        Some((about, (0..count).map(|at| alike.name(lesson, at)).collect()))
    };
    let groups: Option<Vec<_>> = passage.topics.iter().map(group).collect();
    groups.filter(|groups| !groups.is_empty())
}

/// A frame for the quantities of one step, an overlay for each.
fn values(
    frames: &mut Frames<'_, '_>,
    readings: Readings<'_>,
    about: &[crate::document::Inline],
    names: &[Name],
    why: &str,
) {
    let mut content = format!("\\framesubtitle{{{}}}\n", frames.writer.line(about));
    let worked = Worked::all(readings, names);
    let share = share(frames, &worked, 0.0);
    for (&name, at) in names.iter().zip(1..) {
        let figure = lit(readings.lesson, readings.digits, name, None);
        content.push_str(&only(at, &picture(frames, figure, share)));
    }
    content.push_str("\\bigskip\n");
    for (worked, at) in worked.into_iter().zip(1..) {
        content.push_str(&only(at, &worked_out(frames, worked)));
    }
    frames.led(&content, why);
}

/// A frame for a chain: the figure with one term after the other lit, the chain with
/// their values, each term below, and in the end the product.
fn chain_of(
    frames: &mut Frames<'_, '_>,
    passage: &Passage<'_>,
    readings: Readings<'_>,
    walk: &WalkedChain<'_>,
) {
    let is_title = |block: &&Block<'_>| matches!(block, Block::Heading(..) | Block::Subheading(_));
    let of_chain = |block: &&Block<'_>| matches!(block, Block::Subheading(_));
    let start = passage.blocks.iter().position(|block| of_chain(&block)).unwrap_or(0);
    let (before, own) = passage.blocks.split_at(start);
    before.iter().for_each(|block| frames.block(block));
    own.iter().filter(is_title).for_each(|block| frames.block(block));
    let factors = chain::factors(readings.lesson, walk.gradient);
    let all = factors.len() + 1;
    let mut content = String::new();
    let worked = Worked::all(readings, &factors);
    let share = share(frames, &worked, CHAIN);
    for at in 1..=all {
        let figure = walk.lit((at < all).then_some(at));
        content.push_str(&only(at, &picture(frames, figure, share)));
    }
    content.push_str(&product(frames, readings, walk.gradient, &factors));
    for (worked, at) in worked.into_iter().zip(1..) {
        content.push_str(&only(at, &worked_out(frames, worked)));
    }
    // The product with its numbers is the last equation of the passage.
    let is_equation = |block: &&Block<'_>| matches!(block, Block::Equation { .. });
    if let Some(block) = own.iter().rfind(is_equation) {
        content.push_str(&only(all, &frames.writer.block(block)));
    }
    let why = said(frames, own);
    frames.led(&content, &why);
}

/// The chain in names, its terms with their values as they are found.
fn product(
    frames: &Frames<'_, '_>,
    readings: Readings<'_>,
    gradient: Name,
    factors: &[Name],
) -> String {
    let math = frames.writer.math;
    let term = |(at, &factor): (usize, &Name)| {
        let name = math.math(&Form::Name(factor, Role::Plain));
        let value = math.math(&Form::Number(readings.text(factor), Role::Plain));
        match factors.len() {
            0..=TERMS => format!("\\btterm{{{}}}{{{name}}}{{{value}}}", at + 1),
            _ => name,
        }
    };
    let terms: Vec<_> = factors.iter().enumerate().map(term).collect();
    let left = math.math(&Form::Name(gradient, Role::Plain));
    let times = math.math(&Form::Sign(Sign::Times));
    format!("\\bteq{{{left}}}{{ $\\displaystyle {{}} = {}$}}\\bigskip\n", terms.join(&times))
}

/// A quantity and what it equals: its formula, its numbers and its value.
struct Worked {
    left: Form,
    rights: Vec<Form>,
}

impl Worked {
    fn all(readings: Readings<'_>, names: &[Name]) -> Vec<Self> {
        let one = |&name| Self { left: readings.full_name(name), rights: readings.rights(name) };
        names.iter().map(one).collect()
    }
}

/// A quantity as it is worked out; in one line where it fits.
fn worked_out(frames: &Frames<'_, '_>, worked: Worked) -> String {
    let (writer, Worked { left, rights }) = (frames.writer, worked);
    let mut row = vec![left.clone()];
    for right in &rights {
        row.extend([Form::Sign(Sign::Equals), right.clone()]);
    }
    let row = Form::Row(row);
    if writer.measure().width(&row) * writer.size < writer.width {
        return format!("$\\displaystyle {}$\\par\n", writer.math.math(&row));
    }
    writer.block(&Block::Equation { left, rights })
}

/// How much of its usual height a figure has above the tallest of what is worked out,
/// and `more` points.
fn share(frames: &Frames<'_, '_>, worked: &[Worked], more: f64) -> f64 {
    let heights = worked.iter().map(|worked| frames.height(&worked.rights));
    let below = frames.writer.size * (heights.fold(0.0, f64::max) + more);
    ((ROOM - below) / FIGURE_HEIGHT).clamp(LEAST_SHARE, FIGURE_SHARE)
}

fn picture(frames: &Frames<'_, '_>, figure: Option<Figure<'_>>, share: f64) -> String {
    figure.map_or_else(String::new, |figure| frames.writer.figure(&figure, share))
}

/// What is seen on one overlay only.
fn only(at: usize, content: &str) -> String {
    format!("\\only<{at}>{{{content}}}%\n")
}
