//! Section "Backward pass": the first weight of each layer factor by factor,
//! as the lecture walks `u1` and `W11`; then the error signal is cached, and
//! every other weight of the layer is one line.

use std::collections::HashSet;

use super::block::{Align, Block, Column, Inline, Line, Table};
use super::network;
use super::page::{Group, Page};
use crate::expr::Expr;
use crate::lesson::{Walk, chain};
use crate::math::Role;
use crate::name::{Name, Symbol};
use crate::network::activation::Form as Coupling;

pub(super) fn write(page: &mut Page<'_>) {
    page.heading("Backward pass");
    page.say(
        "Now back from the loss: the chain rule multiplies one factor for every link between the \
         loss and a weight.",
    );
    let mut walker = Walker::default();
    let mut layers = page.layers().into_iter().rev().peekable();
    while let Some(layer) = layers.next() {
        walker.layer(page, layer);
        page.say_left_out(layer, layers.peek().copied());
    }
}

/// One weight or bias, walked in full.
pub(super) fn write_only(page: &mut Page<'_>, parameter: Symbol) {
    Walker::default().walk(page, parameter);
}

/// Why a slope is not the everyday one.
const FAR_SLOPE: &str = "This unit is so far out that its output has no digits left for the slope; \
                         an equal formula takes it from the input.";

/// What the reader has seen so far.
#[derive(Default)]
struct Walker {
    factors: HashSet<Name>,
    reasons: Vec<&'static str>,
}

impl Walker {
    fn layer(&mut self, page: &mut Page<'_>, layer: u32) {
        let shape = &page.lesson.network().layers[layer as usize];
        if page.lesson.settings().walk == Walk::All {
            for unit in 0..shape.units() as u32 {
                for from in 0..shape.inputs() as u32 {
                    self.walk(page, Symbol::Weight { layer, from, to: unit });
                }
                self.introduce_signal(page, layer, unit);
            }
        } else {
            self.coupled_factors(page, layer);
            self.walk(page, Symbol::Weight { layer, from: 0, to: 0 });
            self.introduce_signal(page, layer, 0);
        }
        self.other_signals(page, layer);
        other_gradients(page, layer);
    }

    /// Where the activation couples the outputs, what the first error signal is
    /// the sum of.
    fn coupled_factors(&mut self, page: &mut Page<'_>, layer: u32) {
        let network = page.lesson.network();
        let Coupling::Together(_) = network.layers[layer as usize].activation.form else { return };
        let own = Symbol::In { layer, unit: 0 };
        let out = move |unit: usize| Symbol::Out { layer, unit: unit as u32 };
        page.prose([
            "Here every input of the layer moves every output. So ".into(),
            page.name(own.into()).into(),
            format!(
                " reaches the loss on {} paths, one through each output. The factors on them:",
                network.units(layer)
            )
            .into(),
        ]);
        let groups = [
            Group::new("", network.units(layer), move |unit| Name::loss_by(out(unit))),
            Group::new("", network.units(layer), move |unit| Name::derivative(out(unit), own)),
        ];
        page.quantity_table(None, &groups);
        for factor in [Name::loss_by(out(0)), Name::derivative(out(0), own)] {
            let reason = self.reason(page, factor);
            self.explain(page, reason);
        }
    }

    fn explain(&self, page: &mut Page<'_>, reasons: impl IntoIterator<Item = &'static str>) {
        for reason in reasons {
            page.say(reason);
        }
    }

    /// The whole chain of one parameter.
    fn walk(&mut self, page: &mut Page<'_>, parameter: Symbol) {
        let gradient = Name::loss_by(parameter);
        let factors = chain::to_parameter(page.lesson, parameter);
        page.subheading([
            "How does the loss change with ".into(),
            page.name(parameter.into()).into(),
            "?".into(),
        ]);
        network::picture(page, path(page, parameter));
        let product = crate::expr::product(factors.iter().map(|name| Expr::from(*name)));
        page.push(Block::Equation {
            left: page.name(gradient),
            rights: vec![page.formula(&product)],
        });
        self.factor_table(page, &factors);
        let words = [
            "one factor",
            "both factors",
            "all three factors",
            "all four factors",
            "all five factors",
        ];
        let all = words.get(factors.len() - 1).copied().unwrap_or("all factors");
        page.prose([format!("Plugging {all} together:").into()]);
        page.push(Block::Equation {
            left: page.name(gradient),
            rights: vec![page.numbers(&product), page.value(gradient)],
        });
        page.remark_on_rounding([gradient]);
    }

    fn factor_table(&mut self, page: &mut Page<'_>, factors: &[Name]) {
        let columns = Column::all([
            ("", Align::Label),
            ("factor", Align::Label),
            ("formula", Align::Flowing),
            ("with numbers", Align::Flowing),
            ("value", Align::Decimal),
            ("known", Align::Label),
        ]);
        let mut reasons = Vec::new();
        let mut rows = Vec::new();
        for (at, &factor) in factors.iter().enumerate() {
            let mut row = page.row(factor);
            row.insert(0, vec![Inline::text((at + 1).to_string())]);
            row.push(vec![self.status(page, factor)]);
            rows.push(row);
            if self.factors.insert(factor) {
                reasons.extend(self.reason(page, factor));
            }
        }
        page.push(Block::Table(Table { columns, rows, left_out: 0 }));
        page.remark_on_rounding(factors.iter().copied());
        page.remark_on_carried(factors.iter().copied());
        self.explain(page, reasons);
    }

    /// Where a factor comes from, for someone who does the pass by hand.
    fn status(&self, page: &Page<'_>, factor: Name) -> Inline {
        if self.factors.contains(&factor) {
            return Inline::Text("already known".to_owned(), Role::Known);
        }
        match page.lesson.expression(factor) {
            Some(Expr::Leaf(Name::Value(Symbol::Out { .. }))) => {
                Inline::Text("forward pass".to_owned(), Role::Forward)
            }
            Some(Expr::Leaf(Name::Value(Symbol::Input(_) | Symbol::Weight { .. }))) => {
                Inline::Text("given".to_owned(), Role::Given)
            }
            Some(_) | None => Inline::Text("new".to_owned(), Role::New),
        }
    }

    /// Why a factor is what it is, the first time its rule is used.
    fn reason(&mut self, page: &Page<'_>, factor: Name) -> Option<&'static str> {
        let network = page.lesson.network();
        let output = page.lesson.naming();
        let reason = if let Name::Derivative { of: Symbol::Out { layer, unit }, .. } = factor {
            if page.lesson.has_far_slope(layer, unit) {
                FAR_SLOPE
            } else {
                network.layers[layer as usize].activation.why
            }
        } else if let Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, .. } } = factor
            && output.is_output(layer)
        {
            network.loss.why
        } else {
            return None;
        };
        let is_first = !self.reasons.contains(&reason);
        self.reasons.push(reason);
        is_first.then_some(reason)
    }

    /// Names what is cached for all other parameters of a unit.
    fn introduce_signal(&mut self, page: &mut Page<'_>, layer: u32, unit: u32) {
        let signal = Name::loss_by(Symbol::In { layer, unit });
        let in_chain = self.factors.contains(&signal);
        let mut line: Line = vec!["Error signal: ".into()];
        if page.lesson.naming().is_signal(signal) {
            line.extend([page.name(signal).into(), " = ".into(), page.full_name(signal).into()]);
        } else {
            line.push(page.name(signal).into());
        }
        line.push(
            if in_chain {
                " stands in every chain to this unit and is computed once."
            } else {
                ", all factors but the last, is the same for everything that enters this unit. It is cached:"
            }
            .into(),
        );
        page.prose(line);
        if !in_chain {
            page.push(Block::Equation { left: page.name(signal), rights: page.rights(signal) });
            self.factors.insert(signal);
        }
        self.shortcut(page, layer, unit);
    }

    /// What the loss and its activation cancel to.
    fn shortcut(&self, page: &mut Page<'_>, layer: u32, unit: u32) {
        if !page.lesson.naming().is_output(layer) || unit > 0 {
            return;
        }
        let Some(short) = page.lesson.shortcut(unit) else { return };
        let signal = Name::loss_by(Symbol::In { layer, unit });
        page.say("A shortcut: with this loss and this activation the factors cancel, and what is left is");
        page.push(Block::Equation {
            left: page.name(signal),
            rights: vec![page.formula(&short), page.numbers(&short), page.value(signal)],
        });
    }

    /// Error signals of the units that were not walked, with their factors.
    fn other_signals(&mut self, page: &mut Page<'_>, layer: u32) {
        if page.lesson.settings().walk == Walk::All {
            return;
        }
        let network = page.lesson.network();
        let units = network.units(layer);
        if units < 2 {
            return;
        }
        page.prose(["The error signals of the other units of this layer, in the same way:".into()]);
        let groups: Vec<Group<'_>> = (1..page.shown(units) as u32)
            .map(|unit| Group::listed("", signal_with_factors(page, layer, unit)))
            .collect();
        page.quantity_table(None, &groups);
        let hidden = units - page.shown(units);
        if hidden > 0 {
            page.say(format!("… and so on for {hidden} more units (--all shows them)."));
        }
    }
}

/// The quantities from the next layer's error signals to a unit's own.
fn signal_with_factors(page: &Page<'_>, layer: u32, unit: u32) -> Vec<Name> {
    let network = page.lesson.network();
    let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
    let mut names = Vec::new();
    match network.layers[layer as usize].activation.form {
        Coupling::Each(_) => {
            let is_output = layer + 1 == network.depth();
            if is_output || network.units(layer + 1) > 1 {
                names.push(Name::loss_by(out));
            }
            names.push(Name::derivative(out, own));
        }
        // A large layer has too many pairs to read.
        Coupling::Together(_) if network.units(layer) > page.limits.matrix => {}
        Coupling::Together(_) => {
            let outputs = 0..network.units(layer) as u32;
            names.extend(outputs.map(|unit| Name::derivative(Symbol::Out { layer, unit }, own)));
        }
    }
    names.push(Name::loss_by(own));
    names
}

/// The gradients that are not walked, one line each.
fn other_gradients(page: &mut Page<'_>, layer: u32) {
    let lesson = page.lesson;
    let shape = &lesson.network().layers[layer as usize];
    let per_unit = shape.inputs() + usize::from(shape.biases.is_some());
    let parameter = move |at: usize| {
        let (unit, from) = ((at / per_unit) as u32, (at % per_unit) as u32);
        if (from as usize) < shape.inputs() {
            Symbol::Weight { layer, from, to: unit }
        } else {
            Symbol::Bias { layer, unit }
        }
    };
    let all = shape.units() * per_unit;
    // Walked parameters are the first of the layer, or all weights.
    let group = if lesson.settings().walk == Walk::All {
        let biases = if shape.biases.is_some() { shape.units() } else { 0 };
        Group::new("", biases, move |unit| Name::loss_by(Symbol::Bias { layer, unit: unit as u32 }))
    } else {
        Group::new("", all - 1, move |at| Name::loss_by(parameter(at + 1)))
    };
    if group.count == 0 {
        return;
    }
    page.say(if shape.biases.is_some() {
        "With the error signal plugged in, every other weight and bias into this layer takes one \
         more factor: the value that the weight is multiplied with (1 for a bias)."
    } else {
        "With the error signal plugged in, every other weight into this layer takes one more \
         factor: the value that the weight is multiplied with."
    });
    page.quantity_table(None, &[group]);
}

/// The units and weights between a parameter and the loss.
fn path(page: &Page<'_>, parameter: Symbol) -> Vec<Symbol> {
    let network = page.lesson.network();
    let mut path = vec![parameter, Symbol::Loss];
    let (Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit }) = parameter else {
        return path;
    };
    if let Symbol::Weight { from, .. } = parameter {
        path.push(match layer.checked_sub(1) {
            Some(before) => Symbol::Out { layer: before, unit: from },
            None => Symbol::Input(from),
        });
    }
    path.extend([Symbol::In { layer, unit }, Symbol::Out { layer, unit }]);
    if let Coupling::Together(_) = network.layers[layer as usize].activation.form {
        path.extend((0..network.units(layer) as u32).map(|unit| Symbol::Out { layer, unit }));
    }
    if network.parameters() > MOST_DRAWN {
        return path;
    }
    let mut reached = vec![unit];
    for next in layer + 1..network.depth() {
        let units: Vec<u32> = (0..network.units(next) as u32).collect();
        for &to in &units {
            path.extend(reached.iter().map(|&from| Symbol::Weight { layer: next, from, to }));
            path.extend([
                Symbol::In { layer: next, unit: to },
                Symbol::Out { layer: next, unit: to },
            ]);
        }
        reached = units;
    }
    path
}

/// Networks of more parameters are not drawn, so their paths are not needed.
const MOST_DRAWN: usize = 200;
