//! What parts a line, piece by piece.

use super::*;

#[test]
fn an_arrow_behind_one_number_leads_on() {
    for value in ["-0.53 →", "-0.53 → ", "-0.53⇒", "1.04 ⟶"] {
        assert!(leads_on(value), "{value}");
    }
    for value in ["-0.53", "by hand →", "→", "-0.53 → 2"] {
        assert!(!leads_on(value), "{value}");
    }
}

#[test]
fn a_formula_that_a_comma_sets_off_is_none_of_the_number() {
    for formula in ["e^0.53", "1 - 2", "2·3", "1+2", "1/2", "3²", "√2", "f(2)"] {
        assert_eq!(aside(&format!("0.3705, {formula}")), Some(8), "{formula}");
    }
    for other in ["page 3", "a + b", "b2"] {
        assert_eq!(aside(&format!("0.3705, {other}")), None, "{other}");
    }
    assert_eq!(aside("by hand, e^0.53"), None, "that is no number");
    let long = |length: usize| format!("0.3705, {}^2", "e".repeat(length - 2));
    assert_eq!((aside(&long(100)), aside(&long(101))), (Some(8), None));
}
