//! Drawings, as they are.

use super::{Picture, network};
use crate::math::Role;
use crate::name::Symbol;

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
