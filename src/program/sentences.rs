//! What each slip is, in words for somebody who reads their own code.

/// Code and sentence. Codes that people's slips have too mean the same slip.
const ALL: [(&str, &str); 51] = [
    ("SUM-FOR-MEAN", "You took the sum: it is still to be divided by how many there are."),
    (
        "MEAN-FOR-SUM",
        "You divided by the number of samples: this exercise adds the losses of its samples up.",
    ),
    (
        "MEAN-TWICE",
        "You divided by the number of samples twice: the mean is taken once, in the error signal or in the gradient, not in both.",
    ),
    ("BIAS-MEAN-ONLY", "You averaged the gradients of the biases, but not those of the weights."),
    (
        "NOT-ZEROED",
        "The gradients are counted twice: those of an earlier pass were still there when these were added. Set them to zero before each pass (optimizer.zero_grad()).",
    ),
    (
        "SOFTMAX-DIAGONAL",
        "You took softmax's slope as if each output had only its own input: f·(1 - f), or 1 - f, is the diagonal of a matrix, and the other entries, -f_k·f_j, count too.",
    ),
    (
        "NO-SLOPE-OUT",
        "The slope of the output activation is not multiplied in: what you use as error signal is ∂L/∂a.",
    ),
    (
        "EXTRA-SLOPE",
        "A slope is multiplied in that does not belong there: it has cancelled with the loss, is in already, or is that of a linear unit.",
    ),
    ("OTHER-SLOPE", "You used the slope of another activation than the one in the forward pass."),
    (
        "SLOPE-OF-OUT",
        "You took the slope of the value that was activated already, σ'(a): it belongs at z; or use the formula over a, a·(1 - a).",
    ),
    (
        "SLOPE-OF-IN",
        "You put z into the formula of the slope where the output belongs: a·(1 - a), not z·(1 - z).",
    ),
    ("SIGMA-FOR-SLOPE", "You multiplied by the activation where its slope belongs."),
    ("ONE-MINUS-OUT", "You took 1 - a for the slope: that is only a part of it."),
    (
        "RELU-SLOPE",
        "The slope of your ReLU is wrong: it is 1 where z > 0 however large z is, and where the unit is off it is 0, or the leak alone.",
    ),
    (
        "DOT-FOR-ELEMENTWISE",
        "You used a matrix product (a dot product) where entries are multiplied one by one: all units of a layer get the same number.",
    ),
    ("NO-SLOPE-HIDDEN", "The slope of the hidden activation is not multiplied in."),
    ("NO-SLOPES", "The slopes of the activations are multiplied in nowhere."),
    (
        "UPDATED-WEIGHT",
        "The weights were updated before the error was sent back through them: compute all gradients first, then update.",
    ),
    (
        "RESIDUAL-FOR-DELTA",
        "You sent back what came to the layer before its slope: it is the error signal dZ that goes back.",
    ),
    ("NO-WEIGHT", "The weights are not multiplied in when the error is sent back."),
    ("NO-WEIGHTS", "The weights are multiplied in nowhere when the error is sent back."),
    ("GRADIENT-FOR-WEIGHT", "You sent the error back through dW: it goes back through W."),
    (
        "W-TRANSPOSED",
        "A weight matrix is used the other way round: rows and columns are exchanged, which a square matrix does not complain about.",
    ),
    ("OTHER-WEIGHT", "You sent the error back through the weights of another layer."),
    ("ONE-PATH", "Only one unit's error is sent back: those of all units of the layer add up."),
    (
        "LAYER-SKIPPED",
        "The error of a later layer is used one layer too early: it is still to be sent back through one more layer. Look at the index in the loop.",
    ),
    ("UPSTREAM-DROPPED", "The slope overwrites what comes from above: it is multiplied with it."),
    ("OUTPUT-FOR-DELTA", "You used the output of the layer where its error signal belongs."),
    (
        "NO-RESIDUAL",
        "You differentiated the output of the network, not the loss: ∂L/∂a is left out.",
    ),
    ("RESIDUAL-SIGN", "The sign of the residual is wrong: it is a - y, not y - a."),
    (
        "FACTOR-2",
        "The factor 2 of the square's derivative is wrong: a 1/2 in the loss cancels it, without the 1/2 it stays.",
    ),
    ("LOSS-FOR-RESIDUAL", "You used the loss itself where its derivative by the output belongs."),
    ("NO-TARGET", "The target is missing in the derivative of the loss."),
    ("SIGN-LOST", "A sign is wrong or lost."),
    (
        "ENTROPY-SIGN",
        "The second term of the cross-entropy's derivative has the wrong sign: it is -y/a + (1 - y)/(1 - a).",
    ),
    (
        "ENTROPY-TERM",
        "The second term of the cross-entropy's derivative, (1 - y)/(1 - a), is missing.",
    ),
    (
        "EPSILON-IN-LOG",
        "A small number that keeps the logarithm finite is in the derivative too: it moves the gradients.",
    ),
    (
        "BATCH-BROADCAST",
        "Shapes (n,) and (n, 1) were subtracted: that gives every output against every target, an (n, n) array. Give both the same shape.",
    ),
    (
        "OWN-WEIGHT-FOR-INPUT",
        "You multiplied the error signal by the weight itself: it belongs with what the weight is fed with.",
    ),
    ("NO-INPUT", "What the weights are fed with is not multiplied in."),
    (
        "Z-IN-FOR-OUT",
        "You used the layer before ahead of its activation (Z): the weights are fed with its outputs (A).",
    ),
    (
        "X-FOR-HIDDEN",
        "You used the inputs of the network: these weights are fed with the outputs of a hidden layer.",
    ),
    ("INPUT-TWICE", "You multiplied by what the weights are fed with twice."),
    (
        "OUT-FOR-INPUT",
        "You used the outputs of this layer: its weights are fed with those of the layer before.",
    ),
    (
        "GRADIENT-TRANSPOSED",
        "The gradient is transposed: its rows are its columns, which a square matrix does not complain about.",
    ),
    ("OTHER-LAYERS-GRADIENT", "The gradient of another layer stands in this one's place."),
    (
        "BIAS-SUMMED-OVER-UNITS",
        "The gradient of the biases is summed over the units too (a sum without axis): it is summed over the samples alone.",
    ),
    (
        "BIAS-WRONG-AXIS",
        "The gradient of the biases is summed or averaged over the wrong axis: it has one number per unit.",
    ),
    ("BIAS-NOT-SUMMED", "The gradient of the biases is not summed over the samples."),
    (
        "BIAS-TIMES-INPUT",
        "The gradient of the biases is multiplied by an input: a bias is fed with 1.",
    ),
    (
        "BIAS-TIMES-INPUTS",
        "The gradient of the biases is multiplied by the sum of the inputs: a bias is fed with 1.",
    ),
];

/// More of them, of the update and of the whole.
const MORE: [(&str, &str); 15] = [
    (
        "LAST-SAMPLE-ONLY",
        "Only the last sample counts: the loop over the samples overwrites the gradients where it should add to them.",
    ),
    (
        "RATE-IN-GRADIENT",
        "The learning rate is in the gradient already: it belongs into the update alone.",
    ),
    ("STRAY-CONSTANT", "A constant is multiplied in that does not belong there."),
    (
        "INTEGER-ARRAYS",
        "The array holds whole numbers: what is assigned to it is cut off. Make it of floats (dtype=float).",
    ),
    ("ADDED", "The step is added: gradient descent subtracts it."),
    ("NO-RATE", "The learning rate is left out of the step."),
    ("RATE-TWICE", "The learning rate is multiplied in twice."),
    ("STEP-FOR-NEW", "The step alone is stored: the old value is missing."),
    (
        "PARAMETER-FOR-GRADIENT",
        "The step is made with the parameter itself where its gradient belongs.",
    ),
    ("BIAS-NOT-UPDATED", "The biases are not updated."),
    ("WEIGHT-NOT-UPDATED", "The weights are not updated."),
    ("NO-BIAS", "The biases are left out of the forward pass."),
    ("EXP-SIGN", "The sigmoid's exponent has lost its minus: 1/(1 + exp(-z))."),
    ("NO-ACTIVATION", "The activation is not applied in the forward pass."),
    ("NO-HALF", "The 1/2 of the loss is missing."),
];

/// The sentence of a code.
pub(crate) fn sentence(code: &str) -> Option<&'static str> {
    let mut all = ALL.iter().chain(&MORE);
    all.find(|(known, _)| *known == code).map(|(_, sentence)| *sentence)
}
