//! What caching saves, counted by doing it: the gradients are computed three
//! ways, with every multiplication counted.

mod common;

use std::cell::Cell;

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, Symbol};
use common::plain::{Plain, PlainLayer, Worked, bodies, exercise, pairings};
use common::program::tutor;
use proptest::prelude::*;

/// Multiplies, and counts.
#[derive(Default)]
struct Counter(Cell<u64>);

impl Counter {
    fn times(&self, a: f64, b: f64) -> f64 {
        self.0.set(self.0.get() + 1);
        a * b
    }

    fn count(self) -> f64 {
        self.0.get() as f64
    }
}

struct Nets<'a> {
    plain: &'a Plain,
    worked: &'a Worked,
}

impl Nets<'_> {
    fn units(&self, layer: usize) -> usize {
        self.plain.layers[layer].w[0].len()
    }

    fn last(&self) -> usize {
        self.plain.layers.len() - 1
    }

    fn couples(&self, layer: usize) -> bool {
        self.plain.layers[layer].activation == "softmax"
    }

    fn slope(&self, layer: usize, k: usize, j: usize) -> f64 {
        self.worked.slopes[layer][k][j].v
    }

    fn by_output(&self, k: usize) -> f64 {
        self.worked.by_out[self.last()][k].v
    }

    fn source(&self, layer: usize, j: usize) -> f64 {
        self.plain.source(self.worked, layer, j).v
    }

    /// The error signal of a unit, given those of the layer after it.
    fn signal(&self, count: &Counter, layer: usize, k: usize, next: &dyn Fn(usize) -> f64) -> f64 {
        if layer == self.last() && self.couples(layer) {
            let parts = (0..self.units(layer))
                .map(|m| count.times(self.by_output(m), self.slope(layer, m, k)));
            return parts.sum();
        }
        let by_out = if layer == self.last() {
            self.by_output(k)
        } else {
            let row = &self.plain.layers[layer + 1].w[k];
            row.iter().enumerate().map(|(m, w)| count.times(next(m), *w)).sum()
        };
        count.times(by_out, self.slope(layer, k, k))
    }

    /// The error signal of a unit, all computed again.
    fn afresh(&self, count: &Counter, layer: usize, k: usize) -> f64 {
        self.signal(count, layer, k, &|m| self.afresh(count, layer + 1, m))
    }

    /// Calls `with` for every weight.
    fn each_weight(&self, mut with: impl FnMut(usize, usize, usize)) {
        for (layer, shape) in self.plain.layers.iter().enumerate() {
            for j in 0..shape.w.len() {
                (0..shape.w[0].len()).for_each(|k| with(layer, j, k));
            }
        }
    }

    /// Backwards, each error signal once.
    fn backward(&self, check: &dyn Fn(usize, usize, usize, f64)) -> f64 {
        let count = Counter::default();
        let mut next: Vec<f64> = Vec::new();
        for layer in (0..=self.last()).rev() {
            let signals: Vec<f64> = (0..self.units(layer))
                .map(|k| self.signal(&count, layer, k, &|m| next[m]))
                .collect();
            for j in 0..self.plain.layers[layer].w.len() {
                for (k, signal) in signals.iter().enumerate() {
                    check(layer, j, k, count.times(*signal, self.source(layer, j)));
                }
            }
            next = signals;
        }
        count.count()
    }

    /// Every weight by its own chain, nothing kept.
    fn uncached(&self, check: &dyn Fn(usize, usize, usize, f64)) -> f64 {
        let count = Counter::default();
        self.each_weight(|layer, j, k| {
            let signal = self.afresh(&count, layer, k);
            check(layer, j, k, count.times(signal, self.source(layer, j)));
        });
        count.count()
    }

    /// Every weight followed to the loss.
    fn forward(&self, check: &dyn Fn(usize, usize, usize, f64)) -> f64 {
        let count = Counter::default();
        self.each_weight(|layer, j, k| {
            // How the inputs of the units of a layer change, where they do.
            let mut inputs = vec![(k, self.source(layer, j))];
            let mut outputs: Vec<(usize, f64)> = Vec::new();
            for at in layer..=self.last() {
                if at > layer {
                    let into = |m: usize| {
                        let weight = |from: usize| self.plain.layers[at].w[from][m];
                        outputs.iter().map(|(from, o)| count.times(*o, weight(*from))).sum()
                    };
                    inputs = (0..self.units(at)).map(|m| (m, into(m))).collect();
                }
                outputs = if self.couples(at) {
                    let out = |m: usize| {
                        inputs.iter().map(|(i, z)| count.times(*z, self.slope(at, m, *i))).sum()
                    };
                    (0..self.units(at)).map(|m| (m, out(m))).collect()
                } else {
                    let out = |(m, z): &(usize, f64)| (*m, count.times(*z, self.slope(at, *m, *m)));
                    inputs.iter().map(out).collect()
                };
            }
            let change = outputs.iter().map(|(m, out)| count.times(*out, self.by_output(*m))).sum();
            check(layer, j, k, change);
        });
        count.count()
    }
}

/// Counts for a network, each way having to end at the right gradients.
fn counted(plain: &Plain, lesson: &Lesson<'_>) -> [f64; 3] {
    let worked = plain.work();
    let nets = Nets { plain, worked: &worked };
    let check = |layer: usize, j: usize, k: usize, gradient: f64| {
        let (layer, from, to) = (layer as u32, j as u32, k as u32);
        let expected = lesson.value(Name::loss_by(Symbol::Weight { layer, from, to }));
        let near = (gradient - expected).abs() <= 1e-8 * expected.abs().max(1.0);
        assert!(near, "this way makes {gradient}, not {expected}");
    };
    [nets.backward(&check), nets.forward(&check), nets.uncached(&check)]
}

fn cost(plain: &Plain) -> ([f64; 3], [f64; 3]) {
    let (network, sample) = (plain.network(), plain.sample());
    let lesson = Lesson::new(exercise(&network, &sample, 0.1), Settings::default());
    let lesson = lesson.expect("moderate numbers stay in range");
    let cost = lesson.cost();
    ([cost.backward, cost.forward, cost.uncached], counted(plain, &lesson))
}

fn net(sizes: &[usize]) -> Plain {
    let layers = sizes.windows(2).map(|sizes| PlainLayer {
        activation: "sigmoid",
        w: (0..sizes[0])
            .map(|j| (0..sizes[1]).map(|k| 0.1 + 0.2 * j as f64 - 0.3 * k as f64).collect())
            .collect(),
        b: Some(vec![0.1; sizes[1]]),
    });
    let y = vec![1.0; sizes[sizes.len() - 1]];
    let x = vec![0.5; sizes[0]];
    Plain { layers: layers.collect(), loss: "half_squared_error", x, y }
}

/// Catches a count that leaves out a factor, counts biases, or treats units of
/// a layer as one.
#[test]
fn small_networks_cost_what_counting_on_paper_gives() {
    // 1 output signal, 2 gradients, 2·2 for hidden signals, 4 gradients; else
    // 2 multiplications for each of 2 weights and 4 for each of 4.
    assert_eq!(cost(&net(&[2, 2, 1])), ([11.0, 20.0, 20.0], [11.0, 20.0, 20.0]));
    // Signals: 2·1, 3·(2+1), 3·(3+1); gradients: 6+9+6. Afresh a signal costs
    // 1, 2·(1+1)+1 = 5, 3·(5+1)+1 = 19. Forwards 1+1 from an output weight,
    // 1+2+2+2 from the layer before, 1+3+3+6+2+2 from the first.
    let backward = 2.0 + 9.0 + 12.0 + 21.0;
    let uncached = 6.0 * 2.0 + 9.0 * 6.0 + 6.0 * 20.0;
    let forward = 6.0 * 2.0 + 9.0 * 7.0 + 6.0 * 17.0;
    let expected = [backward, forward, uncached];
    assert_eq!(cost(&net(&[2, 3, 3, 2])), (expected, expected));
}

/// Catches a page that shows other counts than the lesson has.
#[test]
fn the_page_tells_the_counts_of_the_lecture() {
    let page = tutor(&["run", "xor"]).page();
    for (way, count) in [("backwards, ", "11"), ("forwards, ", "20"), ("no caching, ", "20")] {
        let line = page.lines().find(|line| line.trim_start().starts_with(way));
        let last = line.and_then(|line| line.split_whitespace().last());
        assert_eq!(last, Some(count), "{way}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Catches a count that is right for one shape or one kind of output only.
    #[test]
    fn any_network_costs_what_counting_gives(body in bodies()) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, 0.5);
            let (told, counted) = cost(&plain);
            prop_assert_eq!(told, counted, "{} {}: {:?}", output.key, loss.key, &plain);
        }
    }
}
