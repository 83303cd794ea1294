//! What a reader sees of a drawing, and what must hold for all of them. How the
//! places were found is not asked.

mod drawn;
mod every_shape;
mod lanes;
mod lit;
mod reader;

use super::{FigureRequest, draw, painted};
use crate::document::figure::{Figure, Highlight, ports};
use crate::name::{Name, Symbol};
use crate::network::{Activation, Layer, Loss, Matrix, Network};
use crate::num;
use crate::typeset::Span;

const X: [f64; 5] = [1.0, 0.0, 0.05, 0.1, -1.5];

/// The lecture's numbers first, so that 2-2-1 is its network.
const FIRST: [f64; 9] = [-0.07, 0.94, 0.22, 0.46, -0.46, 0.1, -0.22, 0.58, 0.78];

fn network(shape: &[usize], with_biases: bool) -> Network {
    let more = (0..).map(|at| f64::from((at * 37 + 11) % 200 - 100) / 100.0);
    let mut numbers = FIRST.into_iter().chain(more);
    let mut take = |count: usize| -> Vec<f64> { numbers.by_ref().take(count).collect() };
    let layers = shape.windows(2).map(|pair| {
        let mut weights = Matrix::with_columns(pair[1]);
        for _ in 0..pair[0] {
            weights.push_row(&take(pair[1]));
        }
        let biases = with_biases.then(|| take(pair[1]));
        Layer { activation: Activation::named("sigmoid").unwrap(), weights, biases }
    });
    let layers = layers.collect();
    Network { layers, loss: Loss::named("half_squared_error").unwrap(), own_names: None }
}

/// All values, as the lesson will know them in the end.
fn value(network: &Network, symbol: Symbol) -> f64 {
    match symbol {
        Symbol::Input(input) => X[input as usize],
        Symbol::Target(_) => 1.0,
        Symbol::In { layer, unit } => {
            let add = |sum: f64, port: Symbol| {
                let weight = network.parameter(port).unwrap();
                let Symbol::Weight { from, .. } = port else { return sum + weight };
                let source = match layer.checked_sub(1) {
                    None => Symbol::Input(from),
                    Some(before) => Symbol::Out { layer: before, unit: from },
                };
                sum + weight * value(network, source)
            };
            ports(network, layer, unit).fold(0.0, add)
        }
        Symbol::Out { layer, unit } => {
            1.0 / (1.0 + libm::exp(-value(network, Symbol::In { layer, unit })))
        }
        Symbol::Loss => {
            let outputs = 0..network.outputs() as u32;
            let layer = network.depth() - 1;
            let error = |unit| 1.0 - value(network, Symbol::Out { layer, unit });
            outputs.map(|unit| 0.5 * error(unit) * error(unit)).sum()
        }
        Symbol::Weight { .. }
        | Symbol::Bias { .. }
        | Symbol::Term(_)
        | Symbol::Rate
        | Symbol::Risk => network.parameter(symbol).unwrap_or(f64::NAN),
    }
}

/// What is drawn: a network, what is known of it, and how.
struct Picture {
    network: Network,
    path: Vec<Symbol>,
    width: usize,
    height: usize,
    ascii: bool,
    all_known: bool,
}

impl Picture {
    fn of(shape: &[usize]) -> Self {
        let network = network(shape, true);
        Self { network, path: vec![], width: 80, height: 30, ascii: false, all_known: true }
    }

    fn draw(&self) -> Option<Vec<Vec<Span>>> {
        self.request(draw)
    }

    /// Columns that it needs once every value is known.
    fn width_needed(&self) -> usize {
        self.request(|request| painted(request).unwrap().width())
    }

    fn request<T>(&self, answer: impl Fn(&FigureRequest) -> T) -> T {
        let show = |name: Name| match name {
            Name::Value(symbol) => Some(num::show(value(&self.network, symbol), 4)),
            Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
        };
        let given = |name: Name| match name {
            Name::Value(symbol) if self.network.parameter(symbol).is_some() => show(name),
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
        };
        let known = |name: Name| if self.all_known { show(name) } else { given(name) };
        let figure = Figure::new(&self.network, known)
            .with_room(show)
            .lit(Highlight::path(self.path.clone()));
        answer(&FigureRequest {
            figure: &figure,
            width: self.width,
            height: self.height,
            ascii: self.ascii,
        })
    }

    fn lines(&self) -> Vec<String> {
        lines(&self.draw().unwrap())
    }

    fn check(&self, expected: &str) {
        let drawn = self.lines().join("\n");
        assert_eq!(drawn, expected.trim_matches('\n'), "drawn:\n{drawn}\n");
    }

    /// The way from the weight between the first units to the loss.
    fn along_first_weight(mut self) -> Self {
        self.path = vec![
            Symbol::Input(0),
            Symbol::Weight { layer: 0, from: 0, to: 0 },
            Symbol::In { layer: 0, unit: 0 },
            Symbol::Out { layer: 0, unit: 0 },
            Symbol::Weight { layer: 1, from: 0, to: 0 },
            Symbol::In { layer: 1, unit: 0 },
            Symbol::Out { layer: 1, unit: 0 },
            Symbol::Loss,
        ];
        self
    }
}

fn lines(rows: &[Vec<Span>]) -> Vec<String> {
    let line = |row: &Vec<Span>| row.iter().map(|span| span.text.as_str()).collect();
    rows.iter().map(line).collect()
}

/// Shapes that are drawn, with one to `most` units a stage.
fn shapes(most: usize) -> impl Iterator<Item = Vec<usize>> {
    let sizes = move || 1..=most;
    let single = sizes().flat_map(move |a| sizes().map(move |b| vec![a, b]));
    let hidden =
        sizes().flat_map(move |a| sizes().flat_map(move |b| sizes().map(move |c| vec![a, b, c])));
    let deep = [vec![2, 2, 2, 1], vec![2, 3, 2, 2, 1], vec![3, 3, 3, 3], vec![1, 1, 1, 1, 1]];
    single.chain(hidden).chain(deep)
}

fn pictures(most: usize) -> impl Iterator<Item = Picture> {
    shapes(most).flat_map(|shape| {
        [true, false].map(|with_biases| Picture {
            network: network(&shape, with_biases),
            width: 200,
            height: 60,
            ..Picture::of(&shape)
        })
    })
}
