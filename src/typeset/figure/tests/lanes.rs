//! Lanes: they fit, and stand still from the first link of a chain to the last.

use super::{lines, network, value};
use crate::document::figure::{Direction, Figure, Highlight, Lamp, Light};
use crate::math::Role;
use crate::name::{Name, Symbol};
use crate::num;
use crate::typeset::Span;
use crate::typeset::figure::{FigureRequest, TextDrawing, lanes};

const SHAPES: [&[usize]; 6] =
    [&[2, 2, 1], &[2, 2, 2], &[2, 3, 3], &[2, 3, 2, 2, 1], &[5, 9, 4], &[1, 1]];

/// The link from the loss to the first output, or beyond it to its sum.
fn lit(shape: &[usize], link: usize, (width, height): (usize, usize)) -> Option<TextDrawing> {
    let network = network(shape, true);
    let layer = network.depth() - 1;
    let (own, out) = (Symbol::In { layer, unit: 0 }, Symbol::Out { layer, unit: 0 });
    let factors = [Name::loss_by(out), Name::derivative(out, own)];
    let lamps = factors.into_iter().enumerate().map(|(at, factor)| {
        let light = if at == link { Light::Current } else { Light::Known };
        Lamp { factor, light, number: Some(at + 1) }
    });
    let highlight = Highlight {
        direction: Direction::Backward,
        lamps: lamps.collect(),
        ..Highlight::default()
    };
    let known = |name: Name| match name {
        Name::Value(symbol) => Some(num::show(value(&network, symbol), 4)),
        Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    };
    let figure = Figure::new(&network, known).lit(highlight);
    lanes(&FigureRequest { figure: &figure, width, height, ascii: false })
}

#[test]
fn lanes_fit_and_stand_still() {
    for shape in SHAPES {
        for size in [(60, 8), (60, 12), (80, 11), (120, 20), (200, 40), (20, 5), (10, 2)] {
            let (first, second) = (lit(shape, 0, size), lit(shape, 1, size));
            let (Some(first), Some(second)) = (first, second) else { continue };
            assert_eq!((first.width, first.rows.len()), (second.width, second.rows.len()));
            assert_ne!(first.rows, second.rows, "{shape:?} at {size:?}");
            for drawing in [&first, &second] {
                let place = lines(&drawing.rows).join("\n");
                assert!(drawing.rows.len() <= size.1, "{shape:?} at {size:?}:\n{place}");
                let widest = lines(&drawing.rows).iter().map(|line| line.chars().count()).max();
                assert!(widest.unwrap() <= size.0, "{shape:?} at {size:?}:\n{place}");
            }
        }
    }
}

#[test]
fn the_usual_networks_have_lanes_in_the_usual_windows() {
    for shape in &SHAPES[..4] {
        for size in [(60, 8), (80, 11), (120, 20)] {
            let drawing = lit(shape, 0, size).unwrap();
            let is_new = |span: &&Span| span.role == Role::New && span.text.contains('1');
            assert!(drawing.rows.iter().flatten().any(|span| is_new(&span)), "{shape:?} {size:?}");
        }
    }
}

#[test]
fn a_small_network_with_its_path() {
    let drawing = lit(&[2, 2, 1], 0, (60, 9)).unwrap();
    let drawn = lines(&drawing.rows).join("\n");
    assert!(drawn.contains("f ◀1━"), "{drawn}");
    assert!(!drawn.contains("▶ L"), "the pass runs back:\n{drawn}");
}
