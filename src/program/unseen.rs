//! What an exercise cannot show: slips that leave these arrays as they are
//! here, but would not with other numbers.

use super::catalogue::catalogue;
use super::engine::grid::ArrayGrid;
use super::engine::pass::ProgramPass;
use super::engine::problem::MatrixProblem;
use super::engine::recipe::Recipe;
use super::grain::Grain;
use super::kept::PassArray;

/// Multiplications of a pass above which this is not looked for.
const MOST_WORK: usize = 200_000;

/// The codes of slips that nobody would see in these arrays.
pub(crate) fn unseen(problem: &MatrixProblem, kept: &[(PassArray, Grain)]) -> Vec<&'static str> {
    if problem.parameters() * problem.samples() > MOST_WORK {
        return Vec::new();
    }
    let other = stirred(problem);
    let shows = |problem: &MatrixProblem, recipe: &Recipe| {
        let right = ProgramPass::of(problem, Recipe::right(problem.depth()));
        let wrong = ProgramPass::of(problem, recipe.clone());
        kept.iter().any(|(kept, grain)| match (kept.of(&right), kept.of(&wrong)) {
            (Some(right), Some(wrong)) => {
                let size = right.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
                right.len() != wrong.len()
                    || right.iter().zip(&wrong).any(|(right, wrong)| {
                        let difference = (right - wrong).abs();
                        difference.is_nan() || difference > grain.tolerance() * size
                    })
            }
            _ => false,
        })
    };
    let mut hidden: Vec<&'static str> = Vec::new();
    let mut shown: Vec<&'static str> = Vec::new();
    for candidate in catalogue(problem) {
        let mut recipe = Recipe::right(problem.depth());
        candidate.apply(&mut recipe);
        if shows(problem, &recipe) {
            shown.push(candidate.code);
        } else if shows(&other, &recipe) {
            hidden.push(candidate.code);
        }
    }
    // A slip that shows in one layer is not hidden.
    hidden.retain(|code| !shown.contains(code));
    hidden.dedup();
    hidden
}

/// The same shapes with other numbers: nothing is 0, 1 or equal by chance.
fn stirred(problem: &MatrixProblem) -> MatrixProblem {
    // An irrational step never meets itself.
    let stir = |grid: &ArrayGrid, by: f64| {
        ArrayGrid::from_fn(grid.rows(), grid.columns(), |row, column| {
            let place = (row * grid.columns() + column) as f64;
            let shift = (place.mul_add(0.618_033_988_749_895, by)).fract();
            grid.at(row, column).mul_add(0.5, 0.9 * shift + 0.05) - 0.4
        })
    };
    let mut at = 0.1;
    let mut next = || {
        at += 0.37;
        at
    };
    MatrixProblem {
        weights: problem.weights.iter().map(|weights| stir(weights, next())).collect(),
        biases: problem
            .biases
            .iter()
            .map(|biases| {
                let biases = biases.as_ref()?;
                let grid = ArrayGrid::of(1, biases.len(), biases.clone());
                Some(stir(&grid, next()).into_values())
            })
            .collect(),
        x: stir(&problem.x, next()),
        ..problem.clone()
    }
}
