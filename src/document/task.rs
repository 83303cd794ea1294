//! The task by itself: all that is given, for somebody who has only pen and
//! paper. Its numbers are not rounded.

use compact_str::format_compact;

use super::Readings;
use super::block::{Block, Inline, Line};
use super::network::{SHOWN_COMPONENTS, rules, sample, summary};
use super::page::Page;
use crate::math::Role;
use crate::name::{Name, Symbol};
use crate::num::{self, MOST_DIGITS};

/// The most weights, and biases, of one layer that are all shown.
const MOST_WEIGHTS: usize = 40;
const MOST_BIASES: usize = 16;

/// Of more, as many as say which is which.
const FIRST_SHOWN: usize = 8;

/// The network in a sentence, then the sample, the weights and biases, and the
/// formulas that belong to it.
pub fn task<'a>(readings: Readings<'_>) -> Vec<Block<'a>> {
    let page = Page::new(Readings { digits: MOST_DIGITS.into(), ..readings });
    let mut facts = sample(&page);
    let (parameters, is_whole) = parameters(&page);
    let network = page.lesson.network();
    let is_whole = is_whole && network.inputs().max(network.outputs()) <= SHOWN_COMPONENTS;
    facts.extend(parameters);
    facts.extend(rules(&page));
    let mut blocks = vec![Block::Prose(vec![summary(&page).into()]), Block::Facts(facts)];
    if !is_whole {
        let words = "What is left out here stands in the scenario.";
        blocks.push(Block::Prose(vec![words.into()]));
    }
    blocks
}

/// A line for the weights of each layer, one for its biases, and whether these
/// are all.
fn parameters(page: &Page<'_>) -> (Vec<(&'static str, Line)>, bool) {
    let network = page.lesson.network();
    let (mut weights, mut biases) = (Vec::new(), Vec::new());
    let layers = page.layers();
    let mut is_whole = layers.len() == network.layers.len();
    for (at, layer) in layers.iter().copied().enumerate() {
        let left_out = at.checked_sub(1).map_or(0, |before| layer - layers[before] - 1);
        if left_out > 0 {
            let words = format!("… {} more …", num::counted(left_out as usize, "layer"));
            weights.push(vec![Inline::Text(words.into(), Role::Faint)]);
        }
        let shape = &network.layers[layer as usize];
        let (inputs, units) = (shape.inputs(), shape.units());
        is_whole &= inputs * units <= MOST_WEIGHTS && units <= MOST_BIASES;
        weights.push(values(page, inputs * units, MOST_WEIGHTS, |at| Symbol::Weight {
            layer,
            from: (at / units) as u32,
            to: (at % units) as u32,
        }));
        if shape.biases.is_some() {
            biases.push(values(page, units, MOST_BIASES, |at| Symbol::Bias {
                layer,
                unit: at as u32,
            }));
        }
    }
    let facts = labelled("Weights", weights).chain(labelled("Biases", biases));
    (facts.collect(), is_whole)
}

/// A label for the first of several lines.
fn labelled(label: &'static str, lines: Vec<Line>) -> impl Iterator<Item = (&'static str, Line)> {
    lines.into_iter().enumerate().map(move |(at, line)| (if at == 0 { label } else { "" }, line))
}

/// `W11 = -0.07, W12 = 0.94`: all up to `most`, else the first and how many
/// more there are.
fn values(page: &Page<'_>, count: usize, most: usize, symbol: impl Fn(usize) -> Symbol) -> Line {
    let mut line = Line::new();
    let shown = if count <= most { count } else { FIRST_SHOWN };
    for at in 0..shown {
        let name = Name::Value(symbol(at));
        line.extend([
            if at > 0 { ", " } else { "" }.into(),
            page.name(name).into(),
            "\u{a0}=\u{a0}".into(),
            Inline::Text(page.text(name), Role::Given),
        ]);
    }
    if shown < count {
        let more = num::count(count - shown);
        line.push(Inline::Text(format_compact!(", … {more} more"), Role::Faint));
    }
    line
}
