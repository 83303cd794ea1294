//! Section "Looking back": what the one step came to.

use super::block::{Block, Inline, Line};
use super::page::Page;
use crate::math::{Form, Role, Sign};
use crate::name::{Name, Symbol};
use crate::num;

/// Outputs that fit a line.
const SHOWN_OUTPUTS: usize = 4;

/// The title of the section.
pub(super) const TITLE: &str = "Looking back";

pub(super) fn write(page: &mut Page<'_>) {
    let mut facts =
        vec![(label(page), predictions(page)), ("Loss", before_and_after(page, &[Symbol::Loss]))];
    let network = page.lesson.network();
    facts.push((
        "Gradients",
        vec![format!("{}, one for every weight and bias", network.parameters()).into()],
    ));
    page.push(Block::Facts(facts));
    if !page.lesson.settings().apply {
        let can_go_on = page.lesson.exercise().learning_rate.is_some();
        let hint = can_go_on.then(|| Inline::hint(" (--apply shows it)"));
        let told =
            "Every weight and bias has its gradient now. The update takes a step against them";
        page.prose([told.into()].into_iter().chain(hint).chain([".".into()]));
    }
}

fn label(page: &Page<'_>) -> &'static str {
    if page.lesson.network().outputs() == 1 { "Prediction" } else { "Predictions" }
}

/// `f_out = 0.7525 → 0.7615`, and the target.
fn predictions(page: &Page<'_>) -> Line {
    let network = page.lesson.network();
    let outputs = network.outputs();
    let layer = network.depth() - 1;
    let shown: Vec<Symbol> =
        (0..outputs.min(SHOWN_OUTPUTS) as u32).map(|unit| Symbol::Out { layer, unit }).collect();
    let mut line = before_and_after(page, &shown);
    if outputs > shown.len() {
        line.push(format!(", … {} more", num::count(outputs - shown.len())).into());
    }
    let target = Name::Value(Symbol::Target(0));
    if outputs == 1 && page.lesson.has(target) {
        line.extend([",  target ".into(), page.name(target).into(), " = ".into()]);
        line.push(Form::Number(page.text(target), Role::Given).into());
    }
    line
}

fn before_and_after(page: &Page<'_>, symbols: &[Symbol]) -> Line {
    let mut line: Line = Vec::new();
    for (at, &symbol) in symbols.iter().enumerate() {
        if at > 0 {
            line.push(Inline::text(",  "));
        }
        line.extend([page.name(symbol.into()).into(), " = ".into()]);
        line.push(page.value(symbol.into()).into());
        let new = Name::New(symbol);
        if page.lesson.has(new) {
            line.extend([Form::Sign(Sign::Becomes).into(), page.value(new).into()]);
        }
    }
    line
}
