//! Every hand-written slope of an activation or a loss against the rules of the
//! operators, and the bounds of all their trees.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use backprop_tutor::expr::{
    Expr, Interval, differentiate, enclose, evaluate, product, replace, sum,
};
use backprop_tutor::name::{Name, Symbol};
use backprop_tutor::network::activation::{self, ActivationForm, Each, Together};
use backprop_tutor::network::loss::{self, Loss};

const Y: Name = Name::Value(Symbol::Target(0));
const Z: Name = z(0);
const OUT: Name = Name::Value(Symbol::Out { layer: 0, unit: 0 });

/// What enters a unit of the softmax layer of the tests.
const fn z(unit: u32) -> Name {
    Name::Value(Symbol::In { layer: 0, unit })
}

fn all_z() -> Vec<Expr> {
    (0..3).map(|unit| z(unit).into()).collect()
}

fn each() -> impl Iterator<Item = (&'static str, Each)> {
    activation::ALL.iter().filter_map(|entry| match entry.form {
        ActivationForm::Each(each) => Some((entry.key, each)),
        ActivationForm::Together(_) => None,
    })
}

fn together() -> Together {
    let found = activation::ALL.iter().find_map(|entry| match entry.form {
        ActivationForm::Each(_) => None,
        ActivationForm::Together(together) => Some(together),
    });
    found.unwrap()
}

/// A tree with another in place of one quantity.
fn with(tree: Expr, name: Name, by: &Expr) -> Expr {
    replace(&tree, &|leaf| (leaf == name).then(|| by.clone())).unwrap_or(tree)
}

/// That two trees are worth the same, to 1e-12 of what is larger than 1.
fn assert_same(a: &Expr, b: &Expr, value: impl Fn(Name) -> f64, what: &str) {
    let (a, b) = (evaluate(a, &value), evaluate(b, &value));
    let slack = 1e-12 * a.abs().max(b.abs()).max(1.0);
    assert!((a - b).abs() <= slack, "{what}: {a}, {b}");
}

/// Inputs of a unit up to some size, kinks left out.
fn grid(size: f64) -> impl Iterator<Item = f64> {
    (-50..=50).map(move |step| size * (f64::from(step) + 0.25) / 50.0)
}

#[test]
fn slopes_of_activations_are_derivatives() {
    for (key, each) in each() {
        let value = (each.value)(Z.into());
        let derivative = differentiate(&value, Z);
        let slope = with((each.slope)(Z.into(), OUT.into()), OUT, &value);
        for size in [1.0, 6.0, 30.0, 300.0] {
            for at in grid(size) {
                assert_same(&derivative, &slope, |_| at, &format!("{key} at {at}"));
            }
        }
        let Some(far) = each.far else { continue };
        let far_value = (far.value)(Z.into());
        let far_slope = (far.slope)(Z.into());
        for at in grid(300.0).filter(|at| at.abs() > 1e-3) {
            let what = format!("{key} far out, at {at}");
            assert_same(&differentiate(&far_value, Z), &far_slope, |_| at, &what);
            assert_same(&far_value, &value, |_| at, &what);
            assert_same(&far_slope, &slope, |_| at, &what);
        }
    }
}

/// Far slopes keep their digits where the everyday ones have none left.
#[test]
fn far_slopes_keep_their_digits() {
    let relative = |tree: &Expr, at: f64, expected: f64| {
        let found = evaluate(tree, &|_| at);
        assert!((found / expected - 1.0).abs() < 1e-12, "at {at}: {found}, {expected}");
    };
    for (key, a, b) in [("sigmoid", 1.0, 1.0), ("tanh", 4.0, 2.0)] {
        let (_, each) = each().find(|(other, _)| *other == key).unwrap();
        let slope = (each.far.unwrap().slope)(Z.into());
        for at in [-300.0, -40.0, 40.0, 300.0_f64] {
            relative(&slope, at, a * (-b * at.abs()).exp());
        }
    }
}

#[test]
fn slopes_of_softmax_are_derivatives() {
    let softmax = together();
    let values: [Expr; 3] = std::array::from_fn(|k| (softmax.value)(k, &all_z()));
    let far: [Expr; 3] = std::array::from_fn(|k| (softmax.value_far)(k, &all_z()));
    for inputs in [[0.1, -0.4, 1.2], [3.0, 2.5, -4.0], [-20.0, 1.0, 30.0], [0.5, 0.25, 0.75]] {
        let value = |name: Name| inputs[(0..3).position(|unit| z(unit) == name).unwrap()];
        for k in 0..3 {
            assert_same(&values[k], &far[k], value, "softmax far out");
            for j in 0..3 {
                let slope = (softmax.slope)(k == j, values[k].clone(), values[j].clone());
                let what = format!("softmax {k} by {j} at {inputs:?}");
                for form in [&values[k], &far[k]] {
                    assert_same(&differentiate(form, z(j as u32)), &slope, value, &what);
                }
            }
        }
    }
    // Far out, the everyday value has left the range of an f64.
    let inputs = [800.0, 790.0, -800.0];
    let value = |name: Name| inputs[(0..3).position(|unit| z(unit) == name).unwrap()];
    for k in 0..3 {
        for j in 0..3 {
            let slope = (softmax.slope)(k == j, far[k].clone(), far[j].clone());
            assert_same(&differentiate(&far[k], z(j as u32)), &slope, value, "softmax at 800");
        }
    }
}

/// Targets and outputs that every loss can judge.
fn targets_and_outputs() -> impl Iterator<Item = (f64, f64)> {
    let outputs = [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999];
    [0.0, 0.25, 1.0].into_iter().flat_map(move |y| outputs.into_iter().map(move |f| (y, f)))
}

#[test]
fn slopes_of_losses_are_derivatives() {
    for loss in &loss::ALL {
        let derivative = differentiate(&(loss.term)(Y.into(), OUT.into()), OUT);
        let slope = (loss.slope)(Y.into(), OUT.into());
        for (y, f) in targets_and_outputs() {
            let value = |name: Name| if name == Y { y } else { f };
            assert_same(&derivative, &slope, value, &format!("{} at y {y}, f {f}", loss.key));
        }
    }
}

#[test]
fn the_shortcut_of_the_bernoulli_loss_is_a_derivative() {
    let joint = Loss::named("binary_cross_entropy").unwrap().joint.unwrap();
    let loss = Loss::named("binary_cross_entropy").unwrap();
    let (_, sigmoid) = each().find(|(key, _)| *key == joint.activation).unwrap();
    let out = (sigmoid.value)(Z.into());
    let term = with((loss.term)(Y.into(), OUT.into()), OUT, &out);
    let shortcut = with((joint.shortcut)(Y.into(), OUT.into()), OUT, &out);
    let far_term = (joint.far.term)(Y.into(), 0, &[Z.into()]);
    let far_slope = with((joint.far.slope_in)(Y.into(), Z.into(), OUT.into()), OUT, &out);
    let slope_out = joint.far.slope_out.unwrap()(Y.into(), Z.into());
    let by_chain = product([slope_out, (sigmoid.far.unwrap().slope)(Z.into())]);
    for y in [0.0, 0.25, 1.0] {
        for at in grid(5.0) {
            let value = |name: Name| if name == Y { y } else { at };
            let what = format!("y {y}, z {at}");
            assert_same(&differentiate(&term, Z), &shortcut, value, &what);
            assert_same(&term, &far_term, value, &what);
        }
        for at in grid(300.0) {
            let value = |name: Name| if name == Y { y } else { at };
            let what = format!("far out, y {y}, z {at}");
            assert_same(&differentiate(&far_term, Z), &far_slope, value, &what);
            assert_same(&shortcut, &far_slope, value, &what);
            assert_same(&by_chain, &far_slope, value, &what);
        }
    }
}

#[test]
fn the_shortcut_of_cross_entropy_is_a_derivative() {
    let loss = Loss::named("cross_entropy").unwrap();
    let joint = loss.joint.unwrap();
    let softmax = together();
    let targets = [0.2, 0.5, 0.3];
    let total = |far: bool| {
        sum((0..3).map(|k| {
            let (y, out) = (Expr::Number(targets[k]), (softmax.value)(k, &all_z()));
            if far { (joint.far.term)(y, k, &all_z()) } else { (loss.term)(y, out) }
        }))
    };
    for (inputs, is_far) in
        [([0.1, -0.4, 1.2], false), ([3.0, 2.5, -4.0], false), ([800.0, 790.0, -800.0], true)]
    {
        let value = |name: Name| inputs[(0..3).position(|unit| z(unit) == name).unwrap()];
        if !is_far {
            assert_same(&total(false), &total(true), value, "cross entropy far out");
        }
        for (j, y) in targets.into_iter().enumerate() {
            let out = if is_far {
                (softmax.value_far)(j, &all_z())
            } else {
                (softmax.value)(j, &all_z())
            };
            let shortcut = (joint.shortcut)(y.into(), out.clone());
            let far = (joint.far.slope_in)(y.into(), z(j as u32).into(), out);
            let what = format!("cross entropy by {j} at {inputs:?}");
            let derivative = differentiate(&total(is_far), z(j as u32));
            assert_same(&derivative, &shortcut, value, &what);
            assert_same(&derivative, &far, value, &what);
        }
    }
}

/// Every tree of every activation and loss, over y, z and out.
fn all_trees() -> Vec<(String, Expr)> {
    let mut trees = Vec::new();
    let mut push = |what: &str, part: &str, tree| trees.push((format!("{what}, {part}"), tree));
    for (key, each) in each() {
        push(key, "value", (each.value)(Z.into()));
        push(key, "slope", (each.slope)(Z.into(), OUT.into()));
        if let Some(far) = each.far {
            push(key, "far value", (far.value)(Z.into()));
            push(key, "far slope", (far.slope)(Z.into()));
        }
    }
    let softmax = together();
    for k in 0..3 {
        push("softmax", "value", (softmax.value)(k, &all_z()));
        push("softmax", "far value", (softmax.value_far)(k, &all_z()));
    }
    push("softmax", "slope", (softmax.slope)(true, OUT.into(), OUT.into()));
    push("softmax", "other slope", (softmax.slope)(false, OUT.into(), Z.into()));
    for loss in &loss::ALL {
        push(loss.key, "term", (loss.term)(Y.into(), OUT.into()));
        push(loss.key, "slope", (loss.slope)(Y.into(), OUT.into()));
        let Some(joint) = loss.joint else { continue };
        push(loss.key, "shortcut", (joint.shortcut)(Y.into(), OUT.into()));
        push(loss.key, "far term", (joint.far.term)(Y.into(), 0, &all_z()));
        push(loss.key, "far slope in", (joint.far.slope_in)(Y.into(), Z.into(), OUT.into()));
        if let Some(slope_out) = joint.far.slope_out {
            push(loss.key, "far slope out", slope_out(Y.into(), Z.into()));
        }
    }
    trees
}

/// Values of all quantities of those trees: y, out, and three z.
fn place_of(name: Name) -> usize {
    [Y, OUT, z(0), z(1), z(2)].iter().position(|other| *other == name).unwrap()
}

#[test]
fn bounds_of_every_tree_hold_its_values_and_little_more() {
    let middles =
        [[0.3, 0.62, 0.4, -0.7, 1.1], [1.0, 0.08, -2.4, 0.6, 0.2], [0.0, 0.9, 3.1, 2.2, -3.0]];
    for (what, tree) in all_trees() {
        for middle in middles {
            for (radius, most) in [(1e-6, 1.001), (1e-3, 1.01), (0.01, 1.5)] {
                let bounds = middle.map(|value| Interval::around(value, radius));
                let found = enclose(&tree, &|name| bounds[place_of(name)]);
                let mut range: Option<Interval> = None;
                for step in 0..1024_u32 {
                    let value = evaluate(&tree, &|name| {
                        let place = place_of(name);
                        let part = f64::from(step >> (2 * place) & 3) / 3.0;
                        bounds[place].lo + part * bounds[place].width()
                    });
                    assert!(found.contains(value), "{what}: {value} not in {found:?}");
                    let value = Interval::point(value);
                    range = Some(range.map_or(value, |range| range.hull(value)));
                }
                let range = range.unwrap();
                assert!(
                    found.width() <= most * range.width() + 1e-13,
                    "{what} at {middle:?} ± {radius}: {found:?} for {range:?}"
                );
            }
        }
    }
}

/// The same at a point: the value, to some units of the last place.
#[test]
fn bounds_of_every_tree_at_a_point_are_its_value() {
    for (what, tree) in all_trees() {
        for far in [1.0, 30.0, 650.0] {
            let values = [0.3, 0.62, 0.4 * far, -0.7 * far, 1.1 * far];
            let value = evaluate(&tree, &|name| values[place_of(name)]);
            let found = enclose(&tree, &|name| Interval::point(values[place_of(name)]));
            assert!(!value.is_finite() || found.contains(value), "{what}: {value}, {found:?}");
            let slack = 1e-13 * value.abs().max(1.0);
            assert!(!value.is_finite() || found.width() <= slack, "{what}: {value}, {found:?}");
        }
    }
}
