//! What programs, courses and frameworks call their arrays.

/// What a name says of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Sums,
    Outputs,
    Loss,
    ByOutputs,
    BySums,
    ByWeights,
    ByBiases,
    /// `W1`, `0.weight`: a gradient, a parameter, or one after the update.
    Weights,
    Biases,
    NewWeights,
    NewBiases,
    /// Inputs, targets and settings: nothing that is computed.
    Given,
}

/// A name, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Understood {
    pub(crate) meaning: Meaning,
    pub(crate) layer: LayerWord,
}

/// How a name tells its layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LayerWord {
    Number {
        number: usize,
        /// Whether it looks like a place in a list, which counts from 0.
        in_list: bool,
    },
    First,
    Last,
    None,
}

const WEIGHTS: [&str; 10] =
    ["w", "weight", "weights", "kernel", "coef", "coefs", "theta", "wt", "ws", "u"];
const BIASES: [&str; 8] = ["b", "bias", "biases", "intercept", "intercepts", "bs", "beta", "c"];
const GRADIENT: [&str; 16] = [
    "grad",
    "grads",
    "gradient",
    "gradients",
    "nabla",
    "d",
    "dl",
    "dj",
    "de",
    "dc",
    "dloss",
    "dcost",
    "g",
    "dr",
    "derror",
    "der",
];
const NEW: [&str; 5] = ["new", "updated", "after", "next", "upd"];
const SUMS: [&str; 6] = ["z", "net", "preact", "zin", "s", "logits"];
const OUTPUTS: [&str; 8] = ["a", "h", "act", "activation", "activations", "out", "o", "zout"];
const SIGNALS: [&str; 5] = ["delta", "deltas", "dz", "δ", "dnet"];
const LOSS: [&str; 9] = ["loss", "cost", "l", "j", "e", "error", "risk", "mse", "objective"];
const GIVEN: [&str; 12] = [
    "x", "y", "lr", "alpha", "input", "inputs", "target", "targets", "learning", "rate", "eta",
    "labels",
];
const FIRST: [&str; 9] =
    ["hidden", "ih", "xh", "hid", "inputhidden", "hiddenlayer", "in", "wh", "bh"];
const LAST: [&str; 8] = ["output", "ho", "hy", "outputlayer", "out", "o", "hiddenoutput", "final"];

/// Understands a name; `None` where it says nothing.
pub(crate) fn understand(name: &str) -> Option<Understood> {
    let (words, numbers) = parts(name);
    let is = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let number = numbers.last().copied();
    let mut gradient = is(&GRADIENT);
    let mut kinds: Vec<Meaning> = Vec::new();
    let mut last_letter = false;
    for word in &words {
        // `dw`, `dldw`, `gradw`, `dweight`: a derivative by what follows.
        let mut base = word.as_str();
        let mut by = false;
        for lead in ["dld", "djd", "ded", "dcd", "dlossd", "dcostd", "drd", "grad", "d", "∂", "g"]
        {
            if let Some(rest) = word.strip_prefix(lead)
                && known(rest)
                && !known(word)
                && !LOSS.contains(&rest)
            {
                (base, by) = (rest, true);
                break;
            }
        }
        gradient |= by;
        if WEIGHTS.contains(&base) {
            kinds.push(Meaning::Weights);
            last_letter |= base == "u";
        } else if BIASES.contains(&base) {
            kinds.push(Meaning::Biases);
            last_letter |= base == "c";
        } else if SIGNALS.contains(&word.as_str()) {
            kinds.push(Meaning::BySums);
        } else if SUMS.contains(&base) {
            kinds.push(Meaning::Sums);
        } else if OUTPUTS.contains(&base) {
            kinds.push(Meaning::Outputs);
        }
    }
    let new = is(&NEW);
    // Of several words that fit, the strongest: `weights_hidden_output`, `out.bias`.
    let pick =
        [Meaning::Biases, Meaning::Weights, Meaning::BySums, Meaning::Sums, Meaning::Outputs];
    let found = pick.into_iter().find(|meaning| kinds.contains(meaning));
    let meaning = match found {
        Some(Meaning::Weights) if new => Meaning::NewWeights,
        Some(Meaning::Biases) if new => Meaning::NewBiases,
        Some(Meaning::Weights) if gradient => Meaning::ByWeights,
        Some(Meaning::Biases) if gradient => Meaning::ByBiases,
        Some(Meaning::Sums) if gradient => Meaning::BySums,
        Some(Meaning::Outputs) if gradient => Meaning::ByOutputs,
        Some(other) => other,
        None if is(&GIVEN) => Meaning::Given,
        None if is(&LOSS) => Meaning::Loss,
        None => return None,
    };
    let layer = match number {
        Some(number) => LayerWord::Number { number, in_list: name.contains(['.', '[']) },
        None if last_letter || is(&LAST) && !kinds_are(&kinds, Meaning::Outputs) => LayerWord::Last,
        None if is(&FIRST) => LayerWord::First,
        None => LayerWord::None,
    };
    Some(Understood { meaning, layer })
}

fn kinds_are(kinds: &[Meaning], only: Meaning) -> bool {
    kinds.iter().all(|kind| *kind == only)
}

fn known(word: &str) -> bool {
    [&WEIGHTS[..], &BIASES, &SUMS, &OUTPUTS, &SIGNALS, &LOSS, &GIVEN]
        .iter()
        .any(|list| list.contains(&word))
}

/// The words of a name in small letters, and its numbers.
fn parts(name: &str) -> (Vec<String>, Vec<usize>) {
    let (mut words, mut numbers) = (Vec::new(), Vec::new());
    let (mut word, mut digits) = (String::new(), String::new());
    let lower: String = name.to_lowercase().replace('∂', "d").replace('∇', "nabla ");
    for c in lower.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if !digits.is_empty() {
            numbers.extend(digits.parse::<usize>().ok());
            digits.clear();
        }
        if c.is_alphabetic() {
            word.push(c);
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    // What holds the arrays says nothing of them.
    words.retain(|word| !matches!(word.as_str(), "self" | "model" | "module" | "params" | "cache"));
    (words, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str) -> Option<(Meaning, Option<usize>)> {
        let Understood { meaning, layer } = understand(name)?;
        let number = match layer {
            LayerWord::Number { number, .. } => Some(number),
            LayerWord::First | LayerWord::Last | LayerWord::None => None,
        };
        Some((meaning, number))
    }

    #[test]
    fn names_of_courses_and_frameworks_are_understood() {
        for name in [
            "dW1",
            "dw1",
            "dW_1",
            "grads[\"dW1\"]",
            "dL_dW1",
            "dLdW1",
            "grad_W1",
            "W1_grad",
            "W1.grad",
            "gradW1",
            "fc1.weight.grad",
            "dJ/dW1",
            "∂L/∂W1",
            "nabla_w[1]",
            "coef_grads[1]",
            "Theta1_grad",
            "dE_dW1",
            "d_W1",
            "dweights1",
            "gW1",
        ] {
            assert_eq!(told(name), Some((Meaning::ByWeights, Some(1))), "{name}");
        }
        for name in ["db2", "dL/db2", "grads['db2']", "dbias2", "layer2.bias.grad", "nabla_b[2]"] {
            assert_eq!(told(name), Some((Meaning::ByBiases, Some(2))), "{name}");
        }
        for (name, meaning) in [
            ("layer1.weight", Meaning::Weights),
            ("0.weight", Meaning::Weights),
            ("coefs_[0]", Meaning::Weights),
            ("intercepts_[0]", Meaning::Biases),
            ("fc1.bias", Meaning::Biases),
            ("W1_new", Meaning::NewWeights),
            ("new_b1", Meaning::NewBiases),
            ("Z1", Meaning::Sums),
            ("A1", Meaning::Outputs),
            ("dZ1", Meaning::BySums),
            ("dA1", Meaning::ByOutputs),
            ("delta2", Meaning::BySums),
            ("loss", Meaning::Loss),
            ("X", Meaning::Given),
            ("learning_rate", Meaning::Given),
        ] {
            assert_eq!(told(name).map(|(meaning, _)| meaning), Some(meaning), "{name}");
        }
        assert_eq!(told("momentum"), None);
    }
}
