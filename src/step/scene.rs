//! What one step has to say: the quantity line by line, what stands beside it,
//! why it is done, and what is highlighted in the drawing. It knows no terminal.

use compact_str::CompactString;

use super::link;
use super::lit;
use super::steps::{Moment, Step};
use super::walkthrough::Walkthrough;
use super::why;
use crate::document::figure::Highlight;
use crate::document::{Block, Line, Readings, topic};
use crate::expr::{Expr, product};
use crate::lesson::chain;
use crate::math::Form;
use crate::name::Name;
use crate::telling::Topic;

pub use super::link::{Chain, ChainFactor};

/// What a step says at one of its beats.
pub struct Scene<'a> {
    /// The step.
    pub step: Step,
    /// What is told, beat after beat.
    pub body: Body<'a>,
    /// The chain that it is part of.
    pub chain: Option<Chain>,
    /// Why this step.
    pub why: Line,
    /// What else must be said, once the value is seen.
    pub remark: Option<Line>,
    /// What is highlighted in the drawing.
    pub lit: Highlight,
}

/// What is told, beat after beat.
pub enum Body<'a> {
    /// A quantity and what it equals: formula, numbers, value.
    Equation {
        /// The quantity.
        left: Form,
        /// What its name is short for.
        full: Option<Form>,
        /// All that it equals in the end.
        rights: Vec<Form>,
        /// How many of them are seen; one more each beat.
        seen: usize,
        /// The quantity, and its value as text, where one is computed.
        value: Option<(Name, CompactString)>,
    },
    /// Blocks of the page; one more each beat.
    Blocks(Vec<Block<'a>>),
}

impl<'a> Walkthrough<'a> {
    /// Beats of the step at a position, at least one.
    pub fn beats(&self, position: usize) -> usize {
        let step = self.step(position);
        match step.moment {
            Moment::Told(_) => self.blocks(step).iter().map(beats_of).sum::<usize>().max(1),
            Moment::Rows(alike) => self.table_beats(alike),
            Moment::Chain(walked) => 1 + usize::from(walked.known != 0),
            Moment::Factor(..) | Moment::Product(_) | Moment::Quantity(_) | Moment::Shortcut(_) => {
                self.equation(step).1.len().max(1)
            }
        }
    }

    /// The quantity whose value the last beat of a step reveals, if there is
    /// something to compute.
    pub fn asked(&self, position: usize) -> Option<Name> {
        let step = self.step(position);
        match step.moment {
            Moment::Told(_) | Moment::Chain(_) | Moment::Rows(_) => None,
            Moment::Factor(..) | Moment::Product(_) | Moment::Quantity(_) | Moment::Shortcut(_) => {
                step.quantity(self.lesson()).filter(|_| self.beats(position) > 1)
            }
        }
    }

    /// What the step at a position says at a beat, which counts from 1.
    pub fn scene(&self, position: usize, beat: usize) -> Scene<'a> {
        let readings = &self.readings;
        let step = self.step(position);
        let revealed = beat >= self.beats(position);
        let quantity = step.quantity(self.lesson());
        // A table is about its last row that is seen.
        let about = if let Moment::Rows(alike) = step.moment {
            let name = alike.name(self.lesson(), self.rows_at(alike, beat).end - 1);
            Step { moment: Moment::Quantity(name), ..step }
        } else {
            step
        };
        Scene {
            step,
            body: self.body(position, beat),
            chain: link::of(readings, step, revealed),
            why: why::sentence(readings, about),
            remark: quantity.filter(|_| revealed).and_then(|name| remark(readings, name)),
            lit: lit::of(self.lesson(), about),
        }
    }

    fn body(&self, position: usize, beat: usize) -> Body<'a> {
        let step = self.step(position);
        if let Moment::Rows(_) = step.moment {
            return Body::Blocks(self.table_at(position, beat));
        }
        if let Moment::Told(_) = step.moment {
            return Body::Blocks(first_beats(self.blocks(step), beat));
        }
        let (left, rights) = self.equation(step);
        let seen = beat.min(rights.len());
        let value = step.quantity(self.lesson()).map(|name| (name, self.readings.text(name)));
        let full = step.quantity(self.lesson()).and_then(|name| full(&self.readings, name));
        Body::Equation { left, full, rights, seen, value }
    }

    /// The blocks of a section. The drawing has its own place on the screen.
    fn blocks(&self, step: Step) -> Vec<Block<'a>> {
        let Moment::Told(subject) = step.moment else { return Vec::new() };
        let told = Topic { part: step.part, subject };
        let blocks = topic::topic(self.readings, self.checks, told);
        let told = |block: &Block<'_>| !matches!(block, Block::Figure(_));
        blocks.into_iter().filter(told).collect()
    }

    /// The quantity, and all that it equals.
    fn equation(&self, step: Step) -> (Form, Vec<Form>) {
        let readings = &self.readings;
        match step.moment {
            Moment::Told(_) | Moment::Rows(_) => (Form::Dots, Vec::new()),
            Moment::Chain(walked) => {
                let factors = chain::to_parameter(readings.lesson, walked.parameter);
                let product = product(factors.into_iter().map(Expr::from));
                let left = readings.name(Name::loss_by(walked.parameter));
                (left, vec![readings.formula(&product)])
            }
            Moment::Shortcut(output) => {
                let name = step.quantity(readings.lesson);
                let short = readings.lesson.shortcut(output);
                let (Some(name), Some(short)) = (name, short) else {
                    return (Form::Dots, Vec::new());
                };
                let rights =
                    vec![readings.formula(&short), readings.numbers(&short), readings.value(name)];
                (readings.name(name), rights)
            }
            Moment::Product(walked) => {
                // As it was walked, also where the lesson plugs the error signal in.
                let name = Name::loss_by(walked.parameter);
                let factors = chain::to_parameter(readings.lesson, walked.parameter);
                let product = product(factors.into_iter().map(Expr::from));
                let rights = vec![
                    readings.formula(&product),
                    readings.numbers(&product),
                    readings.value(name),
                ];
                (readings.name(name), rights)
            }
            Moment::Factor(..) | Moment::Quantity(_) => match step.quantity(readings.lesson) {
                Some(name) => (readings.name(name), readings.rights(name)),
                None => (Form::Dots, Vec::new()),
            },
        }
    }
}

/// Rows of a table that one beat shows.
const ROWS_AT_ONCE: usize = 12;

/// Beats of a block: a long table takes several.
fn beats_of(block: &Block<'_>) -> usize {
    let Block::Table(table) = block else { return 1 };
    table.rows.len().div_ceil(ROWS_AT_ONCE).max(1)
}

/// As much of the blocks as so many beats show.
fn first_beats(blocks: Vec<Block<'_>>, beats: usize) -> Vec<Block<'_>> {
    let mut left = beats;
    let mut shown = Vec::new();
    for mut block in blocks {
        if left == 0 {
            break;
        }
        let taken = beats_of(&block).min(left);
        if let Block::Table(table) = &mut block {
            table.rows.truncate(taken * ROWS_AT_ONCE);
        }
        left -= taken;
        shown.push(block);
    }
    shown
}

/// What the name of a quantity is short for.
fn full(readings: &Readings<'_>, name: Name) -> Option<Form> {
    readings.lesson.naming().is_signal(name).then(|| readings.full_name(name))
}

/// How much of a long sum is nothing.
fn zeros(readings: &Readings<'_>, name: Name) -> Option<Line> {
    let (zeros, of) = readings.zeros(name)?;
    let are = if zeros == 1 { "is" } else { "are" };
    Some(vec![format!("{zeros} of its {of} addends {are} 0; the others count.").into()])
}

/// Why a number is carried, or that a line worked out as printed may differ.
fn remark(readings: &Readings<'_>, name: Name) -> Option<Line> {
    readings.remark_on_carried(name).or_else(|| zeros(readings, name)).or_else(|| {
        let printed = readings.as_printed(name)?;
        Some(vec![
            format!(
                "(All digits are carried, and rounded only for show: worked out as printed it would come to {printed}.)"
            )
            .into(),
        ])
    })
}
