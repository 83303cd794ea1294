//! The line of a program as it is written right: as a formula, for NumPy and
//! for PyTorch.

use super::candidate::Change;
use super::engine::cost::LossMeasure;
use super::engine::curve::Curve;
use super::engine::problem::MatrixProblem;

/// One line in three ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeLines {
    /// As the lesson writes it.
    pub formula: String,
    /// For NumPy.
    pub numpy: String,
    /// For PyTorch.
    pub torch: String,
}

/// How a file's arrays lie, for lines that fit them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CodeStyle {
    /// Weights stand `[out, in]`.
    pub(crate) out_in: bool,
    /// Samples stand in columns.
    pub(crate) in_columns: bool,
}

/// What is written right: a step of the pass in a layer.
#[derive(Clone, Copy)]
enum Stage {
    Forward,
    Activation,
    Loss,
    Residual,
    Signal,
    SentBack,
    Weights,
    Biases,
    Gradients,
    NewWeights,
    NewBiases,
}

/// The lines that a change spoils, in a layer.
pub(crate) fn lines(
    problem: &MatrixProblem,
    change: Change,
    layer: usize,
    style: CodeStyle,
) -> CodeLines {
    use super::engine::recipe::ForwardRecipe;
    let last = problem.last();
    let stage = match change {
        Change::Residual(_) if problem.cancels() => Stage::Signal,
        Change::Residual(_) => Stage::Residual,
        Change::Loss(_) => Stage::Loss,
        Change::Forward(ForwardRecipe::NoBias | ForwardRecipe::Transposed) => Stage::Forward,
        Change::Forward(_) => Stage::Activation,
        Change::Slope(_) | Change::Signal(_) | Change::SignalFactor(_) => Stage::Signal,
        Change::Sends(_) | Change::Back(_) | Change::SendsNoWeight => Stage::SentBack,
        Change::Input(_) | Change::WeightFactor(_) => Stage::Weights,
        Change::Bias(_) | Change::BiasFactor(_) | Change::BiasTimes(..) => Stage::Biases,
        Change::Gradients(_)
        | Change::BeforeSlope
        | Change::LastSample
        | Change::OtherLayer(_)
        | Change::Whole => Stage::Gradients,
        Change::WeightStep(_) | Change::Steps(_) => Stage::NewWeights,
        Change::BiasStep(_) => Stage::NewBiases,
    };
    let layer = layer.min(last);
    Writer { problem, style, n: layer + 1, layer }.stage(stage)
}

/// All lines of a right pass.
pub(crate) struct WholePass {
    pub(crate) forward: Vec<CodeLines>,
    pub(crate) loss: CodeLines,
    /// Signals and gradients, from the last layer on.
    pub(crate) backward: Vec<CodeLines>,
}

/// Writes a whole pass.
pub(crate) fn whole(problem: &MatrixProblem, style: CodeStyle) -> WholePass {
    let last = problem.last();
    let line = |stage, layer| Writer { problem, style, n: layer + 1, layer }.stage(stage);
    let forward =
        (0..=last).flat_map(|layer| [Stage::Forward, Stage::Activation].map(|of| line(of, layer)));
    let mut backward = Vec::new();
    if !problem.cancels() {
        backward.push(line(Stage::Residual, last));
    }
    for layer in (0..=last).rev() {
        backward.push(line(Stage::Signal, layer));
        backward.push(line(Stage::Weights, layer));
        if problem.biases[layer].is_some() {
            backward.push(line(Stage::Biases, layer));
        }
        if layer > 0 {
            backward.push(line(Stage::SentBack, layer));
        }
    }
    WholePass { forward: forward.collect(), loss: line(Stage::Loss, last), backward }
}

struct Writer<'a> {
    problem: &'a MatrixProblem,
    style: CodeStyle,
    /// The layer's number.
    n: usize,
    layer: usize,
}

impl Writer<'_> {
    fn stage(&self, stage: Stage) -> CodeLines {
        let (n, before) = (self.n, self.n - 1);
        let is_output = self.layer == self.problem.last();
        match stage {
            Stage::Forward => {
                let bias = self.problem.biases[self.layer].is_some();
                let plus = if bias { format!(" + b{n}") } else { String::new() };
                self.both(
                    format!(
                        "z({n}) = W({n})ᵀ·a({before}){}",
                        if bias { format!(" + b({n})") } else { String::new() }
                    ),
                    format!("Z{n} = {}{plus}", self.weighted(n)),
                )
            }
            Stage::Activation => CodeLines {
                formula: format!("a({n}) = {}", formula_value(self.curve(), n)),
                numpy: format!("A{n} = {}", numpy_value(self.curve(), n)),
                torch: format!("A{n} = {}", torch_value(self.curve(), n)),
            },
            Stage::Loss => {
                let (formula, code) = self.loss();
                let torch = code.replace("np.", "torch.");
                CodeLines {
                    formula,
                    numpy: format!("loss = {code}"),
                    torch: format!("loss = {torch}"),
                }
            }
            Stage::Residual => {
                let (formula, code) = self.residual();
                self.both(format!("∂L/∂a({n}) = {formula}"), format!("dA{n} = {code}"))
            }
            Stage::Signal if is_output && self.problem.cancels() => {
                self.both(format!("δ({n}) = a({n}) - y"), format!("dZ{n} = A{n} - Y"))
            }
            Stage::Signal if self.curve() == Curve::Softmax => {
                let axis = |name: &str| {
                    let axis = i32::from(!self.style.in_columns);
                    let keep = if name == "dim" { "keepdim" } else { "keepdims" };
                    format!(
                        "dZ{n} = A{n} * (dA{n} - (dA{n} * A{n}).sum({name}={axis}, {keep}=True))"
                    )
                };
                CodeLines {
                    formula: format!(
                        "δ({n})_j = a({n})_j·(∂L/∂a({n})_j - Σ_k ∂L/∂a({n})_k·a({n})_k)"
                    ),
                    numpy: axis("axis"),
                    torch: axis("dim"),
                }
            }
            Stage::Signal => {
                let (formula, code, torch) = self.slope();
                let upstream = if is_output {
                    format!("∂L/∂a({n})")
                } else {
                    format!("W({})·δ({})", n + 1, n + 1)
                };
                CodeLines {
                    formula: format!("δ({n}) = {upstream} ⊙ {formula}"),
                    numpy: format!("dZ{n} = dA{n} * {code}"),
                    torch: format!("dZ{n} = dA{n} * {torch}"),
                }
            }
            Stage::SentBack => self.both(
                format!("∂L/∂a({before}) = W({n})·δ({n})"),
                format!("dA{before} = {}", self.back(n)),
            ),
            Stage::Weights => self.both(self.weights_formula(), self.weights_code()),
            Stage::Biases => self.biases(),
            Stage::Gradients => {
                let biases = self.biases();
                let weights = self.weights_code();
                if self.problem.biases[self.layer].is_none() {
                    return self.both(self.weights_formula(), weights);
                }
                CodeLines {
                    formula: format!("{}, {}", self.weights_formula(), biases.formula),
                    numpy: format!("{weights}; {}", biases.numpy),
                    torch: format!("{weights}; {}", biases.torch),
                }
            }
            Stage::NewWeights => self.both(
                format!("W({n})_new = W({n}) - α·∂L/∂W({n})"),
                format!("W{n} = W{n} - lr * dW{n}"),
            ),
            Stage::NewBiases => self.both(
                format!("b({n})_new = b({n}) - α·∂L/∂b({n})"),
                format!("b{n} = b{n} - lr * db{n}"),
            ),
        }
    }

    fn both(&self, formula: String, code: String) -> CodeLines {
        CodeLines { formula, numpy: code.clone(), torch: code }
    }

    fn curve(&self) -> Curve {
        self.problem.curves[self.layer]
    }

    /// What a layer is fed with.
    fn feeding(&self) -> String {
        if self.n == 1 { "X".to_owned() } else { format!("A{}", self.n - 1) }
    }

    fn weighted(&self, n: usize) -> String {
        let fed = self.feeding();
        match (self.style.in_columns, self.style.out_in) {
            (false, false) => format!("{fed} @ W{n}"),
            (false, true) => format!("{fed} @ W{n}.T"),
            (true, false) => format!("W{n}.T @ {fed}"),
            (true, true) => format!("W{n} @ {fed}"),
        }
    }

    fn back(&self, n: usize) -> String {
        match (self.style.in_columns, self.style.out_in) {
            (false, false) => format!("dZ{n} @ W{n}.T"),
            (false, true) => format!("dZ{n} @ W{n}"),
            (true, false) => format!("W{n} @ dZ{n}"),
            (true, true) => format!("W{n}.T @ dZ{n}"),
        }
    }

    /// ` / n` where the samples are averaged.
    fn share(&self) -> &'static str {
        if self.problem.scale == 1.0 { "" } else { " / n" }
    }

    fn weights_formula(&self) -> String {
        let (n, before) = (self.n, self.n - 1);
        let fed = if n == 1 { "x".to_owned() } else { format!("a({before})") };
        match (self.problem.samples(), self.problem.scale == 1.0) {
            (1, _) => format!("∂L/∂W({n}) = {fed}·δ({n})ᵀ"),
            (_, true) => format!("∂L/∂W({n}) = Σ {fed}·δ({n})ᵀ"),
            (_, false) => format!("∂L/∂W({n}) = 1/n Σ {fed}·δ({n})ᵀ"),
        }
    }

    fn weights_code(&self) -> String {
        let (n, fed, share) = (self.n, self.feeding(), self.share());
        match (self.style.in_columns, self.style.out_in) {
            (false, false) => format!("dW{n} = {fed}.T @ dZ{n}{share}"),
            (false, true) => format!("dW{n} = dZ{n}.T @ {fed}{share}"),
            (true, false) => format!("dW{n} = {fed} @ dZ{n}.T{share}"),
            (true, true) => format!("dW{n} = dZ{n} @ {fed}.T{share}"),
        }
    }

    fn biases(&self) -> CodeLines {
        let (n, share) = (self.n, self.share());
        let axis = i32::from(self.style.in_columns);
        let sum = match (self.problem.samples(), self.problem.scale == 1.0) {
            (1, _) => "",
            (_, true) => "Σ ",
            (_, false) => "1/n Σ ",
        };
        CodeLines {
            formula: format!("∂L/∂b({n}) = {sum}δ({n})"),
            numpy: format!("db{n} = dZ{n}.sum(axis={axis}){share}"),
            torch: format!("db{n} = dZ{n}.sum(dim={axis}){share}"),
        }
    }

    fn residual(&self) -> (String, String) {
        let n = self.n;
        match self.problem.measure {
            LossMeasure::Output => ("1".to_owned(), format!("np.ones_like(A{n})")),
            LossMeasure::Squares(0.5) => (format!("a({n}) - y"), format!("A{n} - Y")),
            LossMeasure::Squares(1.0) => (format!("2·(a({n}) - y)"), format!("2 * (A{n} - Y)")),
            LossMeasure::Squares(_) => {
                let outputs = self.problem.outputs();
                (format!("2/{outputs}·(a({n}) - y)"), format!("2 / {outputs} * (A{n} - Y)"))
            }
            LossMeasure::BinaryCrossEntropy => (
                format!("-y/a({n}) + (1 - y)/(1 - a({n}))"),
                format!("-Y / A{n} + (1 - Y) / (1 - A{n})"),
            ),
            LossMeasure::CrossEntropy => (format!("-y/a({n})"), format!("-Y / A{n}")),
        }
    }

    fn loss(&self) -> (String, String) {
        let n = self.n;
        let per = if self.problem.scale == 1.0 { "" } else { " / n" };
        match self.problem.measure {
            LossMeasure::Output => (format!("L = Σ a({n})"), format!("np.sum(A{n}){per}")),
            LossMeasure::Squares(factor) => {
                let lead = if factor == 0.5 {
                    ("1/2 ", "0.5 * ".to_owned())
                } else if factor == 1.0 {
                    ("", String::new())
                } else {
                    ("1/m ", format!("1 / {} * ", self.problem.outputs()))
                };
                (
                    format!("L = {}Σ (y - a({n}))²", lead.0),
                    format!("{}np.sum((Y - A{n}) ** 2){per}", lead.1),
                )
            }
            LossMeasure::BinaryCrossEntropy => (
                format!("L = -Σ (y·ln a({n}) + (1 - y)·ln(1 - a({n})))"),
                format!("-np.sum(Y * np.log(A{n}) + (1 - Y) * np.log(1 - A{n})){per}"),
            ),
            LossMeasure::CrossEntropy => {
                (format!("L = -Σ y·ln a({n})"), format!("-np.sum(Y * np.log(A{n})){per}"))
            }
        }
    }

    /// The slope as a formula, for NumPy and for PyTorch.
    fn slope(&self) -> (String, String, String) {
        let n = self.n;
        let same = |formula: String, code: String| (formula, code.clone(), code);
        match self.curve() {
            Curve::Sigmoid => same(format!("a({n}) ⊙ (1 - a({n}))"), format!("A{n} * (1 - A{n})")),
            Curve::Tanh => same(format!("(1 - a({n})²)"), format!("(1 - A{n} ** 2)")),
            Curve::Relu => same(format!("[z({n}) > 0]"), format!("(Z{n} > 0)")),
            Curve::LeakyRelu => (
                format!("(1 where z({n}) > 0, else 0.01)"),
                format!("np.where(Z{n} > 0, 1, 0.01)"),
                format!("torch.where(Z{n} > 0, 1.0, 0.01)"),
            ),
            Curve::Identity | Curve::Softmax => same("1".to_owned(), "1".to_owned()),
            Curve::Softplus => (
                format!("σ(z({n}))"),
                format!("1 / (1 + np.exp(-Z{n}))"),
                format!("torch.sigmoid(Z{n})"),
            ),
        }
    }
}

fn formula_value(curve: Curve, n: usize) -> String {
    match curve {
        Curve::Sigmoid => format!("σ(z({n}))"),
        Curve::Tanh => format!("tanh(z({n}))"),
        Curve::Relu => format!("max(0, z({n}))"),
        Curve::LeakyRelu => format!("max(0.01·z({n}), z({n}))"),
        Curve::Identity => format!("z({n})"),
        Curve::Softplus => format!("ln(1 + exp(z({n})))"),
        Curve::Softmax => format!("softmax(z({n}))"),
    }
}

fn numpy_value(curve: Curve, n: usize) -> String {
    match curve {
        Curve::Sigmoid => format!("1 / (1 + np.exp(-Z{n}))"),
        Curve::Tanh => format!("np.tanh(Z{n})"),
        Curve::Relu => format!("np.maximum(0, Z{n})"),
        Curve::LeakyRelu => format!("np.where(Z{n} > 0, Z{n}, 0.01 * Z{n})"),
        Curve::Identity => format!("Z{n}"),
        Curve::Softplus => format!("np.log1p(np.exp(Z{n}))"),
        Curve::Softmax => format!("np.exp(Z{n}) / np.exp(Z{n}).sum(axis=1, keepdims=True)"),
    }
}

fn torch_value(curve: Curve, n: usize) -> String {
    match curve {
        Curve::Sigmoid => format!("torch.sigmoid(Z{n})"),
        Curve::Tanh => format!("torch.tanh(Z{n})"),
        Curve::Relu => format!("torch.relu(Z{n})"),
        Curve::LeakyRelu => format!("torch.where(Z{n} > 0, Z{n}, 0.01 * Z{n})"),
        Curve::Identity => format!("Z{n}"),
        Curve::Softplus => format!("torch.nn.functional.softplus(Z{n})"),
        Curve::Softmax => format!("torch.softmax(Z{n}, dim=1)"),
    }
}
