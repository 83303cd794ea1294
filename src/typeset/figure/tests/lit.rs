//! A chain in a drawing: the link that is current, those that are known, and
//! those that are still to come.

use std::cmp::Ordering;

use super::{lines, network, value};
use crate::document::figure::{Direction, Figure, Highlight, Lamp, Light};
use crate::math::Role;
use crate::name::{Name, Symbol};
use crate::num;
use crate::typeset::Span;
use crate::typeset::figure::{FigureRequest, draw};

/// As many factors of the chain for W11 as terms are known, the last one current.
fn at_term(term: usize) -> Vec<Vec<Span>> {
    let network = network(&[2, 2, 1], true);
    let unit = |layer| (Symbol::In { layer, unit: 0 }, Symbol::Out { layer, unit: 0 });
    let ((z_in, z_out), (f_in, f_out)) = (unit(0), unit(1));
    let factors = [
        Name::loss_by(f_out),
        Name::derivative(f_out, f_in),
        Name::derivative(f_in, z_out),
        Name::derivative(z_out, z_in),
        Name::derivative(z_in, Symbol::Weight { layer: 0, from: 0, to: 0 }),
    ];
    let lamps = factors.into_iter().zip(1..).map(|(factor, number)| {
        let light = match number.cmp(&term) {
            Ordering::Less => Light::Known,
            Ordering::Equal => Light::Current,
            Ordering::Greater => Light::Ahead,
        };
        Lamp { factor, light, number: Some(number) }
    });
    let direction = Direction::Backward;
    let highlight = Highlight { direction, lamps: lamps.collect(), ..Highlight::default() };
    let known = |name: Name| match name {
        Name::Value(symbol) => Some(num::show(value(&network, symbol), 4)),
        Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    };
    let figure = Figure::new(&network, known).lit(highlight);
    draw(&FigureRequest { figure: &figure, width: 90, height: 30, ascii: false }).unwrap()
}

#[test]
fn the_current_link_has_its_role_and_its_number_and_points_back() {
    let drawn = lines(&at_term(3)).join("\n");
    let expected = "
inputs      hidden layer, σ                        output, σ                     loss

x1 ──┬───── W11 -0.07 ◀─┬─◀ z1 ◀━━━━━━━━━━━━┓
1    │ ╭─── W21  0.22 ──┤   in  -0.53   ◀╮  ┗━━━━3 u1 -0.22 ━━┯━◀ f ◀━1━━━━━━━━━ L
     │ │    b1  -0.46 ──╯   out  0.3705 ─╯    ╭─── u2  0.58 ──┤   in  1.1270 ◀┓  0.0299
     │ │                                      │    c   0.78 ──╯   out 0.7553 ━┛2
     ╰─│─── W12  0.94 ──┬─▶ z2 ───────────────╯                   y   1
x2 ────┴─── W22  0.46 ──┤   in   1.04
0           b2   0.1  ──╯   out  0.7389
";
    assert_eq!(drawn, expected.trim_matches('\n'), "drawn:\n{drawn}\n");
}

#[test]
fn no_two_terms_look_the_same() {
    let drawn: Vec<_> = (1..=5).map(at_term).collect();
    for (at, one) in drawn.iter().enumerate() {
        assert!(one.iter().flatten().any(|span| span.role == Role::New), "term {}", at + 1);
        assert!(!drawn[..at].contains(one), "term {}", at + 1);
        let same_places = lines(one).len() == lines(&drawn[0]).len();
        assert!(same_places, "term {}", at + 1);
    }
}
