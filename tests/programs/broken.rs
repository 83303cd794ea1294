//! Programs of plain loops, right or with one bug, and what is said of them.
//! They share no code with what judges them.

#![expect(clippy::needless_range_loop, reason = "programs as people write them, in loops")]

use backprop_tutor::network::Reduction;
use backprop_tutor::program::array::{Array, Stored};
use backprop_tutor::program::{ProgramCheck, ProgramFinding, Wanted, check};

use super::cases::{codes, transposed};
use super::random::{Dice, Exercise, Kind, exercise, key};

/// Bugs, and codes that name each.
const BUGS: [(&str, &[&str]); 46] = [
    ("residual sign", &["RESIDUAL-SIGN"]),
    ("residual doubled", &["FACTOR-2", "NOT-ZEROED", "SUM-FOR-MEAN"]),
    ("residual without target", &["NO-TARGET"]),
    ("no residual", &["NO-RESIDUAL"]),
    ("loss for residual", &["LOSS-FOR-RESIDUAL"]),
    ("no output slope", &["NO-SLOPE-OUT"]),
    ("extra output slope", &["EXTRA-SLOPE"]),
    ("softmax diagonal", &["SOFTMAX-DIAGONAL"]),
    ("no hidden slope", &["NO-SLOPE-HIDDEN", "NO-SLOPES", "RELU-SLOPE"]),
    ("slope squared", &["EXTRA-SLOPE"]),
    // Softmax's own formula, with softmax taken again, is a part of its slope.
    ("slope of output", &["SLOPE-OF-OUT", "SOFTMAX-DIAGONAL"]),
    ("slope formula at z", &["SLOPE-OF-IN"]),
    ("value for slope", &["SIGMA-FOR-SLOPE", "OUTPUT-FOR-DELTA"]),
    // A linear unit's is a slope too many, softmax's o·(1 - o) its diagonal.
    ("sigmoid slope for another", &["OTHER-SLOPE", "EXTRA-SLOPE", "SOFTMAX-DIAGONAL"]),
    ("tanh slope for another", &["OTHER-SLOPE", "EXTRA-SLOPE"]),
    ("relu always on", &["RELU-SLOPE", "NO-SLOPE-HIDDEN"]),
    ("upstream dropped", &["UPSTREAM-DROPPED"]),
    ("output for delta", &["OUTPUT-FOR-DELTA"]),
    ("updated weight", &["UPDATED-WEIGHT"]),
    ("no weight", &["NO-WEIGHT", "NO-WEIGHTS"]),
    ("gradient for weight", &["GRADIENT-FOR-WEIGHT"]),
    ("residual for delta", &["RESIDUAL-FOR-DELTA"]),
    ("transposed back", &["W-TRANSPOSED"]),
    ("one path", &["ONE-PATH"]),
    ("no input", &["NO-INPUT"]),
    ("z for output", &["Z-IN-FOR-OUT"]),
    ("x for hidden", &["X-FOR-HIDDEN"]),
    ("input twice", &["INPUT-TWICE"]),
    ("own weight for input", &["OWN-WEIGHT-FOR-INPUT"]),
    ("gradient transposed", &["GRADIENT-TRANSPOSED"]),
    ("sum for mean", &["SUM-FOR-MEAN"]),
    ("mean twice", &["MEAN-TWICE"]),
    ("bias not averaged", &["SUM-FOR-MEAN"]),
    ("bias averaged", &["BIAS-MEAN-ONLY"]),
    ("not zeroed", &["NOT-ZEROED"]),
    ("bias over units", &["BIAS-SUMMED-OVER-UNITS"]),
    ("bias times input", &["BIAS-TIMES-INPUT", "BIAS-TIMES-INPUTS"]),
    ("bias of first sample", &["BIAS-NOT-SUMMED"]),
    ("broadcast", &["BATCH-BROADCAST"]),
    ("rate in gradient", &["RATE-IN-GRADIENT"]),
    ("added", &["ADDED"]),
    ("no rate", &["NO-RATE"]),
    ("rate twice", &["RATE-TWICE"]),
    ("bias not updated", &["BIAS-NOT-UPDATED"]),
    ("step for new", &["STEP-FOR-NEW"]),
    ("parameter for gradient", &["PARAMETER-FOR-GRADIENT"]),
];

/// A program: where its bug is, and how fine it computes.
struct Program<'a> {
    of: &'a Exercise,
    bug: &'a str,
    /// The one layer of the bug, or all.
    layer: Option<usize>,
    single: bool,
}

/// What it keeps.
#[derive(Default)]
struct Kept {
    z: Vec<Vec<Vec<f64>>>,
    a: Vec<Vec<Vec<f64>>>,
    dz: Vec<Vec<Vec<f64>>>,
    dw: Vec<Vec<Vec<f64>>>,
    db: Vec<Vec<f64>>,
    w_new: Vec<Vec<Vec<f64>>>,
    b_new: Vec<Vec<f64>>,
}

impl Program<'_> {
    fn has(&self, bug: &str, layer: usize) -> bool {
        self.bug == bug && self.layer.is_none_or(|own| own == layer)
    }

    /// Rounds as the program's numbers are.
    fn r(&self, value: f64) -> f64 {
        if self.single { f64::from(value as f32) } else { value }
    }

    fn act(&self, kind: &str, z: f64) -> f64 {
        self.r(match kind {
            "sigmoid" => 1.0 / self.r(1.0 + self.r((-z).exp())),
            "tanh" => z.tanh(),
            "relu" => z.max(0.0),
            "leaky_relu" => {
                if z > 0.0 {
                    z
                } else {
                    0.01 * z
                }
            }
            "softplus" => {
                if z > 30.0 {
                    z
                } else {
                    self.r(1.0 + self.r(z.exp())).ln()
                }
            }
            _ => z,
        })
    }

    fn slope_by_out(&self, kind: &str, o: f64) -> f64 {
        self.r(match kind {
            "sigmoid" | "softmax" => o * self.r(1.0 - o),
            "tanh" => 1.0 - self.r(o * o),
            "relu" => f64::from(u8::from(o > 0.0)),
            "leaky_relu" => {
                if o > 0.0 {
                    1.0
                } else {
                    0.01
                }
            }
            "softplus" => 1.0 - self.r((-o).exp()),
            _ => 1.0,
        })
    }

    fn slope(&self, kind: &str, z: f64, o: f64, layer: usize) -> f64 {
        let usual = self.slope_by_out(kind, o);
        if self.has("slope squared", layer) {
            return usual * usual;
        }
        if self.has("slope of output", layer) {
            return self.slope_by_out(kind, self.act(kind, o));
        }
        if self.has("slope formula at z", layer) {
            return self.slope_by_out(kind, z);
        }
        if self.has("value for slope", layer) {
            return o;
        }
        if self.has("sigmoid slope for another", layer) {
            return self.slope_by_out("sigmoid", o);
        }
        if self.has("tanh slope for another", layer) {
            return self.slope_by_out("tanh", o);
        }
        usual
    }

    #[expect(clippy::too_many_lines, reason = "one program, read from top to bottom")]
    fn run(&self) -> Kept {
        let net = &self.of.network;
        let depth = net.layers.len();
        let count = self.of.samples.len();
        let n = count as f64;
        let last = depth - 1;
        let kind = |layer: usize| key(net.layers[layer].activation);
        let w: Vec<Vec<Vec<f64>>> = net
            .layers
            .iter()
            .map(|layer| {
                (0..layer.inputs())
                    .map(|j| (0..layer.units()).map(|k| self.r(layer.weights.at(j, k))).collect())
                    .collect()
            })
            .collect();
        let b: Vec<Vec<f64>> = net
            .layers
            .iter()
            .map(|layer| layer.biases.as_ref().unwrap().iter().map(|v| self.r(*v)).collect())
            .collect();
        let x: Vec<Vec<f64>> =
            self.of.samples.iter().map(|s| s.x.iter().map(|v| self.r(*v)).collect()).collect();
        let y: Vec<Vec<f64>> =
            self.of.samples.iter().map(|s| s.y.iter().map(|v| self.r(*v)).collect()).collect();
        let mut kept = Kept::default();
        for layer in 0..depth {
            let (mut zs, mut outs) = (Vec::new(), Vec::new());
            for s in 0..count {
                let input = if layer == 0 { &x[s] } else { &kept.a[layer - 1][s] };
                let units = b[layer].len();
                let z: Vec<f64> = (0..units)
                    .map(|k| {
                        let mut sum = 0.0;
                        for (j, v) in input.iter().enumerate() {
                            sum = self.r(sum + self.r(v * w[layer][j][k]));
                        }
                        self.r(sum + b[layer][k])
                    })
                    .collect();
                let out = if kind(layer) == "softmax" {
                    let top = z.iter().copied().fold(f64::MIN, f64::max);
                    let parts: Vec<f64> = z.iter().map(|v| self.r(self.r(v - top).exp())).collect();
                    let all = parts.iter().fold(0.0, |sum, part| self.r(sum + part));
                    parts.iter().map(|part| self.r(part / all)).collect()
                } else {
                    z.iter().map(|v| self.act(kind(layer), *v)).collect()
                };
                zs.push(z);
                outs.push(out);
            }
            kept.z.push(zs);
            kept.a.push(outs);
        }
        // Error signals.
        let loss = net.loss.key;
        let outputs = b[last].len() as f64;
        let joint = matches!(loss, "binary_cross_entropy" | "cross_entropy");
        let mut da = vec![vec![vec![0.0; 0]; count]; depth];
        kept.dz = vec![vec![Vec::new(); count]; depth];
        kept.dw = w.iter().map(|m| vec![vec![0.0; m[0].len()]; m.len()]).collect();
        kept.db = b.iter().map(|v| vec![0.0; v.len()]).collect();
        let by_output = |f: f64, y: f64| match loss {
            "half_squared_error" => f - y,
            "squared_error" => 2.0 * (f - y),
            "mean_squared_error" => 2.0 * (f - y) / outputs,
            "binary_cross_entropy" => -y / f + (1.0 - y) / (1.0 - f),
            _ => -y / f,
        };
        for s in 0..count {
            let f = &kept.a[last][s];
            let total: f64 = f
                .iter()
                .zip(&y[s])
                .map(|(f, y)| match loss {
                    "half_squared_error" => 0.5 * (f - y) * (f - y),
                    "squared_error" => (f - y) * (f - y),
                    "mean_squared_error" => (f - y) * (f - y) / outputs,
                    "binary_cross_entropy" => -(y * f.ln() + (1.0 - y) * (1.0 - f).ln()),
                    _ => {
                        if *y == 0.0 {
                            0.0
                        } else {
                            -y * f.ln()
                        }
                    }
                })
                .sum();
            let mut plain = true;
            da[last][s] = f
                .iter()
                .zip(&y[s])
                .enumerate()
                .map(|(k, (f, y_k))| {
                    let right = by_output(*f, *y_k);
                    match self.bug {
                        "residual sign" => {
                            plain = false;
                            -right
                        }
                        "residual doubled" => {
                            plain = false;
                            2.0 * right
                        }
                        "residual without target" => {
                            plain = false;
                            if joint { -1.0 / f } else { by_output(*f, 0.0) }
                        }
                        "no residual" => {
                            plain = false;
                            1.0
                        }
                        "loss for residual" => {
                            plain = false;
                            total
                        }
                        "extra output slope" => {
                            plain = false;
                            f - y_k
                        }
                        "broadcast" => {
                            plain = false;
                            let all: f64 = y.iter().map(|other| f - other[k]).sum();
                            by_output(all, 0.0)
                        }
                        _ => right,
                    }
                })
                .map(|v| self.r(v))
                .collect();
            let slopes_touched = ["no output slope", "softmax diagonal"].contains(&self.bug)
                || ([
                    "slope squared",
                    "slope of output",
                    "slope formula at z",
                    "value for slope",
                    "sigmoid slope for another",
                    "tanh slope for another",
                ]
                .contains(&self.bug)
                    && self.layer.is_none_or(|own| own == last));
            kept.dz[last][s] = if plain && joint && !slopes_touched {
                f.iter().zip(&y[s]).map(|(f, y)| self.r(f - y)).collect()
            } else if self.bug == "no output slope" {
                da[last][s].clone()
            } else if kind(last) == "softmax" && !slopes_touched {
                let all: f64 = da[last][s].iter().zip(f).map(|(d, f)| d * f).sum();
                f.iter().zip(&da[last][s]).map(|(f, d)| self.r(f * self.r(d - all))).collect()
            } else {
                (0..f.len())
                    .map(|k| {
                        let slope = self.slope(kind(last), kept.z[last][s][k], f[k], last);
                        self.r(da[last][s][k] * slope)
                    })
                    .collect()
            };
            if self.has("output for delta", last) {
                kept.dz[last][s] = f.clone();
            }
        }
        let scale = if self.of.reduction == Reduction::Mean { 1.0 / n } else { 1.0 };
        let rate = self.of.rate;
        for layer in (0..depth).rev() {
            // The gradients of this layer.
            let (rows, columns) = (w[layer].len(), b[layer].len());
            let sums: Vec<f64> =
                (0..columns).map(|k| (0..count).map(|s| kept.dz[layer][s][k]).sum()).collect();
            for j in 0..rows {
                for k in 0..columns {
                    let mut sum = 0.0;
                    for s in 0..count {
                        let input = if layer == 0 { x[s][j] } else { kept.a[layer - 1][s][j] };
                        let input = if self.has("no input", layer) {
                            1.0
                        } else if self.has("z for output", layer) && layer > 0 {
                            kept.z[layer - 1][s][j]
                        } else if self.has("x for hidden", layer) && layer > 0 && rows == x[s].len()
                        {
                            x[s][j]
                        } else if self.has("input twice", layer) {
                            input * input
                        } else {
                            input
                        };
                        sum = self.r(sum + self.r(input * kept.dz[layer][s][k]));
                    }
                    if self.has("own weight for input", layer) {
                        sum = w[layer][j][k] * sums[k];
                    }
                    kept.dw[layer][j][k] = self.r(sum * scale);
                }
            }
            if self.has("gradient transposed", layer) && rows == columns {
                let old = kept.dw[layer].clone();
                for j in 0..rows {
                    for k in 0..columns {
                        kept.dw[layer][j][k] = old[k][j];
                    }
                }
            }
            let all: f64 = sums.iter().sum();
            for k in 0..columns {
                let mut sum = 0.0;
                for s in 0..count {
                    let factor = if self.has("bias times input", layer) {
                        if layer == 0 { x[s][0] } else { kept.a[layer - 1][s][0] }
                    } else {
                        1.0
                    };
                    sum = self.r(sum + self.r(kept.dz[layer][s][k] * factor));
                }
                if self.has("bias over units", layer) {
                    sum = all;
                }
                if self.has("bias of first sample", layer) {
                    sum = kept.dz[layer][0][k];
                }
                kept.db[layer][k] = self.r(sum * scale);
            }
            if layer == 0 {
                break;
            }
            // What goes back.
            for s in 0..count {
                let from = if self.has("residual for delta", layer) {
                    da[layer][s].clone()
                } else {
                    kept.dz[layer][s].clone()
                };
                let width = w[layer].len();
                da[layer - 1][s] = (0..width)
                    .map(|j| {
                        let mut sum = 0.0;
                        for (k, signal) in from.iter().enumerate() {
                            let weight = if self.has("updated weight", layer) {
                                w[layer][j][k] - rate * kept.dw[layer][j][k]
                            } else if self.has("no weight", layer) {
                                1.0
                            } else if self.has("gradient for weight", layer) {
                                kept.dw[layer][j][k]
                            } else if self.has("transposed back", layer) && width == from.len() {
                                w[layer][k][j]
                            } else {
                                w[layer][j][k]
                            };
                            if self.has("one path", layer) && k > 0 {
                                continue;
                            }
                            sum = self.r(sum + self.r(signal * weight));
                        }
                        sum
                    })
                    .collect();
                let below = layer - 1;
                kept.dz[below][s] = (0..width)
                    .map(|j| {
                        let (z, o) = (kept.z[below][s][j], kept.a[below][s][j]);
                        let slope = self.slope(kind(below), z, o, below);
                        let upstream = da[below][s][j];
                        if self.has("no hidden slope", below)
                            || self.has("relu always on", below) && kind(below).contains("relu")
                        {
                            upstream
                        } else if self.has("upstream dropped", below) {
                            slope
                        } else if self.has("output for delta", below) {
                            o
                        } else {
                            self.r(upstream * slope)
                        }
                    })
                    .collect();
            }
        }
        self.scaled(&mut kept, n, rate);
        self.update(&mut kept, &w, &b, rate);
        kept
    }

    fn scaled(&self, kept: &mut Kept, n: f64, rate: f64) {
        let is_mean = self.of.reduction == Reduction::Mean;
        for layer in 0..kept.dw.len() {
            let both = if self.has("sum for mean", layer) && is_mean {
                n
            } else if self.has("mean twice", layer) && is_mean {
                1.0 / n
            } else if self.bug == "not zeroed" {
                2.0
            } else if self.bug == "rate in gradient" {
                rate
            } else {
                1.0
            };
            let biases = if self.has("bias not averaged", layer) && is_mean {
                n
            } else if self.has("bias averaged", layer) && !is_mean {
                1.0 / n
            } else {
                1.0
            };
            for value in kept.dw[layer].iter_mut().flatten() {
                *value = self.r(*value * both);
            }
            for value in &mut kept.db[layer] {
                *value = self.r(*value * both * biases);
            }
        }
    }

    fn update(&self, kept: &mut Kept, w: &[Vec<Vec<f64>>], b: &[Vec<f64>], rate: f64) {
        for layer in 0..w.len() {
            let step = |old: f64, gradient: f64, is_bias: bool| {
                let step = self.r(rate * gradient);
                self.r(if self.has("added", layer) {
                    old + step
                } else if self.has("no rate", layer) {
                    old - gradient
                } else if self.has("rate twice", layer) {
                    old - rate * step
                } else if self.has("bias not updated", layer) && is_bias {
                    old
                } else if self.has("step for new", layer) {
                    step
                } else if self.has("parameter for gradient", layer) {
                    old - rate * old
                } else {
                    old - step
                })
            };
            kept.w_new.push(
                w[layer]
                    .iter()
                    .zip(&kept.dw[layer])
                    .map(|(old, by)| old.iter().zip(by).map(|(o, d)| step(*o, *d, false)).collect())
                    .collect(),
            );
            kept.b_new.push(
                b[layer].iter().zip(&kept.db[layer]).map(|(o, d)| step(*o, *d, true)).collect(),
            );
        }
    }
}

/// What of it is saved.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Saved {
    Gradients,
    Updates,
    Everything,
}

fn arrays(kept: &Kept, saved: Saved, single: bool, turned: bool) -> Vec<Array> {
    let stored = || if single { Stored::Single } else { Stored::Double };
    let grid = |name: String, values: &[Vec<f64>]| Array {
        name,
        shape: vec![values.len(), values[0].len()],
        values: values.concat(),
        stored: stored(),
    };
    let row = |name: String, values: &[f64]| Array {
        name,
        shape: vec![values.len()],
        values: values.to_vec(),
        stored: stored(),
    };
    let turn = |array: Array| if turned { transposed(&array) } else { array };
    let mut all = Vec::new();
    for layer in 0..kept.dw.len() {
        let n = layer + 1;
        if saved == Saved::Everything {
            all.push(grid(format!("Z{n}"), &kept.z[layer]));
            all.push(grid(format!("A{n}"), &kept.a[layer]));
            all.push(grid(format!("dZ{n}"), &kept.dz[layer]));
        }
        if saved != Saved::Updates {
            all.push(turn(grid(format!("dW{n}"), &kept.dw[layer])));
            all.push(row(format!("db{n}"), &kept.db[layer]));
        }
        if saved != Saved::Gradients {
            all.push(turn(grid(format!("W{n}_new"), &kept.w_new[layer])));
            all.push(row(format!("b{n}_new"), &kept.b_new[layer]));
        }
    }
    all
}

fn judged(of: &Exercise, arrays: &[Array]) -> ProgramFinding {
    check(&ProgramCheck {
        network: &of.network,
        samples: &of.samples,
        reduction: of.reduction,
        rate: Some(of.rate),
        update_biases: true,
        arrays,
        asked: Wanted::default(),
    })
    .unwrap()
}

fn drawn(dice: &mut Dice) -> (bool, bool, Saved) {
    let saved = [Saved::Gradients, Saved::Gradients, Saved::Updates, Saved::Everything];
    (dice.one_in(3), dice.one_in(3), saved[dice.below(4)])
}

/// Right programs: none is told that it is wrong.
fn nobody_is_accused(programs: usize, first_seed: usize) {
    for seed in first_seed..first_seed + programs {
        let mut dice = Dice::new(seed as u64);
        let kind = [Kind::Usual, Kind::Usual, Kind::Saturated, Kind::Kinks][dice.below(4)];
        let of = exercise(&mut dice, kind);
        let (single, turned, saved) = drawn(&mut dice);
        let program = Program { of: &of, bug: "", layer: None, single };
        let arrays = arrays(&program.run(), saved, single, turned);
        if arrays.iter().any(|array| array.values.iter().any(|value| !value.is_finite())) {
            continue;
        }
        let finding = judged(&of, &arrays);
        assert!(
            finding.agrees(),
            "seed {seed}, {kind:?}, single {single}, {saved:?}: {:?} {:?} {:#?}",
            of.network.shape(),
            codes(&finding),
            finding.arrays.iter().filter(|array| !array.is_right()).collect::<Vec<_>>()
        );
    }
}

/// Whether some array is clearly another than the right one.
fn shows(wrong: &[Array], right: &[Array]) -> bool {
    wrong.iter().zip(right).any(|(wrong, right)| {
        let size = right.values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        let far = wrong.values.iter().zip(&right.values).map(|(a, b)| (a - b).abs());
        far.fold(0.0, f64::max) > 1e-3 * size
    })
}

/// Whether what is called a bug is none here: another name of a right line, or
/// of another bug.
fn is_none(bug: &str, of: &Exercise, saved: Saved) -> bool {
    let loss = of.network.loss.key;
    let joint = matches!(loss, "binary_cross_entropy" | "cross_entropy");
    match bug {
        // Without the cross-entropy nothing cancels.
        "extra output slope" => !joint,
        "broadcast" => joint || of.samples.len() == 1,
        // With squares alone it is the other layout.
        "gradient transposed" => {
            let square = |layer: &backprop_tutor::network::Layer| layer.inputs() == layer.units();
            saved == Saved::Gradients && of.network.layers.iter().all(square)
        }
        _ => false,
    }
}

struct Count {
    programs: usize,
    named: usize,
    first: usize,
    missed: Vec<String>,
}

fn count(each: usize) -> Count {
    let mut count = Count { programs: 0, named: 0, first: 0, missed: Vec::new() };
    for (at, (bug, wanted)) in BUGS.iter().enumerate() {
        let mut made = 0;
        for seed in 0..60 * each {
            if made == each {
                break;
            }
            let mut dice = Dice::new((at * 100_000 + seed) as u64);
            let of = exercise(&mut dice, Kind::Usual);
            let (single, turned, saved) = drawn(&mut dice);
            let depth = of.network.layers.len();
            let layer = if dice.one_in(2) { Some(dice.below(depth)) } else { None };
            let kept = |bug: &str| {
                let program = Program { of: &of, bug, layer, single };
                arrays(&program.run(), saved, single, turned)
            };
            let (wrong, right) = (kept(bug), kept(""));
            let finite = wrong.iter().all(|array| array.values.iter().all(|v| v.is_finite()));
            if !finite || !shows(&wrong, &right) || is_none(bug, &of, saved) {
                continue;
            }
            made += 1;
            count.programs += 1;
            let finding = judged(&of, &wrong);
            let found = codes(&finding);
            if found.iter().any(|code| wanted.contains(code)) {
                count.named += 1;
                if wanted.contains(&found[0]) {
                    count.first += 1;
                }
            } else {
                let kinds: Vec<&str> =
                    of.network.layers.iter().map(|layer| key(layer.activation)).collect();
                count.missed.push(format!(
                    "{bug} (seed {seed}, layer {layer:?}, {kinds:?}, {}, n {}, {:?}, single {single}, {saved:?}): {found:?}",
                    of.network.loss.key,
                    of.samples.len(),
                    of.reduction,
                ));
            }
        }
        assert!(made > 0, "{bug} never shows");
    }
    count
}

/// 784-128-10 with 64 samples, in 32 bits.
fn large() -> Exercise {
    use backprop_tutor::network::{Layer, Loss, Matrix, Network, Sample, activation};
    let mut dice = Dice::new(7);
    let layer = |dice: &mut Dice, key: &str, inputs: usize, units: usize| {
        let mut weights = Matrix::with_columns(units);
        for _ in 0..inputs {
            let row: Vec<f64> = (0..units).map(|_| dice.number(1.0) / 8.0).collect();
            weights.push_row(&row);
        }
        let activation = activation::ALL.iter().find(|one| one.key == key).unwrap();
        let biases = (0..units).map(|_| dice.number(1.0)).collect();
        Layer { activation, weights, biases: Some(biases) }
    };
    let layers = vec![layer(&mut dice, "tanh", 784, 128), layer(&mut dice, "softmax", 128, 10)];
    let network = Network { layers, loss: Loss::named("cross_entropy").unwrap(), own_names: None };
    let sample = |dice: &mut Dice| {
        let hot = dice.below(10);
        Sample {
            x: (0..784).map(|_| dice.number(1.0).abs()).collect(),
            y: (0..10).map(|k| f64::from(u8::from(k == hot))).collect(),
        }
    };
    let samples = (0..64).map(|_| sample(&mut dice)).collect();
    Exercise { network, samples, reduction: Reduction::Mean, rate: 0.1 }
}

#[test]
fn large_networks_are_judged_too() {
    let of = large();
    let kept = |bug: &str, layer: Option<usize>| {
        let program = Program { of: &of, bug, layer, single: true };
        arrays(&program.run(), Saved::Gradients, true, true)
    };
    let right = judged(&of, &kept("", None));
    assert!(right.agrees(), "{right:?}");
    for (bug, layer, code) in [
        ("slope of output", Some(0), "SLOPE-OF-OUT"),
        ("mean twice", Some(0), "MEAN-TWICE"),
        ("gradient for weight", None, "GRADIENT-FOR-WEIGHT"),
    ] {
        let finding = judged(&of, &kept(bug, layer));
        assert_eq!(codes(&finding).first(), Some(&code), "{bug}");
        assert_eq!(finding.first_wrong().unwrap().kept.to_string(), "dW1");
    }
}

#[test]
fn right_programs_are_not_accused() {
    nobody_is_accused(3000, 0);
}

#[test]
#[ignore = "minutes, in release mode"]
fn no_right_program_of_a_hundred_thousand_is_accused() {
    nobody_is_accused(100_000, 1_000_000);
}

#[test]
fn broken_programs_are_named() {
    let Count { programs, named, first, missed } = count(4);
    println!("{named} of {programs} named, {first} of them first of all\n{}", missed.join("\n"));
    assert!(named * 100 >= programs * 95, "{named} of {programs}:\n{}", missed.join("\n"));
}

#[test]
#[ignore = "a minute, in release mode"]
fn many_broken_programs_are_named() {
    let Count { programs, named, first, missed } = count(60);
    println!("{named} of {programs} named, {first} of them first of all\n{}", missed.join("\n"));
    assert!(named * 100 >= programs * 95, "{named} of {programs}");
}
