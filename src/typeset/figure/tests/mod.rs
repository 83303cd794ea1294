//! What a reader sees of a drawing, and what must hold for all of them. How the
//! places were found is not asked.

mod lanes;
mod lit;

use super::glyph::{DOWN, GLYPHS, RIGHT, UP};
use super::{FigureRequest, HEADING_ROWS, draw, painted};
use crate::document::figure::{Figure, Highlight, ports};
use crate::math::Role;
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

#[test]
fn before_the_lesson_only_the_parameters_are_known() {
    Picture { all_known: false, ..Picture::of(&[2, 2, 1]) }.check(
        "
inputs    hidden layer, σ                   output, σ                    loss

x1 ─┬──── W11 -0.07 ──┬─▶ z1 ─────────╮
    │ ╭── W21  0.22 ──┤               ╰──── u1 -0.22 ──┬─▶ f ──────────▶ L
    │ │   b1  -0.46 ──╯                 ╭── u2  0.58 ──┤
    │ │                                 │   c   0.78 ──╯
    ╰─│── W12  0.94 ──┬─▶ z2 ───────────╯
x2 ───┴── W22  0.46 ──┤
          b2   0.1  ──╯
",
    );
}

#[test]
fn the_path_is_heavy() {
    Picture::of(&[2, 2, 1]).along_first_weight().check(
        "
inputs    hidden layer, σ                   output, σ                    loss

x1 ━┯━━━━ W11 -0.07 ━━┯━▶ z1 ━━━━━━━━━┓
1   │ ╭── W21  0.22 ──┤   in  -0.53   ┗━━━━ u1 -0.22 ━━┯━▶ f ━━━━━━━━━━▶ L
    │ │   b1  -0.46 ──╯   out  0.3705   ╭── u2  0.58 ──┤   in  1.1270    0.0299
    │ │                                 │   c   0.78 ──╯   out 0.7553
    ╰─│── W12  0.94 ──┬─▶ z2 ───────────╯                  y   1
x2 ───┴── W22  0.46 ──┤   in   1.04
0         b2   0.1  ──╯   out  0.7389
",
    );
}

#[test]
fn a_path_that_crosses_other_wires_passes_over_them() {
    let symbols = [
        Symbol::Input(0),
        Symbol::Weight { layer: 0, from: 0, to: 1 },
        Symbol::In { layer: 0, unit: 1 },
        Symbol::Out { layer: 0, unit: 1 },
        Symbol::Weight { layer: 1, from: 1, to: 0 },
    ];
    Picture { path: symbols.to_vec(), ..Picture::of(&[3, 2, 1]) }.check(
        "
inputs      hidden layer, σ                 output, σ                    loss

x1 ━━━━┱─── W11 -0.07 ─┬─▶ z1 ─────────╮
1    ╭─┃─── W21  0.22 ─┤   in  -0.313  │
     │ ┃ ╭─ W31 -0.46 ─┤   out  0.4224 ╰─── u1  0.78 ─┲━▶ f ───────────▶ L
     │ ┃ │  b1  -0.22 ─╯                 ┏━ u2 -0.89 ━┩   in  -0.9215    0.2559
x2 ──┤ ┃ │                               ┃  c  -0.52 ─╯   out  0.2847
0    │ ┗━━━ W12  0.94 ━┯━▶ z2 ━━━━━━━━━━━┛                y    1
     ╰───│─ W22  0.46 ─┤   in   1.525
x3 ──────┴─ W32  0.1  ─┤   out  0.8213
0.05        b2   0.58 ─╯
",
    );
}

#[test]
fn ascii_tells_the_path_and_crossings_too() {
    Picture { ascii: true, ..Picture::of(&[2, 2, 1]).along_first_weight() }.check(
        "
inputs    hidden layer, sigmoid             output, sigmoid              loss

x1 =+==== W11 -0.07 ==+=> z1 =========+
1   | +-- W21  0.22 --+   in  -0.53   +==== u1 -0.22 ==+=> f ==========> L
    | |   b1  -0.46 --+   out  0.3705   +-- u2  0.58 --+   in  1.1270    0.0299
    | |                                 |   c   0.78 --+   out 0.7553
    +-|-- W12  0.94 --+-> z2 -----------+                  y   1
x2 ---+-- W22  0.46 --+   in   1.04
0         b2   0.1  --+   out  0.7389
",
    );
}

#[test]
fn several_outputs_join_in_the_loss() {
    Picture::of(&[2, 2, 2]).along_first_weight().check(
        "
inputs   hidden layer, σ                 output, σ                      loss

x1 ━┯━━━ W11 -0.07 ━┯━▶ z1 ━━━━━━━━━┯━━━ U11 -0.22 ━┯━▶ f1 ━━━━━━━━━┓
1   │ ╭─ W21  0.22 ─┤   in  -0.53   │ ╭─ U21  0.78 ─┤   in  -0.0252 ┃
    │ │  b1  -0.46 ─╯   out  0.3705 │ │  c1  -0.52 ─╯   out  0.4937 ┡━▶ L
    │ │                             │ │                 y1   1      │   0.3355
    │ │                             │ │                             │
    │ │                             ╰─│─ U12  0.58 ─┬─▶ f2 ─────────╯
    ╰─│─ W12  0.94 ─┬─▶ z2 ───────────┴─ U22 -0.89 ─┤   in  -0.5927
x2 ───┴─ W22  0.46 ─┤   in   1.04        c2  -0.15 ─╯   out  0.3560
0        b2   0.1  ─╯   out  0.7389                     y2   1
",
    );
}

#[test]
fn a_single_layer() {
    Picture::of(&[2, 3]).check(
        "
inputs      output, σ                        loss

x1 ──┬───── U11 -0.07 ──┬─▶ f1 ──────────╮
1    │ ╭─── U21  0.46 ──┤   in  -0.29    │
     │ │    c1  -0.22 ──╯   out  0.4280  │
     │ │                    y1   1       │
     │ │                                 │
     ├─│─── U12  0.94 ──┬─▶ f2 ──────────┤
     │ ├─── U22 -0.46 ──┤   in   1.52    ├─▶ L
     │ │    c2   0.58 ──╯   out  0.8205  │   0.2159
     │ │                    y2   1       │
     │ │                                 │
     ╰─│─── U13  0.22 ──┬─▶ f3 ──────────╯
x2 ────┴─── U23  0.1  ──┤   in   1
0           c3   0.78 ──╯   out  0.7311
                            y3   1
",
    );
}

#[test]
fn a_deep_network_in_little_space_has_numbers_only() {
    Picture::of(&[2, 2, 2, 1]).check(
        "
inputs   layer 1, σ            layer 2, σ            output, σ        loss

x1 ─┬─── -0.07 ┬▶ z(1)1 ──┬─── -0.22 ┬▶ z(2)1 ──╮
1   │ ╭─  0.22 ┤  -0.53   │ ╭─  0.78 ┤  -0.0252 │
    │ │  -0.46 ╯   0.3705 │ │  -0.52 ╯   0.4937 ╰─── 0.22 ┬▶ f ─────▶ L
    │ │                   │ │                     ╭─ 0.59 ┤  1.2787   0.0237
    │ │                   ╰─│─  0.58 ┬▶ z(2)2 ────╯  0.96 ╯  0.7822
    ╰─│─  0.94 ┬▶ z(1)2 ────┴─ -0.89 ┤  -0.5927
x2 ───┴─  0.46 ┤   1.04        -0.15 ╯   0.3560
0         0.1  ╯   0.7389
",
    );
}

#[test]
fn a_deep_network_in_enough_space_has_names() {
    Picture { width: 120, ..Picture::of(&[2, 2, 2, 1]) }.check(
        "
inputs   layer 1, σ                         layer 2, σ                         output, σ                      loss

x1 ─┬─── W(1)11 -0.07 ─┬─▶ z(1)1 ──────┬─── W(2)11 -0.22 ─┬─▶ z(2)1 ──────╮
1   │ ╭─ W(1)21  0.22 ─┤   in  -0.53   │ ╭─ W(2)21  0.78 ─┤   in  -0.0252 │
    │ │  b(1)1  -0.46 ─╯   out  0.3705 │ │  b(2)1  -0.52 ─╯   out  0.4937 ╰─── W(3)11 0.22 ─┬─▶ f ──────────▶ L
    │ │                                │ │                                  ╭─ W(3)21 0.59 ─┤   in  1.2787    0.0237
    │ │                                ╰─│─ W(2)12  0.58 ─┬─▶ z(2)2 ────────╯  b(3)1  0.96 ─╯   out 0.7822
    ╰─│─ W(1)12  0.94 ─┬─▶ z(1)2 ────────┴─ W(2)22 -0.89 ─┤   in  -0.5927                       y   1
x2 ───┴─ W(1)22  0.46 ─┤   in   1.04        b(2)2  -0.15 ─╯   out  0.3560
0        b(1)2   0.1  ─╯   out  0.7389
",
    );
}

#[test]
fn without_biases_there_are_no_ports_for_them() {
    let network = network(&[2, 2, 1], false);
    Picture { network, ..Picture::of(&[2, 2, 1]) }.check(
        "
inputs    hidden layer, σ                   output, σ                     loss

x1 ─┬──── W11 -0.07 ──┬─▶ z1 ─────────╮
1   │ ╭── W21  0.22 ──╯   in  -0.07   ╰──── u1 -0.46 ──┬─▶ f ───────────▶ L
    │ │                   out  0.4825   ╭── u2  0.1  ──╯   in  -0.1500    0.1444
    │ │                                 │                  out  0.4626
    ╰─│── W12  0.94 ──┬─▶ z2 ───────────╯                  y    1
x2 ───┴── W22  0.46 ──╯   in   0.94
0                         out  0.7191
",
    );
}

#[test]
fn roles_follow_the_path() {
    let rows = Picture::of(&[2, 2, 1]).along_first_weight().draw().unwrap();
    let role = |text: &str| {
        let mut spans = rows.iter().flatten();
        spans.find(|span| span.text.contains(text)).map(|span| span.role)
    };
    for text in ["x1", "W11 -0.07", "━", "z1", "0.3705", "u1", "f", "L"] {
        assert_eq!(role(text), Some(Role::New), "{text}");
    }
    for text in ["W21", "b1", "-0.46", "z2", "1.04", "u2"] {
        assert_eq!(role(text), Some(Role::Plain), "{text}");
    }
    assert_eq!(role("╭"), Some(Role::Faint));
    assert_eq!(role("hidden layer"), Some(Role::Heading));
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

#[test]
fn drawings_fit_where_they_are_asked_to() {
    for shape in [
        &[2, 2, 1][..],
        &[3, 2, 1],
        &[2, 2, 2],
        &[3, 2, 2],
        &[2, 3],
        &[1, 1],
        &[2, 3, 3],
        &[3, 4, 2],
        &[2, 2, 2, 1],
    ] {
        assert!(Picture::of(shape).draw().is_some(), "{shape:?}");
    }
    assert!(Picture { width: 140, ..Picture::of(&[2, 3, 2, 2, 1]) }.draw().is_some());
    for shape in shapes(3) {
        let mut picture = Picture { width: 139, ..Picture::of(&shape) };
        while let Some(rows) = picture.draw() {
            let (given, needed) = (picture.width, picture.width_needed());
            assert!(needed <= given && rows.len() <= 30, "{shape:?} at {given}");
            for line in lines(&rows) {
                assert!(line.chars().count() <= needed, "{shape:?} at {given}: {line}");
                assert_eq!(line.trim_end(), line);
            }
            // It stays the same until it no longer fits.
            picture.width = needed;
            assert_eq!(picture.draw(), Some(rows), "{shape:?} at {given} and {needed}");
            picture.width = needed - 1;
        }
    }
}

#[test]
fn every_parameter_is_written() {
    for picture in pictures(4) {
        let drawn = picture.lines().join("\n");
        for layer in 0..picture.network.depth() {
            for unit in 0..picture.network.units(layer) as u32 {
                for port in ports(&picture.network, layer, unit) {
                    let name = picture.network.naming().plain(port.into());
                    let number = num::show(value(&picture.network, port), 4);
                    let label = format!("{name} ");
                    let mut labels = drawn.match_indices(&label);
                    let written = |(at, _): (usize, &str)| {
                        drawn[at + name.len()..].trim_start().starts_with(number.as_str())
                    };
                    assert!(labels.any(written), "{name} {number} in\n{drawn}");
                }
            }
        }
    }
}

#[test]
fn nothing_moves_when_values_become_known() {
    for picture in pictures(3) {
        let full = picture.lines();
        let needed = picture.width_needed();
        let picture = Picture { all_known: false, ..picture };
        let bare = picture.lines();
        assert_eq!((bare.len(), picture.width_needed()), (full.len(), needed));
        for (bare, full) in bare.iter().zip(&full) {
            let full = full.chars().chain(std::iter::repeat(' '));
            assert!(bare.chars().zip(full).all(|(a, b)| a == ' ' || a == b), "{bare}");
        }
    }
}

#[test]
fn no_glyph_is_ambiguous() {
    for picture in pictures(4) {
        let drawn = picture.lines().join("\n");
        assert!(!drawn.contains(['┼', '╋', '?']), "{drawn}");
    }
}

#[test]
fn ascii_is_ascii() {
    for picture in pictures(3) {
        let picture = Picture { ascii: true, ..picture.along_first_weight() };
        assert!(picture.lines().iter().all(|line| line.is_ascii()));
    }
}

#[test]
fn glyphs_are_complete() {
    for (shape, glyphs) in GLYPHS.iter().enumerate() {
        assert_eq!(glyphs.chars().count(), 1 << shape.count_ones());
    }
}

#[test]
fn far_too_large_networks_are_not_drawn() {
    for shape in [&[784, 128, 10][..], &[40, 2, 1], &[2, 2, 60], &[1; 200]] {
        assert_eq!(Picture::of(shape).draw(), None);
    }
    assert_eq!(Picture { width: 20, ..Picture::of(&[2, 2, 1]) }.draw(), None);
    assert_eq!(Picture { height: 8, ..Picture::of(&[2, 2, 1]) }.draw(), None);
    assert_eq!(Picture { height: 1, ..Picture::of(&[1, 1]) }.draw(), None);
}

/// Follows wires as a reader does who sees nothing but the glyphs.
struct Reader {
    glyphs: Vec<Vec<char>>,
}

impl Reader {
    fn of(picture: &Picture) -> Self {
        Self { glyphs: picture.lines().iter().map(|line| line.chars().collect()).collect() }
    }

    fn at(&self, row: usize, column: usize) -> char {
        self.glyphs[row].get(column).copied().unwrap_or(' ')
    }

    /// The arms of a light glyph, as bits.
    fn arms(&self, row: usize, column: usize) -> usize {
        let glyph = self.at(row, column);
        GLYPHS.iter().position(|glyphs| glyphs.starts_with(glyph)).unwrap_or(0)
    }

    /// Texts that a wire comes to when it is followed to the right and
    /// whichever way it turns.
    fn texts(&self, row: usize, column: usize) -> Vec<String> {
        let mut texts = Vec::new();
        let mut ways = vec![(row, column, RIGHT)];
        while let Some((row, column, way)) = ways.pop() {
            let (row, column) = match way {
                UP => (row - 1, column),
                RIGHT => (row, column + 1),
                DOWN => (row + 1, column),
                _ => (row, column - 1),
            };
            let arms = self.arms(row, column);
            let back = (way + 2) % 4;
            if arms & (1 << back) != 0 {
                // To the left lie only labels of other ports.
                let on = [UP, RIGHT, DOWN].into_iter();
                ways.extend(
                    on.filter(|&on| on != back && arms & (1 << on) != 0)
                        .map(|on| (row, column, on)),
                );
            } else if arms != 0 {
                // Another wire passes over this one.
                ways.push((row, column, way));
            } else {
                texts.push(self.text(row, column + 1));
            }
        }
        texts.sort();
        texts
    }

    fn text(&self, row: usize, column: usize) -> String {
        self.glyphs[row][column..].iter().take_while(|&&glyph| glyph != ' ').collect()
    }

    /// Behind this text and a space.
    fn behind(&self, text: &str) -> (usize, usize) {
        let text: Vec<char> = text.chars().collect();
        let place = |(row, glyphs): (usize, &Vec<char>)| {
            let at = glyphs.windows(text.len()).position(|window| window == text)?;
            Some((row, at + text.len()))
        };
        // Not the headings.
        self.glyphs.iter().enumerate().skip(HEADING_ROWS).find_map(place).unwrap()
    }
}

#[test]
fn a_reader_who_follows_a_wire_comes_where_it_leads() {
    for picture in pictures(4) {
        let (network, reader) = (&picture.network, Reader::of(&picture));
        let drawn = picture.lines().join("\n");
        let naming = network.naming();
        let unit_name =
            |layer, unit| naming.plain(Symbol::In { layer, unit }.into()).replace("_in", "");
        for layer in 0..network.depth() {
            for from in 0..network.layers[layer as usize].inputs() as u32 {
                let source = match layer.checked_sub(1) {
                    None => naming.plain(Symbol::Input(from).into()),
                    Some(before) => unit_name(before, from),
                };
                let (row, column) = reader.behind(&format!("{source} ─"));
                let weights = (0..network.units(layer) as u32)
                    .map(|to| naming.plain(Symbol::Weight { layer, from, to }.into()));
                assert_eq!(
                    reader.texts(row, column - 1),
                    weights.collect::<Vec<_>>(),
                    "{source}\n{drawn}"
                );
            }
        }
    }
}
