//! Section "Backward pass": the first weight of each layer factor by factor,
//! as the lecture walks `u1` and `W11`; then the error signal is cached, and
//! every other weight of the layer is one line.

use super::block::{self, Align, Block, Column, Inline, Table};
use super::factor::{self, Status};
use super::page::{Group, Page};
use super::{network, path};
use crate::expr::Expr;
use crate::lesson::{Walk, chain, told};
use crate::name::{Name, NameSet, Symbol};
use crate::network::activation::Form as Coupling;

pub(super) fn write(page: &mut Page<'_>) {
    page.heading("Backward pass");
    page.say(format!("Now back from the loss: {}", factor::CHAIN_RULE));
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

/// What the reader has seen so far.
#[derive(Default)]
struct Walker {
    factors: NameSet,
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
        let mut line = factor::coupled_paths(page, layer);
        line.push(" The factors on them:".into());
        page.prose(line);
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
            page.prose(block::told(reason));
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
        network::picture(page, path::to_loss(page.lesson.network(), parameter));
        let product = crate::expr::product(factors.iter().map(|name| Expr::from(*name)));
        page.push(Block::Equation {
            left: page.name(gradient),
            rights: vec![page.formula(&product)],
        });
        self.factor_table(page, &factors);
        page.say(format!("{}:", factor::plugging(factors.len())));
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
        let status = Status::of(page.lesson, factor, self.factors.contains(&factor));
        Inline::Text(status.words().into(), status.role())
    }

    /// Why a factor is what it is, the first time its rule is used.
    fn reason(&mut self, page: &Page<'_>, factor: Name) -> Option<&'static str> {
        let reason = factor::rule(page.lesson, factor)?;
        let is_first = !self.reasons.contains(&reason);
        self.reasons.push(reason);
        is_first.then_some(reason)
    }

    /// Names what is cached for all other parameters of a unit.
    fn introduce_signal(&mut self, page: &mut Page<'_>, layer: u32, unit: u32) {
        let signal = Name::loss_by(Symbol::In { layer, unit });
        let in_chain = self.factors.contains(&signal);
        page.prose(factor::error_signal(page, layer, unit, in_chain));
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
        page.say(format!("{}, and what is left is", factor::SHORTCUT));
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
            .map(|unit| {
                Group::listed("", told::signal(page.lesson, layer, unit, page.limits.matrix))
            })
            .collect();
        page.quantity_table(None, &groups);
        let hidden = units - page.shown(units);
        if hidden > 0 {
            page.prose([
                format!("… and so on for {hidden} more units").into(),
                Inline::hint(" (--all shows them)"),
                ".".into(),
            ]);
        }
    }
}

/// The gradients that are not walked, one line each.
fn other_gradients(page: &mut Page<'_>, layer: u32) {
    let rest = told::Rest::of(page.lesson, layer);
    let group = Group::new("", rest.count(), move |at| Name::loss_by(rest.parameter(at)));
    if group.count == 0 {
        return;
    }
    page.say(factor::plugged_in(page.lesson, layer));
    page.quantity_table(None, &[group]);
}
