//! What to ask about a whole sheet, where another reading of the exercise
//! explains it better than slips do.

use super::evidence::SlipFinding;
use super::marker::{Marker, MarkingRules};
use super::report::{LineVerdict, Report};
use super::sheet::Sheet;
use super::slips::Slip;
use crate::lesson::{Exercise, Lesson, Settings};
use crate::name::{Name, Symbol};
use crate::network::{Matrix, Network};

/// A question about a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetQuestion {
    /// It fits if the square matrices of these layers, counted from 0, are read
    /// the other way round.
    Layout(Vec<u32>),
    /// It fits if the first number in the name of a weight of these layers says where
    /// it leads to.
    WeightNames(Vec<u32>),
    /// It fits another exercise, of this name.
    OtherExercise(String),
    /// It is of all samples together, not of one.
    AllSamples,
}

impl SheetQuestion {
    /// Its stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Layout(_) => "LAYOUT",
            Self::WeightNames(_) => "WEIGHT-NAMES",
            Self::OtherExercise(_) => "OTHER-EXERCISE",
            Self::AllSamples => "ALL-SAMPLES",
        }
    }
}

/// Lines that must be right for a reading to explain a sheet.
const LEAST: usize = 3;

/// Whether the layout of square matrices explains all that is wrong in a sheet.
pub fn about_layout(
    exercise: Exercise<'_>,
    rules: MarkingRules<'_>,
    sheet: &Sheet,
    report: &Report<'_>,
) -> Option<SheetQuestion> {
    // Some line must speak for it: a few numbers of few digits fit many readings.
    let is_turned = |finding: &SlipFinding| finding.slip == Slip::WTransposed;
    if !report.lines.iter().any(|line| line.slips().iter().any(is_turned)) {
        return None;
    }
    let (network, layers) = transposed(exercise.network)?;
    let exercise = Exercise { network: &network, ..exercise };
    let settings = Settings { apply: exercise.learning_rate.is_some(), ..Settings::default() };
    let lesson = Lesson::new(exercise, settings).ok()?;
    let marker = Marker::new(&lesson, rules);
    if explains(&marker.mark(sheet)) {
        return Some(SheetQuestion::Layout(layers));
    }
    let mut turned = sheet.clone();
    turned
        .answers
        .iter_mut()
        .for_each(|answer| answer.name = with_ends_swapped(answer.name, &layers));
    explains(&marker.mark(&turned)).then_some(SheetQuestion::WeightNames(layers))
}

/// A quantity of the weight that leads the other way, in one of these layers.
fn with_ends_swapped(name: Name, layers: &[u32]) -> Name {
    let swapped = |symbol| match symbol {
        Symbol::Weight { layer, from, to } if layers.contains(&layer) => {
            Symbol::Weight { layer, from: to, to: from }
        }
        symbol @ (Symbol::Input(_)
        | Symbol::Target(_)
        | Symbol::Weight { .. }
        | Symbol::Bias { .. }
        | Symbol::In { .. }
        | Symbol::Out { .. }
        | Symbol::Term(_)
        | Symbol::Loss
        | Symbol::Rate
        | Symbol::Risk) => symbol,
    };
    match name {
        Name::Value(symbol) => swapped(symbol).into(),
        Name::New(symbol) => Name::New(swapped(symbol)),
        Name::Derivative { of: Symbol::Loss, by } => Name::loss_by(swapped(by)),
        name @ (Name::Derivative { .. } | Name::OfSample { .. }) => name,
    }
}

/// Whether a sheet that was marked by one sample is of all of them: it has names
/// that only they have, or its numbers are right where `L` is what we call `R`.
/// `together` is the lesson of all samples, and `by_their_names` the same sheet read
/// with its names.
pub fn about_samples(
    together: &Lesson<'_>,
    rules: MarkingRules<'_>,
    sheet: &Sheet,
    by_their_names: &Sheet,
    report: &Report<'_>,
) -> Option<SheetQuestion> {
    let is_of_all = |name: Name| match name {
        Name::Value(symbol) | Name::Derivative { of: symbol, .. } => symbol == Symbol::Risk,
        Name::OfSample { .. } => true,
        Name::New(_) => false,
    };
    if by_their_names.answers.iter().any(|answer| is_of_all(answer.name)) {
        return Some(SheetQuestion::AllSamples);
    }
    if report.count(LineVerdict::Wrong) == 0 {
        return None;
    }
    let mut turned = sheet.clone();
    turned.answers.retain_mut(|answer| {
        answer.name = match answer.name {
            Name::Value(Symbol::Loss) => Symbol::Risk.into(),
            Name::Derivative { of: Symbol::Loss, by } => Name::risk_by(by),
            name @ (Name::Value(_)
            | Name::New(_)
            | Name::Derivative { .. }
            | Name::OfSample { .. }) => name,
        };
        together.has(answer.name)
    });
    let rules = MarkingRules { printed: &[], asks: None, points: &[], ..rules };
    let marker = Marker::new(together, rules);
    let marked = marker.mark(&turned);
    (explains(&marked)
        && marked.lines.iter().any(|line| is_of_all(line.name()) && line.credit > 0.0))
    .then_some(SheetQuestion::AllSamples)
}

/// Whether a report leaves nothing to explain, and has lines enough to say so.
pub fn explains(report: &Report<'_>) -> bool {
    let is_telling = |line: &&super::report::ReportLine<'_>| {
        line.verdict == LineVerdict::Right && line.points() > 0.0 && line.credit == line.points()
    };
    report.count(LineVerdict::Wrong) == 0 && report.lines.iter().filter(is_telling).count() >= LEAST
}

/// The network with its square matrices transposed, and the layers whose numbers
/// that changes; none if it changes nothing.
fn transposed(network: &Network) -> Option<(Network, Vec<u32>)> {
    let mut other = network.clone();
    let mut layers = Vec::new();
    for (at, layer) in (0..).zip(&mut other.layers) {
        if layer.inputs() == layer.units() {
            let turned = turned(&layer.weights);
            if turned != layer.weights {
                layer.weights = turned;
                layers.push(at);
            }
        }
    }
    (!layers.is_empty()).then_some((other, layers))
}

fn turned(matrix: &Matrix) -> Matrix {
    let mut turned = Matrix::with_columns(matrix.rows());
    for column in 0..matrix.columns() {
        let row: Vec<f64> = (0..matrix.rows()).map(|row| matrix.at(row, column)).collect();
        turned.push_row(&row);
    }
    turned
}
