//! Section "The network": what is given.

use compact_str::{CompactString, format_compact};

use super::block::{Block, Inline, Line};
use super::figure::{Figure, Highlight};
use super::page::{Page, equals};
use crate::expr::{Expr, Op};
use crate::lesson::batch::LessonBatch;
use crate::math::{Form, Role};
use crate::name::{Name, Symbol};
use crate::network::activation::ActivationForm as Coupling;
use crate::network::loss::Targets;
use crate::network::{Activation, Layer};
use crate::num;

/// Components of a sample that fit a line.
pub(super) const SHOWN_COMPONENTS: usize = 12;

/// The title of the section.
pub(super) const TITLE: &str = "The network";

pub(super) fn write(page: &mut Page<'_>) {
    page.say(summary(page));
    picture(page, Vec::new());
    facts(page, true);
}

/// The same for several samples: nothing of a single one.
pub(super) fn write_without_sample(page: &mut Page<'_>) {
    page.heading("The network");
    page.say(summary(page));
    let (lesson, digits) = (page.lesson, page.digits);
    let value = move |name: Name| {
        let Name::Value(symbol) = name else { return None };
        lesson.network().parameter(symbol).map(|_| lesson.text(name, digits))
    };
    page.push(Block::Figure(Figure::new(lesson.network(), value)));
    facts(page, false);
}

/// The drawing with the values known before the lesson starts, and a path.
pub(super) fn picture(page: &mut Page<'_>, path: Vec<Symbol>) {
    let (lesson, digits) = (page.lesson, page.digits);
    let whole_pass = !path.is_empty();
    let value = move |name: Name| {
        let given = matches!(name, Name::Value(symbol) if lesson.network().parameter(symbol).is_some())
            || matches!(name, Name::Value(Symbol::Input(_)));
        (lesson.has(name) && (given || whole_pass)).then(|| lesson.text(name, digits))
    };
    let figure = Figure::new(lesson.network(), value).lit(Highlight::path(path));
    page.push(Block::Figure(figure));
}

/// The network in a sentence.
pub(super) fn summary(page: &Page<'_>) -> String {
    let network = page.lesson.network();
    let outputs = network.layers.len() - 1;
    let mut parts = vec![num::counted(network.inputs(), "input")];
    // Layers alike in a row are told together.
    let mut layers = network.layers[..outputs].iter().peekable();
    while let Some(layer) = layers.next() {
        let mut alike = 1;
        let same =
            |next: &&Layer| next.units() == layer.units() && next.activation == layer.activation;
        while layers.next_if(same).is_some() {
            alike += 1;
        }
        let (units, key) = (layer.units(), layer.activation.key);
        parts.push(if alike == 1 {
            format_compact!("{} ({key})", num::counted(units, "hidden unit"))
        } else {
            let layers = num::counted(alike, "hidden layer");
            format_compact!("{layers} of {} ({key})", num::counted(units, "unit"))
        });
    }
    let output = network.output_layer();
    let key = output.activation.key;
    parts.push(format_compact!("{} ({key})", num::counted(output.units(), "output")));
    let weights = num::counted(network.weights(), "weight");
    let biases = match network.parameters() - network.weights() {
        0 => "no biases".into(),
        1 => "1 bias".into(),
        many => format_compact!("{} biases", num::count(many)),
    };
    let shape = if network.layers.len() <= page.limits.layers {
        format!("a {} network", network.shape())
    } else {
        format!("a network of {} layers", network.layers.len())
    };
    format!("{}: {shape} with {weights} and {biases}.", parts.join(", "))
}

fn facts(page: &mut Page<'_>, with_sample: bool) {
    let mut facts = if with_sample { sample(page) } else { Vec::new() };
    facts.extend(rules(page));
    page.push(Block::Facts(facts));
}

/// The activations, the loss and the learning rate.
pub(super) fn rules(page: &Page<'_>) -> Vec<(&'static str, Line)> {
    let lesson = page.lesson;
    if let Some(samples) = lesson.samples() {
        // The formulas are those of any sample.
        let first = samples.lessons().first();
        return first.map_or_else(Vec::new, |lesson| rules(&page.of_lesson(lesson)));
    }
    let network = lesson.network();
    let mut facts = Vec::new();
    let mut told: Vec<&Activation> = Vec::new();
    for (at, layer) in (0..).zip(&network.layers) {
        if !told.contains(&layer.activation) {
            told.push(layer.activation);
            facts.push(("Activation", activation(page, at, layer)));
        }
    }
    facts.extend(losses(page));
    if lesson.exercise().learning_rate.is_some() {
        let rate = Name::Value(Symbol::Rate);
        let mut line: Line = vec![equals(page.name(rate), page.value_given(rate)).into()];
        let biases = network.parameters() > network.weights();
        if biases && !lesson.exercise().update_biases {
            line.push(", for the weights only: this exercise leaves the biases as they are".into());
        }
        facts.push(("Learning rate", line));
    }
    facts
}

/// The input and the target.
pub(super) fn sample(page: &Page<'_>) -> Vec<(&'static str, Line)> {
    if let Some(samples) = page.lesson.samples() {
        return all_samples(page, samples);
    }
    let network = page.lesson.network();
    let mut facts = vec![("Sample", vector(page, "x", network.inputs(), Symbol::Input))];
    if network.loss.targets != Targets::Unused {
        let target = vector(page, "y", network.outputs(), Symbol::Target);
        if network.inputs() + network.outputs() <= SHOWN_COMPONENTS {
            facts[0].1.push(",  ".into());
            facts[0].1.extend(target);
        } else {
            facts.push(("Target", target));
        }
    }
    facts
}

/// The input and the target of several samples, a line each.
fn all_samples(page: &Page<'_>, samples: &LessonBatch<'_>) -> Vec<(&'static str, Line)> {
    let count = samples.lessons().len();
    let shown = page.shown(count);
    let mut facts: Vec<(&'static str, Line)> = Vec::new();
    for (at, lesson) in samples.lessons().iter().take(shown).enumerate() {
        for (part, (_, mut line)) in sample(&page.of_lesson(lesson)).into_iter().enumerate() {
            if part == 0 {
                line.insert(0, format!("{}:  ", at + 1).into());
            }
            facts.push((if facts.is_empty() { "Samples" } else { "" }, line));
        }
    }
    if shown < count {
        let more = format_compact!("… {} more", num::count(count - shown));
        facts.push(("", vec![Inline::Text(more, Role::Faint)]));
    }
    let word = samples.reduction().word();
    facts.push(("Risk", vec![format!("R is the {word} of their losses").into()]));
    facts
}

/// `x = (1, 0)`: a few components, and how many more there are.
fn vector(page: &Page<'_>, letter: &str, count: usize, symbol: fn(u32) -> Symbol) -> Line {
    let shown: Vec<CompactString> = (0..count.min(SHOWN_COMPONENTS) as u32)
        .map(|at| page.text(Name::Value(symbol(at))))
        .collect();
    let shown = shown.join(", ");
    let value = match (count, count.saturating_sub(SHOWN_COMPONENTS)) {
        (1, _) => shown,
        (_, 0) => format!("({shown})"),
        (_, more) => format!("({shown}, … {} more)", num::count(more)),
    };
    vec![format!("{letter} = ").into(), Inline::Text(value.into(), Role::Given)]
}

/// `z1_out = σ(z1_in) = 1/(1 + exp(-z1_in))`
fn activation(page: &Page<'_>, layer: u32, shape: &Layer) -> Line {
    let (out, z) = (Symbol::Out { layer, unit: 0 }, Symbol::In { layer, unit: 0 });
    let mut line: Line = vec![page.name(out.into()).into(), " = ".into()];
    let Some(expr) = page.lesson.expression(out.into()) else { return line };
    if !is_plain(&expr) {
        line.push(Inline::text(format!("{}(", shape.activation.symbol)));
        line.push(page.name(z.into()).into());
        let coupled = matches!(shape.activation.form, Coupling::Together(_)) && shape.units() > 1;
        line.push(if coupled { ", …) = " } else { ") = " }.into());
    }
    line.push(page.short_formula(&expr).into());
    line
}

/// Whether a formula needs no other name: `z1_in`, `tanh(z1_in)`.
fn is_plain(expr: &Expr) -> bool {
    matches!(expr, Expr::Leaf(_) | Expr::Apply(Op::Tanh, _))
}

fn losses(page: &Page<'_>) -> Vec<(&'static str, Line)> {
    let words = page.lesson.network().loss.key.replace('_', " ");
    let names = [Name::Value(Symbol::Loss), Name::Value(Symbol::Term(0))];
    let mut facts: Vec<(&'static str, Line)> = Vec::new();
    for name in names.into_iter().filter(|name| page.lesson.has(*name)) {
        if let Some(expr) = page.lesson.expression(name) {
            let label = if facts.is_empty() { "Loss" } else { "" };
            facts.push((label, vec![equals(page.name(name), page.short_formula(&expr)).into()]));
        }
    }
    if let Some((_, line)) = facts.last_mut() {
        line.push(Inline::Text(format_compact!("  ({words})"), Role::Faint));
    }
    facts
}

impl Page<'_> {
    fn value_given(&self, name: Name) -> Form {
        Form::Number(self.text(name), Role::Given)
    }
}
