//! Arguments about a program's own arrays.

use clap::{Args, ValueEnum};

use super::Output;

/// What the arrays of `check --gradients` are.
#[derive(Args, Clone, Debug)]
pub struct ProgramArgs {
    /// Which array is which, where names do not say it: dW1=grads.0 for the
    /// gradient of the first layer's weights. May be given several times.
    #[arg(long, value_name = "NAME=ARRAY", requires = "gradients")]
    pub map: Vec<String>,
    /// Parameters in the file are those after the update.
    #[arg(long, requires = "gradients")]
    pub after: bool,
    /// How weights lie, where a square leaves it open.
    #[arg(long, value_enum, value_name = "LAYOUT", requires = "gradients")]
    pub layout: Option<WeightLayout>,
    /// How the losses of the samples make one, in place of what the scenario says.
    #[arg(long, value_enum, value_name = "HOW", requires = "gradients")]
    pub reduction: Option<Reduced>,
    /// Weights and biases of a file, .npz or safetensors, in place of the
    /// scenario's; it gives activations and loss, unless --activation and --loss do.
    #[arg(long, value_name = "FILE", requires = "gradients")]
    pub model: Option<String>,
    /// The activations of --model: one for all layers, or one for each, parted by
    /// commas.
    #[arg(long, value_name = "NAMES", requires = "model")]
    pub activation: Option<String>,
    /// The loss of --model.
    #[arg(long, value_name = "NAME", requires = "model")]
    pub loss: Option<String>,
    /// The samples of a CSV file in place of the scenario's: a header, then inputs
    /// and targets.
    #[arg(long, value_name = "FILE", requires = "gradients")]
    pub data: Option<String>,
}

/// Write a scenario with the weights of a file, and the samples of another.
#[derive(Args, Debug)]
pub struct Import {
    /// The scenario that gives activations, loss and all else: a file, the name of
    /// one that comes with the program, or - for standard input.
    pub scenario: String,
    /// Weights and biases: .npz, safetensors, a folder of .npy, or JSON.
    #[arg(long, value_name = "FILE")]
    pub model: String,
    /// How weights lie, where squares leave it open.
    #[arg(long, value_enum, value_name = "LAYOUT")]
    pub layout: Option<WeightLayout>,
    /// Samples: a CSV file with a header, then inputs and targets.
    #[arg(long, value_name = "FILE")]
    pub data: Option<String>,
    /// Where it goes.
    #[command(flatten)]
    pub output: Output,
}

/// Print a program that works a scenario and saves what `check --gradients` reads.
#[derive(Args, Debug)]
pub struct Snippet {
    /// The library it is written for.
    #[arg(value_enum)]
    pub library: SnippetLibrary,
    /// A scenario file, the name of one that comes with the program (see
    /// `list`), or - for standard input.
    pub scenario: String,
}

/// Libraries that programs are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SnippetLibrary {
    /// The backward pass by hand.
    Numpy,
    /// With PyTorch's own gradients.
    Pytorch,
    /// With JAX's own gradients.
    Jax,
}

/// How weights lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WeightLayout {
    /// One row per input, as in the lesson.
    InOut,
    /// One row per unit, as in PyTorch.
    OutIn,
}

/// How the losses of several samples make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Reduced {
    /// Their mean.
    Mean,
    /// Their sum.
    Sum,
}
