//! The page about a descent: how it was done and why it ended, the loss as a
//! curve and at some epochs, and what the network says before and after.

use compact_str::CompactString;

use super::block::{Align, Block, Chart, Column, Inline, Line, Table};
use super::vector::{MOST_SHOWN, vector};
use crate::math::Role;
use crate::network::Reduction;
use crate::num::{self, Precision};
use crate::train::{End, Outcome, Plan};

/// Decimals that a loss is shown with, however few are asked for.
const LOSS_DIGITS: usize = 6;

/// Rows of predictions that are shown.
pub const MOST_PREDICTIONS: usize = 16;

/// What the page is about.
pub struct TrainingRequest<'a> {
    /// The title of the exercise.
    pub title: &'a str,
    /// Where it comes from.
    pub source: Option<&'a str>,
    /// What was to be done.
    pub plan: &'a Plan,
    /// How it went.
    pub outcome: &'a Outcome,
    /// Samples that were trained on.
    pub samples: usize,
    /// The first predictions; all, if there are few.
    pub predictions: &'a [Prediction],
    /// What the data calls its targets, if it does.
    pub classes: &'a [String],
    /// How many were right, where targets are one-hot.
    pub accuracy: Option<Accuracy>,
    /// The same and the risk on samples that were held out.
    pub held_out: Option<HeldOut>,
    /// Decimals shown.
    pub digits: Precision,
    /// Whether all losses and predictions are shown.
    pub all: bool,
    /// The file that the network was saved in, made harmless.
    pub saved: Option<&'a str>,
    /// Whether the scenario that is saved had numbers of a source.
    pub had_reference: bool,
}

/// What the network says to one sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// What goes in.
    pub x: Vec<f64>,
    /// What should come out.
    pub y: Vec<f64>,
    /// What came out before training.
    pub before: Vec<f64>,
    /// What comes out now.
    pub after: Vec<f64>,
}

/// Samples whose largest output stands where the target is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accuracy {
    /// Before training.
    pub before: usize,
    /// Now.
    pub after: usize,
    /// Of so many.
    pub of: usize,
}

/// How it goes on samples that were not trained on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldOut {
    /// How many.
    pub samples: usize,
    /// The risk on them before training.
    pub before: f64,
    /// The risk on them now.
    pub after: f64,
    /// How many are right, where targets are one-hot.
    pub accuracy: Option<Accuracy>,
}

/// The page of a descent.
pub fn training<'a>(request: &TrainingRequest<'_>) -> Vec<Block<'a>> {
    let mut blocks = vec![Block::Title(request.title.to_owned())];
    blocks.extend(request.source.map(say));
    blocks.push(say(how(request)));
    blocks.push(Block::Prose(end(request)));
    blocks.push(Block::Heading(1, "The loss"));
    blocks.extend(chart(request));
    blocks.push(Block::Table(losses(request)));
    blocks.extend(over(request).map(say));
    blocks.extend(stuck(request).map(say));
    blocks.push(Block::Heading(2, "What the network says"));
    if !request.predictions.is_empty() {
        blocks.push(Block::Table(predictions(request)));
    }
    blocks.extend(request.accuracy.map(|accuracy| say(right("training samples", accuracy))));
    blocks.extend(request.held_out.iter().flat_map(|held_out| held_out_blocks(request, held_out)));
    if let Some(path) = request.saved {
        blocks.push(say(format!("The trained network is saved in {path}.")));
        if request.had_reference {
            blocks.push(say(
                "The numbers that the source prints are left out there: they belong to the old weights.",
            ));
        }
    }
    blocks
}

fn say<'a>(text: impl Into<CompactString>) -> Block<'a> {
    Block::Prose(vec![Inline::text(text)])
}

/// Which kind of descent it was.
fn how(request: &TrainingRequest<'_>) -> String {
    let (plan, samples) = (request.plan, request.samples);
    let joined = Reduction::of_mean(plan.rule.mean).word();
    let rate = num::show_exactly(plan.rule.rate);
    let order = match plan.seed {
        Some(seed) => format!("shuffled anew in each epoch (seed {seed})"),
        None => "always in the same order".to_owned(),
    };
    let kind = if samples == 1 {
        "Gradient descent on the one sample: every update follows its gradient".to_owned()
    } else if plan.batch >= samples {
        format!(
            "Full gradient descent: every update follows the {joined} of the gradients of all {} samples",
            num::count(samples)
        )
    } else if plan.batch == 1 {
        format!(
            "Online gradient descent: every update follows the gradient of one of {} samples, {order}",
            num::count(samples)
        )
    } else {
        format!(
            "Mini-batch gradient descent: every update follows the {joined} of the gradients of {} of {} samples, {order}",
            plan.batch,
            num::count(samples)
        )
    };
    let biases = if plan.rule.update_biases { "" } else { "; the biases stay as they are" };
    format!("{kind}; α = {rate}{biases}.")
}

/// Why it ended.
fn end(request: &TrainingRequest<'_>) -> Line {
    let Outcome { end, epochs, updates, history } = request.outcome;
    let reached = history.last().map_or(f64::NAN, |(_, loss)| loss);
    let loss = show_loss(request, reached);
    let done = format!(
        "{} ({})",
        num::counted(*epochs as usize, "epoch"),
        num::counted(*updates as usize, "update")
    );
    let below = |until: f64| num::show_exactly(until);
    let text = match end {
        End::Until => {
            let until = request.plan.until.unwrap_or_default();
            format!(
                "After {done} the empirical risk R_emp is {}, below the {} asked for.",
                show_below(request, reached, until),
                below(until)
            )
        }
        End::Epochs => match request.plan.until {
            Some(until) => format!(
                "After all {done} R_emp is {loss}; it did not come below {}. More --epochs or another --rate may help.",
                below(until)
            ),
            None => format!("After {done} the empirical risk R_emp is {loss}."),
        },
        End::Interrupted => format!("Interrupted after {done}; R_emp is {loss}."),
        End::Diverged(epoch) => {
            let text = format!(
                "The descent diverged: in epoch {} a number left the range. What follows is from after {done}, where all was finite, with R_emp = {loss}. A smaller --rate may help.",
                num::count(*epoch as usize)
            );
            return vec![Inline::Text(text.into(), Role::Wrong)];
        }
    };
    vec![Inline::Text(text.into(), Role::Heading)]
}

fn chart<'a>(request: &TrainingRequest<'_>) -> Option<Block<'a>> {
    let points = request.outcome.history.points();
    (points.len() > 2).then(|| {
        Block::Chart(Chart {
            title: "R_emp after each epoch",
            points: points.iter().map(|(epoch, loss)| (*epoch as f64, *loss)).collect(),
        })
    })
}

/// What the losses are over, where it is not all samples.
fn over(request: &TrainingRequest<'_>) -> Option<String> {
    let history = &request.outcome.history;
    let part = history.part().filter(|_| history.points().len() > 2)?;
    let scaled = if request.plan.rule.mean { "" } else { ", scaled up to all" };
    Some(format!(
        "The first loss and the last are over all {} samples, those in between over {} of them, always the same{scaled}: \
         to go through all of them each time would take long. With --until every loss is over all.",
        num::count(request.samples),
        num::count(part)
    ))
}

fn losses(request: &TrainingRequest<'_>) -> Table {
    let history = &request.outcome.history;
    let shown = if request.all { history.points().to_vec() } else { history.marks() };
    let rows = shown.into_iter().map(|(epoch, loss)| {
        vec![
            vec![Inline::text(num::count(epoch as usize))],
            vec![Inline::text(show_loss(request, loss))],
        ]
    });
    let columns = Column::all([("after epoch", Align::Count), ("R_emp", Align::Decimal)]);
    Table { columns, rows: rows.collect(), left_out: 0 }
}

/// A word where the descent goes nowhere, though another one would.
fn stuck(request: &TrainingRequest<'_>) -> Option<String> {
    let plan = request.plan;
    let ended = matches!(request.outcome.end, End::Epochs | End::Interrupted);
    if !ended || plan.seed.is_some() || request.outcome.epochs < 100 {
        return None;
    }
    let points = request.outcome.history.points();
    let (last, mut loss) = request.outcome.history.last()?;
    if request.outcome.history.part().is_some() {
        // The losses that are compared are over the same samples.
        loss = points.iter().rev().nth(1)?.1;
    }
    let (_, half) = points.iter().rev().find(|(epoch, _)| *epoch <= last / 2)?;
    let (_, first) = points.first()?;
    if plan.batch >= request.samples {
        return (plan.until.is_none() && loss <= *half)
            .then(|| plateau(loss, *half, *first))
            .flatten();
    }
    let stands_still = loss > 0.99 * half && loss > 0.2 * first;
    stands_still.then(|| {
        "The loss stands still: the samples come in the same order in every epoch, and each update takes back a part of the one before. Full gradient descent (leave out --batch-size) or another order in each epoch (--shuffle) may get further.".to_owned()
    })
}

/// A word where the loss hardly falls any more, though it is far from nothing.
fn plateau(loss: f64, half: f64, first: f64) -> Option<String> {
    let share = (half - loss) / half;
    if share >= 0.02 || loss <= 0.2 * first {
        return None;
    }
    let goal = 10.0_f64.powf((first / 10.0).log10().floor());
    Some(format!(
        "Over the second half of the epochs the loss fell by {} % only: that may be a plateau, and not yet the end. \
         With --until {} training goes on until it is below that.",
        num::show(100.0 * share, 1),
        num::show_exactly(goal)
    ))
}

fn predictions(request: &TrainingRequest<'_>) -> Table {
    let first = &request.predictions[0];
    let classes = is_one_hot(&first.y) && first.y.len() > MOST_SHOWN;
    let with_x = first.x.len() <= MOST_SHOWN;
    let mut columns = Column::all([("sample", Align::Count)]);
    if with_x {
        columns.extend(Column::all([("x", Align::Label)]));
    }
    if !first.y.is_empty() {
        columns.extend(Column::all([("y", Align::Label)]));
    }
    columns.extend(Column::all([("f before", Align::Label), ("f after", Align::Label)]));
    let most = if request.all { usize::MAX } else { MOST_PREDICTIONS };
    let rows = request.predictions.iter().take(most).enumerate().map(|(at, prediction)| {
        let mut row: Vec<Line> = vec![vec![(at + 1).to_string().into()]];
        if with_x {
            row.push(vec![vector(prediction.x.iter().copied(), request.digits).into()]);
        }
        let told = |values: &[f64]| -> Line {
            if classes {
                let class = largest(values);
                let number = || format!("output {}", class + 1);
                vec![request.classes.get(class).cloned().unwrap_or_else(number).into()]
            } else {
                vec![vector(values.iter().copied(), request.digits).into()]
            }
        };
        if !prediction.y.is_empty() {
            row.push(told(&prediction.y));
        }
        row.push(told(&prediction.before));
        row.push(told(&prediction.after));
        row
    });
    let rows: Vec<_> = rows.collect();
    let left_out = request.samples - rows.len();
    Table { columns, rows, left_out }
}

fn held_out_blocks<'a>(request: &TrainingRequest<'_>, held_out: &HeldOut) -> Vec<Block<'a>> {
    let (before, after) = (show_loss(request, held_out.before), show_loss(request, held_out.after));
    let mut text = format!(
        "On the {} that were held out, R_emp was {before} and is {after}.",
        num::counted(held_out.samples, "sample")
    );
    if let Some(accuracy) = held_out.accuracy {
        text.push(' ');
        text.push_str(&right("held-out samples", accuracy));
    }
    vec![Block::Prose(vec![Inline::Text(text.into(), Role::Heading)])]
}

/// `Of 1,437 training samples, the largest output is the right one for 1,404 (97.7%); …`
fn right(what: &str, accuracy: Accuracy) -> String {
    let share = |right: usize| num::show(100.0 * right as f64 / accuracy.of as f64, 1);
    format!(
        "Of {} {what}, the largest output is the right one for {} ({}%); before training for {} ({}%).",
        num::count(accuracy.of),
        num::count(accuracy.after),
        share(accuracy.after),
        num::count(accuracy.before),
        share(accuracy.before)
    )
}

fn show_loss(request: &TrainingRequest<'_>, loss: f64) -> CompactString {
    num::show(loss, request.digits.at_least(LOSS_DIGITS))
}

/// A loss with as many decimals as show that it is below a goal.
fn show_below(request: &TrainingRequest<'_>, loss: f64, goal: f64) -> CompactString {
    let least = request.digits.at_least(LOSS_DIGITS);
    let digits = (least.count()..=num::MOST_DIGITS).map(|count| least.at_least(count));
    let mut shown = digits.map(|digits| num::show(loss, digits));
    shown
        .find(|text| text.parse::<f64>().is_ok_and(|shown| shown < goal))
        .unwrap_or_else(|| num::show_exactly(loss))
}

/// Whether a target names one of several outputs.
pub fn is_one_hot(y: &[f64]) -> bool {
    y.len() > 1
        && y.iter().filter(|y| **y == 1.0).count() == 1
        && y.iter().all(|y| *y == 0.0 || *y == 1.0)
}

/// The place of the largest number; the first of them, if several are.
pub fn largest(values: &[f64]) -> usize {
    let better = |best: usize, at: usize| if values[at] > values[best] { at } else { best };
    (0..values.len()).fold(0, better)
}
