//! The page of a gradient check: how it works, on one gradient in full; every
//! gradient; what they say together.

use compact_str::{CompactString, format_compact};

use super::Limits;
use super::block::{Align, Block, Column, Inline, Line, Table, told};
use crate::expr::{minus, over};
use crate::gradient_check::{GradientRow, GradientVerdict, STEP, Undecided};
use crate::lesson::Lesson;
use crate::math::{Form, Layout, Leaves, Notation, Role, difference_quotient};
use crate::name::{Name, Symbol};
use crate::num::{self, Precision};
use crate::verify::Slip;

/// What the page is about.
pub struct CheckRequest<'a> {
    /// The lesson of the first sample.
    pub lesson: &'a Lesson<'a>,
    /// The title of the exercise.
    pub title: &'a str,
    /// Samples that the loss is taken over, where it is more than one.
    pub samples: Option<usize>,
    /// Every gradient, compared.
    pub rows: &'a [GradientRow],
    /// A slip that was made on purpose.
    pub injected: Option<InjectedSlip<'a>>,
    /// Whether `run` carries numbers on as the source prints them.
    pub source_is_carried: bool,
    /// Decimals of the gradients.
    pub digits: Precision,
    /// How much is shown.
    pub limits: Limits,
    /// How the medium draws fractions.
    pub notation: Notation,
}

/// A slip that was made on purpose.
#[derive(Clone, Copy)]
pub struct InjectedSlip<'a> {
    /// The slip.
    pub slip: Slip,
    /// The lines where it was made.
    pub lines: &'a [Name],
    /// Whether the gradients of all samples became one in the wrong way.
    pub is_reduced_wrongly: bool,
}

/// Decimals of losses that differ in the sixth.
const FINE: usize = 10;

/// The page of a gradient check.
pub fn page<'a>(request: &CheckRequest<'_>) -> Vec<Block<'a>> {
    let mut blocks = vec![Block::Title(request.title.to_owned())];
    let loss = match request.samples {
        Some(samples) => format!("the empirical risk of {samples} samples"),
        None => "the loss".to_owned(),
    };
    let size = |row: &GradientRow| request.lesson.value(row.parameter.into()).abs();
    let usual = |row: &GradientRow| row.step == STEP * size(row).max(1.0);
    let is_relative = request.rows.iter().any(|row| usual(row) && size(row) > 1.0);
    let of_large = if is_relative { " (times its size, where that is above 1)" } else { "" };
    let all_usual = request.rows.iter().all(usual);
    let of_others = if all_usual { "" } else { " Where this step says too little, others do." };
    blocks.push(say(format!(
        "Gradient check: each weight is moved a step h = {}{of_large} up and down, with everything \
         else as it is, and {loss} is computed again.{of_others} No chain rule is used, so this \
         proves the gradients of the backward pass.",
        num::show_exactly(STEP)
    )));
    if request.source_is_carried {
        blocks.push(Block::Prose(vec![
            "All numbers here are exact".into(),
            Inline::hint(", as in run --exact"),
            ": what the source prints is not carried on.".into(),
        ]));
    }
    blocks.extend(injected(request));
    // The simplest one is the last, the bias of the output, unless another is
    // wrong.
    let wrong = request.rows.iter().rfind(|row| row.verdict == GradientVerdict::Differs);
    if let Some(row) = wrong.or(request.rows.last()) {
        blocks.extend(in_full(request, row));
    }
    blocks.push(Block::Table(table(request)));
    blocks.push(Block::Prose(together(request)));
    blocks.extend(about_kinks(request));
    blocks.extend(about_unknown(request));
    blocks
}

/// What was made wrong, and where.
fn injected<'a>(request: &CheckRequest<'_>) -> Vec<Block<'a>> {
    let Some(InjectedSlip { slip, lines, is_reduced_wrongly }) = request.injected else {
        return Vec::new();
    };
    let mut line: Line =
        vec![Inline::Text(format_compact!("On purpose, {}: ", slip.code()), Role::Wrong)];
    line.extend(told(slip.sentence()));
    if is_reduced_wrongly {
        line.push(" Made where the gradients of all samples become one.".into());
        return vec![Block::Prose(line)];
    }
    if lines.is_empty() {
        line.push(" Here this changes no line on the way to a gradient.".into());
        return vec![Block::Prose(line)];
    }
    line.push(" Made in ".into());
    for (at, name) in lines.iter().take(request.limits.addends).enumerate() {
        line.push(if at == 0 { "" } else { ", " }.into());
        line.push(Form::FullName(*name, Role::Wrong).into());
    }
    let more = lines.len().saturating_sub(request.limits.addends);
    line.push(
        if more > 0 {
            format!(" and {}.", num::counted(more, "more line"))
        } else {
            ".".to_owned()
        }
        .into(),
    );
    vec![Block::Prose(line)]
}

/// One gradient with all its numbers.
fn in_full<'a>(request: &CheckRequest<'_>, row: &GradientRow) -> Vec<Block<'a>> {
    let naming = request.lesson.naming();
    let parameter = Form::Name(row.parameter.into(), Role::Plain);
    let loss = if request.samples.is_some() { Symbol::Risk } else { Symbol::Loss };
    let gradient = gradient(request, row.parameter);
    let [behind, _, ahead] = row.losses;
    let [up, down] = [0, 1].map(|side| Name::Value(Symbol::Loss).at_sample(side));
    let quotient = over(minus(up, down), 2.0 * row.step);
    let text = |side| num::show(if side == up { ahead } else { behind }, FINE);
    let layout = Layout {
        leaves: Leaves::Numbers(&text),
        role: &|_| Role::Plain,
        most_addends: request.limits.addends,
        notation: request.notation,
    };
    let loss = Form::Name(loss.into(), Role::Plain);
    vec![
        Block::Prose(vec![
            format!(
                "For example {}, with h = {}: the gradient ",
                naming.plain(row.parameter.into()),
                num::show(row.step, FINE)
            )
            .into(),
            Form::FullName(gradient, Role::Plain).into(),
            " is nearly".into(),
        ]),
        Block::Equation {
            left: difference_quotient(&loss, &parameter, request.notation),
            rights: vec![
                layout.form(&quotient),
                Form::Number(num::show(row.quotient, request.digits), Role::Plain),
            ],
        },
    ]
}

fn table(request: &CheckRequest<'_>) -> Table {
    let columns = Column::all([
        ("gradient", Align::Label),
        ("backward pass", Align::Decimal),
        ("difference quotient", Align::Decimal),
        ("they differ by", Align::Label),
        ("verdict", Align::Label),
    ]);
    // Whatever does not agree is shown first of all.
    let wrong = request.rows.iter().filter(|row| row.verdict != GradientVerdict::Agrees);
    let right = request.rows.iter().filter(|row| row.verdict == GradientVerdict::Agrees);
    let fits = request.rows.len() <= request.limits.rows;
    let rows: Vec<&GradientRow> =
        if fits { request.rows.iter().collect() } else { wrong.chain(right).collect() };
    let shown = rows.len().min(request.limits.rows);
    Table {
        columns,
        rows: rows[..shown].iter().map(|row| cells(request, row)).collect(),
        left_out: rows.len() - shown,
    }
}

/// The derivative that is compared.
const fn gradient(request: &CheckRequest<'_>, parameter: Symbol) -> Name {
    match request.samples {
        Some(_) => Name::risk_by(parameter),
        None => Name::loss_by(parameter),
    }
}

fn cells(request: &CheckRequest<'_>, row: &GradientRow) -> Vec<Line> {
    let number = |value: f64| vec![Inline::text(num::show(value, request.digits))];
    let (words, role) = match row.verdict {
        GradientVerdict::Agrees => ("agrees", Role::Forward),
        GradientVerdict::Kink => ("kink", Role::Carried),
        GradientVerdict::CannotTell(_) => ("cannot tell", Role::Carried),
        GradientVerdict::Differs => ("differs", Role::Wrong),
    };
    let difference =
        num::show(row.difference(), if row.difference() < 1e-3 { 0 } else { FINE / 2 });
    vec![
        vec![Form::FullName(gradient(request, row.parameter), role).into()],
        number(row.gradient),
        number(row.quotient),
        vec![Inline::text(difference)],
        vec![Inline::Text(words.into(), role)],
    ]
}

fn together(request: &CheckRequest<'_>) -> Line {
    let all = request.rows.len();
    let wrong = request.rows.iter().filter(|row| row.verdict == GradientVerdict::Differs).count();
    if wrong == 0 {
        let furthest = request.rows.iter().filter(|row| row.verdict == GradientVerdict::Agrees);
        let furthest = furthest.map(GradientRow::difference).fold(0.0, f64::max);
        let kinks = request.rows.iter().filter(|row| row.verdict == GradientVerdict::Kink).count();
        let unknown = unknown(request).count();
        let gradients = match (all, kinks) {
            _ if unknown > 0 => with_unknown(all, kinks, unknown),
            (1, 0) => "The gradient agrees".to_owned(),
            (_, 0) => format!("All {} gradients agree", num::count(all)),
            (1, _) => "The gradient is at a kink".to_owned(),
            _ if kinks == all => format!("All {} gradients are at a kink", num::count(all)),
            (_, kinks) => {
                let [agree, all] = [all - kinks, all].map(num::count);
                let are = if kinks == 1 { "is" } else { "are" };
                format!("{agree} of {all} gradients agree, {} {are} at a kink", num::count(kinks))
            }
        };
        let text = if furthest > 0.0 {
            format!("{gradients}; the largest difference is {}.", num::show(furthest, 0))
        } else {
            format!("{gradients}.")
        };
        return vec![Inline::Text(text.into(), Role::Heading)];
    }
    let text = if wrong == 1 {
        format!("1 of {all} gradients is wrong.")
    } else {
        format!("{wrong} of {all} gradients are wrong.")
    };
    let mut line = vec![Inline::Text(text.into(), Role::Heading)];
    if request.injected.is_some() && wrong < all {
        line.push(" They show where to look: the slip lies on the way to each of them.".into());
    }
    line
}

fn about_kinks<'a>(request: &CheckRequest<'_>) -> Option<Block<'a>> {
    let kinks = request.rows.iter().any(|row| row.verdict == GradientVerdict::Kink);
    kinks.then(|| {
        say("At a kink the loss has one slope on the left and another on the right, and the \
             difference quotient lies between them. The backward pass takes one side: at z = 0 a \
             ReLU counts as off.")
    })
}

/// The verdicts where some are none.
fn with_unknown(all: usize, kinks: usize, unknown: usize) -> String {
    let agree = num::count(all - kinks - unknown);
    let at_kinks = match kinks {
        0 => String::new(),
        1 => ", 1 is at a kink".to_owned(),
        _ => format!(", {} are at a kink", num::count(kinks)),
    };
    let [all, unknown] = [all, unknown].map(num::count);
    format!("{agree} of {all} gradients agree{at_kinks}, of {unknown} nothing can be told")
}

/// Why nothing can be told, where it cannot.
fn unknown<'r>(request: &'r CheckRequest<'_>) -> impl Iterator<Item = Undecided> + 'r {
    request.rows.iter().filter_map(|row| match row.verdict {
        GradientVerdict::CannotTell(why) => Some(why),
        GradientVerdict::Agrees | GradientVerdict::Kink | GradientVerdict::Differs => None,
    })
}

fn about_unknown<'a>(request: &CheckRequest<'_>) -> Vec<Block<'a>> {
    let reasons = [
        (
            Undecided::Rounding,
            "Nothing can be told where the rounding of the loss is larger than what the weight \
             makes of it: the difference quotient is then little but noise.",
        ),
        (
            Undecided::Bends,
            "Nothing can be told where the loss bends so much that difference quotients of \
             different steps do not agree with each other.",
        ),
    ];
    let given = reasons.iter().filter(|(reason, _)| unknown(request).any(|why| why == *reason));
    given.map(|(_, text)| say(*text)).collect()
}

fn say<'a>(text: impl Into<CompactString>) -> Block<'a> {
    Block::Prose(vec![Inline::text(text)])
}
