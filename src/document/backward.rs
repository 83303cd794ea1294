//! Section "Backward pass": the first weight of each layer factor by factor,
//! as the lecture walks `u1` and `W11`; then the error signal is cached, and
//! every other weight of the layer is one line.

use super::block::{self, Align, Block, Column, Inline, Table};
use super::factor::{self, Status};
use super::page::Page;
use super::quantities::Group;
use super::{network, path};
use crate::expr::Expr;
use crate::lesson::chain;
use crate::math::{Form, Role};
use crate::name::{Name, NameSet, Symbol};
use crate::telling::{Alike, AlikeKind, Walked, alike};

/// What the backward pass starts from.
pub(super) fn opening(page: &mut Page<'_>) {
    page.say(format!("Now back from the loss: {}", factor::CHAIN_RULE));
}

/// What the reader has seen so far.
#[derive(Default)]
pub(super) struct Seen {
    factors: NameSet,
    reasons: Vec<&'static str>,
}

impl Seen {
    /// Where the activation couples the outputs, what the first error signal is
    /// the sum of.
    pub(super) fn coupled(&mut self, page: &mut Page<'_>, layer: u32) {
        let mut line = factor::coupled_paths(page, layer);
        line.push(" The factors on them:".into());
        page.prose(line);
        let factors = alike::coupled(page.lesson, layer);
        let of_loss = factors.len() / 2;
        let groups = vec![
            Group::listed("", factors[..of_loss].to_vec()),
            Group::listed("", factors[of_loss..].to_vec()),
        ];
        page.quantity_table(None, groups);
        for factor in [factors[0], factors[of_loss]] {
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
    pub(super) fn chain(&mut self, page: &mut Page<'_>, walked: Walked) {
        let parameter = walked.parameter;
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
        self.factor_table(page, walked, &factors);
        page.say(format!("{}:", factor::plugging(factors.len())));
        let own = page.text(gradient);
        let multiplied = page.product(&factors);
        let differs = page.lesson.settings().by_hand.is_some() && multiplied != own;
        let value =
            if differs { Form::Number(multiplied, Role::Plain) } else { page.value(gradient) };
        page.push(Block::Equation {
            left: page.name(gradient),
            rights: vec![page.numbers(&product), value],
        });
        if differs {
            page.prose([
                "Rounded on another way, with the error signal plugged in, it is ".into(),
                page.value(gradient).into(),
                ", and that is carried on.".into(),
            ]);
        }
        page.remark_on_rounding([gradient]);
    }

    fn factor_table(&mut self, page: &mut Page<'_>, walked: Walked, factors: &[Name]) {
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
            row.push(vec![Self::status(page, factor, walked.knows(at))]);
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
    fn status(page: &Page<'_>, factor: Name, known: bool) -> Inline {
        let status = Status::of(page.lesson, factor, known);
        Inline::Text(status.words().into(), status.role())
    }

    /// Why a factor is what it is, the first time its rule is used.
    fn reason(&mut self, page: &Page<'_>, factor: Name) -> Option<&'static str> {
        let reason = factor::rule(page.lesson, factor)?;
        let is_first = !self.reasons.contains(&reason);
        self.reasons.push(reason);
        is_first.then_some(reason)
    }
}

/// Names what is cached for all other parameters of a unit; `known`: it was a
/// factor of the chain itself.
pub(super) fn signal(page: &mut Page<'_>, layer: u32, unit: u32, known: bool) {
    let signal = Name::loss_by(Symbol::In { layer, unit });
    page.prose(factor::error_signal(page, layer, unit, known));
    if !known {
        page.push(Block::Equation { left: page.name(signal), rights: page.rights(signal) });
    }
}

/// What the loss and its activation cancel to.
pub(super) fn shortcut(page: &mut Page<'_>, output: u32) {
    let Some(short) = page.lesson.shortcut(output) else { return };
    let layer = page.lesson.network().depth() - 1;
    let signal = Name::loss_by(Symbol::In { layer, unit: output });
    page.say(format!("{}, and what is left is", factor::SHORTCUT));
    page.push(Block::Equation {
        left: page.name(signal),
        rights: vec![page.formula(&short), page.numbers(&short), page.value(signal)],
    });
}

/// The error signals of the units that were not walked, with their factors; or
/// the gradients that are not walked, one line each.
pub(super) fn alike(page: &mut Page<'_>, alike: Alike) {
    let (lesson, count) = (page.lesson, alike.count(page.lesson));
    match alike.kind {
        AlikeKind::Signals(_) => {
            page.say("The error signals of the other units of this layer, in the same way:");
            // With the first unit, which was walked.
            let shown = page.shown(count + 1) - 1;
            let names = |at| alike.names(lesson, at, page.limits.matrix);
            let groups: Vec<Group<'_>> =
                (0..shown).map(|at| Group::listed("", names(at))).collect();
            page.quantity_table(None, groups);
            if shown < count {
                page.prose([
                    format!("… and so on for {} more units", count - shown).into(),
                    Inline::hint(" (--all shows them)"),
                    ".".into(),
                ]);
            }
        }
        AlikeKind::Gradients { layer, .. } => {
            page.say(factor::plugged_in(lesson, layer));
            page.quantity_table(
                None,
                vec![Group::new("", count, move |at| alike.name(lesson, at))],
            );
        }
        AlikeKind::In(_)
        | AlikeKind::Out(_)
        | AlikeKind::Terms
        | AlikeKind::Loss
        | AlikeKind::Weights(_)
        | AlikeKind::Biases(_) => {
            page.quantity_table(
                None,
                vec![Group::new("", count, move |at| alike.name(lesson, at))],
            );
        }
    }
}
