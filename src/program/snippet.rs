//! A short program that sets up an exercise, works it, and saves what
//! `check --gradients` reads.

use super::engine::grid::ArrayGrid;
use super::engine::problem::MatrixProblem;
use super::lines::{CodeStyle, whole};
use crate::network::{Network, Reduction, Sample};

/// The library that the program is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Library {
    /// NumPy, the backward pass by hand.
    Numpy,
    /// PyTorch, with its own gradients.
    Torch,
    /// JAX, with its own gradients.
    Jax,
}

/// The program. `title` is harmless and stands in one line.
pub fn snippet(
    library: Library,
    title: &str,
    network: &Network,
    samples: &[Sample],
    reduction: Reduction,
    rate: Option<f64>,
) -> Option<String> {
    let problem = MatrixProblem::of(network, samples, reduction, rate, true)?;
    let mut lines = vec![format!("# {title}")];
    lines.extend(match library {
        Library::Numpy => numpy(&problem),
        Library::Torch => torch(&problem),
        Library::Jax => jax(&problem),
    });
    Some(lines.join("\n") + "\n")
}

fn numpy(problem: &MatrixProblem) -> Vec<String> {
    let mut lines = vec!["import numpy as np".to_owned(), String::new()];
    lines.extend(given(problem, &|values| format!("np.array({values}, dtype=float)")));
    lines.push(String::new());
    let pass = whole(problem, CodeStyle::default());
    lines.extend(pass.forward.iter().map(|line| line.numpy.clone()));
    lines.push(pass.loss.numpy.clone());
    lines.push(String::new());
    lines.extend(pass.backward.iter().map(|line| line.numpy.clone()));
    lines.push(String::new());
    let mut kept = vec!["loss=loss".to_owned()];
    kept.extend(names(problem, "d").map(|name| format!("{name}={name}")));
    lines.push(format!("np.savez(\"grads.npz\", {})", kept.join(", ")));
    lines
}

fn torch(problem: &MatrixProblem) -> Vec<String> {
    let mut lines = vec!["import numpy as np".to_owned(), "import torch".to_owned(), String::new()];
    let tensor = |values: &str| format!("torch.tensor({values}, dtype=torch.float64)");
    lines.extend(given(problem, &tensor));
    let all: Vec<String> = names(problem, "").collect();
    lines.push(format!("for parameter in ({},):", all.join(", ")));
    lines.push("    parameter.requires_grad_()".to_owned());
    lines.push(String::new());
    let pass = whole(problem, CodeStyle::default());
    lines.extend(pass.forward.iter().map(|line| line.torch.clone()));
    lines.push(pass.loss.torch.clone());
    lines.push("loss.backward()".to_owned());
    lines.push(String::new());
    let kept = all.iter().map(|name| format!("d{name}={name}.grad.numpy()"));
    let kept: Vec<String> = std::iter::once("loss=loss.item()".to_owned()).chain(kept).collect();
    lines.push(format!("np.savez(\"grads.npz\", {})", kept.join(", ")));
    lines
}

fn jax(problem: &MatrixProblem) -> Vec<String> {
    let mut lines: Vec<String> = [
        "import jax",
        "import jax.numpy as jnp",
        "import numpy as np",
        "",
        "jax.config.update(\"jax_enable_x64\", True)",
    ]
    .map(str::to_owned)
    .to_vec();
    lines.extend(given(problem, &|values| format!("jnp.array({values}, dtype=float)")));
    lines.push(String::new());
    let pass = whole(problem, CodeStyle::default());
    let all: Vec<String> = names(problem, "").collect();
    lines.push(format!("def loss({}):", all.join(", ")));
    let inside =
        pass.forward.iter().map(|line| format!("    {}", line.numpy.replace("np.", "jnp.")));
    lines.extend(inside);
    let value = pass.loss.numpy.replace("np.", "jnp.");
    lines.push(format!("    return {}", value.trim_start_matches("loss = ")));
    lines.push(String::new());
    let each: Vec<String> = (0..all.len()).map(|at| at.to_string()).collect();
    lines.push(format!(
        "grads = jax.grad(loss, argnums=({},))({})",
        each.join(", "),
        all.join(", ")
    ));
    let quoted: Vec<String> = all.iter().map(|name| format!("\"d{name}\"")).collect();
    lines.push(format!("np.savez(\"grads.npz\", **dict(zip([{}], grads)))", quoted.join(", ")));
    lines
}

/// The parameters by name, with something in front.
fn names(problem: &MatrixProblem, front: &'static str) -> impl Iterator<Item = String> {
    let has_biases: Vec<bool> = problem.biases.iter().map(Option::is_some).collect();
    has_biases.into_iter().enumerate().flat_map(move |(layer, has)| {
        let weights = format!("{front}W{}", layer + 1);
        let biases = has.then(|| format!("{front}b{}", layer + 1));
        std::iter::once(weights).chain(biases)
    })
}

/// Inputs, targets, parameters and settings.
fn given(problem: &MatrixProblem, array: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut lines = vec![
        format!("X = {}", array(&rows(&problem.x))),
        format!("Y = {}", array(&rows(&problem.y))),
    ];
    for (layer, (weights, biases)) in problem.weights.iter().zip(&problem.biases).enumerate() {
        lines.push(format!("W{} = {}", layer + 1, array(&rows(weights))));
        if let Some(biases) = biases {
            lines.push(format!("b{} = {}", layer + 1, array(&row(biases))));
        }
    }
    lines.push("n = len(X)".to_owned());
    lines.extend(problem.rate.map(|rate| format!("lr = {rate:?}")));
    lines
}

fn row(values: &[f64]) -> String {
    // The shortest digits that read back to the same number.
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    format!("[{}]", values.join(", "))
}

fn rows(grid: &ArrayGrid) -> String {
    let rows: Vec<String> = (0..grid.rows()).map(|at| row(grid.row(at))).collect();
    format!("[{}]", rows.join(", "))
}
