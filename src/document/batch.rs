//! The page of a batch: every sample, the empirical risk, the gradients of all
//! samples and what they make together, and the full gradient step.

use compact_str::CompactString;

use super::Limits;
use super::block::{Align, Block, Column, Inline, Line, Table};
use super::network;
use super::page::Page;
use super::readings::Readings;
use super::vector::vector;
use crate::lesson::Lesson;
use crate::lesson::batch::LessonBatch;
use crate::math::{Form, Layout, Leaves, Notation, Role};
use crate::name::{Name, Symbol};
use crate::network::{Reduction, Sample};
use crate::num::{self, Precision};
use crate::telling::about;

/// What the page is about.
pub struct BatchRequest<'a> {
    /// The samples, worked, as one lesson.
    pub lesson: &'a Lesson<'a>,
    /// The one quantity that all is about.
    pub only: Option<Name>,
    /// The samples after the full gradient step, if it is applied.
    pub after: Option<&'a LessonBatch<'a>>,
    /// The title of the exercise.
    pub title: &'a str,
    /// Where it comes from.
    pub source: Option<&'a str>,
    /// Decimals shown.
    pub digits: Precision,
    /// How much is shown.
    pub limits: Limits,
    /// How the medium draws fractions.
    pub notation: Notation,
}

/// Columns of single samples in the table of gradients.
const SAMPLE_TITLES: [&str; 6] =
    ["sample 1", "sample 2", "sample 3", "sample 4", "sample 5", "sample 6"];

/// The page of a batch; none without samples.
pub fn page<'a>(request: &BatchRequest<'a>) -> Vec<Block<'a>> {
    let Some(batch) = request.lesson.samples() else { return Vec::new() };
    let page = Page::new(Readings {
        lesson: request.lesson,
        digits: request.digits,
        limits: request.limits,
        notes: &[],
        notation: request.notation,
    });
    let mut writer = Writer { page, batch };
    writer.page.push(Block::Title(request.title.to_owned()));
    if let Some(source) = request.source {
        writer.page.say(source);
    }
    if let Some(digits) = request.lesson.settings().by_hand {
        writer.page.say(format!(
            "By hand: every intermediate is rounded to {digits} and carried on rounded."
        ));
    }
    if let Some(name) = request.only {
        writer.only(name);
        return writer.page.take_blocks();
    }
    network::write_without_sample(&mut writer.page);
    writer.samples();
    writer.risk();
    writer.gradients();
    if let Some(after) = request.after {
        writer.update();
        writer.after(after);
    }
    writer.page.take_blocks()
}

struct Writer<'a> {
    page: Page<'a>,
    batch: &'a LessonBatch<'a>,
}

impl<'a> Writer<'a> {
    fn lessons(&self) -> &'a [Lesson<'a>] {
        self.batch.lessons()
    }

    fn count(&self) -> usize {
        self.lessons().len()
    }

    /// One quantity: what it is computed from, and itself; of a parameter its
    /// gradient, and its update where that is applied.
    fn only(&mut self, name: Name) {
        for name in about(self.page.lesson, name) {
            self.page.derivation(name);
            if let Some((sample, alone)) = name.alone() {
                let naming = self.page.lesson.naming();
                let (sample, alone) = (sample + 1, naming.plain(alone));
                let hint = format!("run --sample {sample} --only {alone} walks there step by step");
                self.page.prose([Inline::hint(hint)]);
            }
        }
    }

    fn samples(&mut self) {
        self.page.heading("Every sample");
        self.page.say("The forward pass of each sample, with the same weights:");
        let columns = Column::all([
            ("sample", Align::Label),
            ("x", Align::Label),
            ("y", Align::Label),
            ("output", Align::Label),
            ("loss L", Align::Decimal),
        ]);
        let shown = self.page.shown(self.count());
        let mut rows = Vec::new();
        for (at, lesson) in self.lessons().iter().enumerate().take(shown) {
            let Sample { x, y } = lesson.exercise().sample;
            rows.push(vec![
                vec![(at + 1).to_string().into()],
                vec![Inline::Text(self.vector(x.iter().copied()).into(), Role::Given)],
                vec![Inline::Text(self.vector(y.iter().copied()).into(), Role::Given)],
                vec![self.vector(lesson.outputs()).into()],
                vec![self.number(lesson.value(Symbol::Loss.into()))],
            ]);
        }
        let left_out = self.count() - shown;
        self.page.push(Block::Table(Table { columns, rows, left_out }));
        self.page.prose([
            "Each sample is walked back on its own, as in the lecture".into(),
            Inline::hint(" (run --sample N does it)"),
            ".".into(),
        ]);
    }

    fn risk(&mut self) {
        self.page.heading("Empirical risk");
        self.page.say(match self.batch.reduction() {
            Reduction::Mean => "What gradient descent lowers is the mean of the losses:",
            Reduction::Sum => "What gradient descent lowers is the sum of the losses:",
        });
        self.page.derivation(Symbol::Risk.into());
    }

    fn gradients(&mut self) {
        self.page.heading("Gradients");
        self.page.say(format!(
            "The derivative of a {0} is the {0} of the derivatives. So each sample is walked backwards \
             on its own, and its gradients are {1}:",
            self.batch.reduction().word(),
            match self.batch.reduction() {
                Reduction::Mean => "averaged",
                Reduction::Sum => "added",
            },
        ));
        let own = self.count().min(SAMPLE_TITLES.len());
        let mut columns = Column::all([("gradient", Align::Label)]);
        let of_sample = |title| Column { title, align: Align::Decimal };
        columns.extend(SAMPLE_TITLES[..own].iter().copied().map(of_sample));
        if own < self.count() {
            columns.push(Column { title: "…", align: Align::Label });
        }
        let title = self.batch.reduction().word();
        columns.push(Column { title, align: Align::Decimal });
        let row = |writer: &Self, parameter| {
            let gradient = Name::loss_by(parameter);
            let mut row: Vec<Line> = vec![vec![writer.page.name(gradient).into()]];
            let samples = writer.lessons().iter().take(own);
            row.extend(samples.map(|lesson| vec![writer.number(lesson.value(gradient))]));
            if own < writer.count() {
                row.push(vec![Inline::Text("…".into(), Role::Faint)]);
            }
            row.push(vec![writer.reduced(gradient).into()]);
            row
        };
        self.parameter_table(columns, row);
        let first = self.first_parameter();
        if self.count() > 1 {
            self.page.prose(["The first of them in full:".into()]);
            self.page.derivation(Name::risk_by(first));
        }
    }

    fn update(&mut self) {
        self.page.heading("Full gradient step");
        self.page.say(
            "One step for all samples together, with the gradients above. They are carried on with \
             all their digits and rounded only to be shown:",
        );
        let columns = Column::all([
            ("quantity", Align::Label),
            ("old value - α·gradient", Align::Flowing),
            ("value", Align::Decimal),
        ]);
        self.parameter_table(columns, |writer, parameter| {
            let page = &writer.page;
            let old = page.text(parameter.into());
            let update = Name::New(parameter);
            let name = vec![page.name(update).into()];
            if !page.lesson.has(update) {
                return vec![name, vec!["stays as it is".into()], vec![old.into()]];
            }
            let text = |leaf| page.text(leaf);
            let expr = page.lesson.expression(update);
            let numbers = expr.map(|expr| Inline::Math(numbers(&expr, &text, page.notation)));
            let new = Form::Number(page.text(update), Role::New);
            vec![name, numbers.into_iter().collect(), vec![new.into()]]
        });
    }

    fn after(&mut self, after: &LessonBatch<'_>) {
        self.page.heading("After the step");
        let columns = Column::all([
            ("sample", Align::Label),
            ("output before", Align::Label),
            ("after", Align::Label),
            ("L before", Align::Decimal),
            ("after", Align::Decimal),
        ]);
        let shown = self.page.shown(self.count());
        let pairs = self.lessons().iter().zip(after.lessons()).take(shown).enumerate();
        let rows = pairs.map(|(at, (before, after))| {
            vec![
                vec![(at + 1).to_string().into()],
                vec![self.vector(before.outputs()).into()],
                vec![self.vector(after.outputs()).into()],
                vec![self.number(before.value(Symbol::Loss.into()))],
                vec![self.number(after.value(Symbol::Loss.into()))],
            ]
        });
        let rows = rows.collect();
        let left_out = self.count() - shown;
        self.page.push(Block::Table(Table { columns, rows, left_out }));
        let risk = |batch: &LessonBatch<'_>| batch.value(Symbol::Loss.into());
        let (before, now) = (risk(self.batch), risk(after));
        let (verdict, advice) = if now < before {
            ("falls", ". `train` repeats this many times.")
        } else if now > before {
            ("rises", ": the step was too long for this slope. A smaller learning rate helps.")
        } else {
            ("stays", ": there is no slope to follow.")
        };
        let number = |value: f64| Inline::Math(Form::Number(self.page.show(value), Role::New));
        let (before, now) = (number(before), number(now));
        self.page.prose([
            format!("The empirical risk {verdict}: from ").into(),
            before,
            " to ".into(),
            now,
            Inline::text(advice),
        ]);
    }

    /// A table with a row for each parameter, from the output layer back.
    fn parameter_table(&mut self, columns: Vec<Column>, row: impl Fn(&Self, Symbol) -> Vec<Line>) {
        let mut rows = Vec::new();
        let mut left_out = 0;
        for layer in self.page.layers().into_iter().rev() {
            let parameters: Vec<Symbol> = self.page.lesson.network().parameters_of(layer).collect();
            let shown = self.page.shown(parameters.len());
            rows.extend(parameters[..shown].iter().map(|parameter| row(self, *parameter)));
            if shown < parameters.len() {
                left_out += parameters.len() - shown;
                let mut dots = vec![Vec::new(); columns.len()];
                let text = format!("… {} more", num::count(parameters.len() - shown));
                dots[0] = vec![Inline::Text(text.into(), Role::Faint)];
                rows.push(dots);
            }
        }
        self.page.push(Block::Table(Table { columns, rows, left_out }));
    }

    // Readings.

    fn reduced(&self, name: Name) -> Form {
        Form::Number(self.page.show(self.batch.value(name)), Role::New)
    }

    fn number(&self, value: f64) -> Inline {
        Inline::text(self.page.show(value))
    }

    fn vector(&self, values: impl ExactSizeIterator<Item = f64>) -> String {
        vector(values, self.page.digits)
    }

    fn first_parameter(&self) -> Symbol {
        let layer = self.page.lesson.network().depth() - 1;
        Symbol::Weight { layer, from: 0, to: 0 }
    }
}

fn numbers(
    expr: &crate::expr::Expr,
    text: &dyn Fn(Name) -> CompactString,
    notation: Notation,
) -> Form {
    Layout {
        leaves: Leaves::Numbers(text),
        role: &|_| Role::Plain,
        most_addends: usize::MAX,
        notation,
    }
    .form(expr)
}
