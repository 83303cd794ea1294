use super::*;
use crate::expr::evaluate;
use crate::name::{Name, Symbol};

const Z: Name = Name::Value(Symbol::In { layer: 0, unit: 0 });
const OUT: Name = Name::Value(Symbol::Out { layer: 0, unit: 0 });

fn each() -> impl Iterator<Item = (&'static str, Each)> {
    ALL.iter().filter_map(|entry| match entry.form {
        ActivationForm::Each(each) => Some((entry.key, each)),
        ActivationForm::Together(_) => None,
    })
}

fn value(each: Each, z: f64) -> f64 {
    evaluate(&(each.value)(Z.into()), &|_| z)
}

fn slope(each: Each, z: f64) -> f64 {
    let out = value(each, z);
    evaluate(&(each.slope)(Z.into(), OUT.into()), &|name| if name == Z { z } else { out })
}

#[test]
fn slopes_are_the_derivatives_of_the_values() {
    for (key, each) in each() {
        for z in [-3.0, -0.7, -0.1, 0.2, 1.3, 4.0] {
            let h = 1e-5;
            let difference = (value(each, z + h) - value(each, z - h)) / (2.0 * h);
            assert!((slope(each, z) - difference).abs() < 1e-9, "{key} at {z}");
        }
    }
}

#[test]
fn far_slopes_continue_the_everyday_ones() {
    for (key, each) in each() {
        let Some(far) = each.far else { continue };
        for z in [-far.beyond, far.beyond] {
            let there = evaluate(&(far.slope)(Z.into()), &|_| z);
            let ratio = there / slope(each, z);
            assert!((ratio - 1.0).abs() < 1e-8, "{key} at {z}: {ratio}");
            let there = evaluate(&(far.value)(Z.into()), &|_| z);
            assert!((there - value(each, z)).abs() <= 1e-12 * there.abs(), "{key} at {z}");
        }
        for z in [-300.0, 300.0, 800.0] {
            assert!(evaluate(&(far.value)(Z.into()), &|_| z).is_finite(), "{key} at {z}");
        }
        assert!(evaluate(&(far.slope)(Z.into()), &|_| 300.0) > 0.0, "{key}");
    }
}

#[test]
fn nothing_is_undefined_anywhere() {
    for (key, each) in each() {
        for z in [-700.0, -40.0, 0.0, 40.0, 700.0] {
            assert!(value(each, z).is_finite() && slope(each, z).is_finite(), "{key} at {z}");
        }
    }
}
