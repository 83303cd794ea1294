//! Slips of the pen.

use super::*;

/// The lecture's own slip is explained by 0.56 for 0.58, and, to the digits
/// printed, by -0.26 for -0.22 just as well.
#[test]
fn misread_digits_explain_the_lectures_own_slip() {
    let scenario = read(embedded::named("xor").unwrap().text);
    let lesson = lesson_of(&scenario, 0, false);
    let f_in = Name::Value(Symbol::In { layer: 1, unit: 0 });
    let expr = lesson.expression(f_in).unwrap();
    let text_of = |name| num::show(lesson.value(name), 4);
    let explains: Vec<String> = miscopied(&expr, &text_of)
        .into_iter()
        .filter(|detail| {
            let value = |leaf| {
                if leaf == detail.operand { detail.value } else { lesson.value(leaf) }
            };
            num::round(evaluate(&expr, &value), 4) == 1.1122
        })
        .map(|found| {
            format!("{} {} {}", lesson.naming().plain(found.operand), found.text, found.misread)
        })
        .collect();
    assert_eq!(explains, ["u1 -0.22 -0.26", "u2 0.58 0.56"]);
}

#[test]
fn miswritten_answers_are_recognized() {
    let of = |written: &str, right: f64| {
        let written = Written::read(written).unwrap();
        miswritten(&meant(&written), &|meant| meant.agreement(right) == num::Agreement::Rounded)
    };
    assert_eq!(of("-0.3705", 0.370_518), Some(Slip::SignLost));
    assert_eq!(of("0.53", -0.53), Some(Slip::SignLost));
    for text in ["3.705", "0.03705", "370.5", "0.003705", "3.705e-2"] {
        assert_eq!(of(text, 0.370_518), Some(Slip::PointMoved), "{text}");
    }
    for text in ["0.3075", "0.7305", "3.0705"] {
        assert_eq!(of(text, 0.370_518), Some(Slip::DigitsSwapped), "{text}");
    }
    assert_eq!(of("0.3705", 0.370_518), None);
    assert_eq!(of("0.3715", 0.370_518), None);
    assert_eq!(of("0", 0.370_518), None);
}

#[test]
fn numbers_are_misread_in_every_way() {
    let operand = Name::Value(Symbol::Rate);
    let read = |text: &str| -> Vec<String> {
        let found = miscopied(&operand.into(), &|_| text.into());
        found.into_iter().map(|detail| detail.misread.into()).collect()
    };
    let found = read("-0.58");
    for text in ["-0.56", "-0.85", "-5.08", "0.58", "-5.8", "-0.058", "-58", "-580"] {
        assert!(found.iter().any(|other| other == text), "{text}: {found:?}");
    }
    assert!(read("1.2e-5").contains(&"2.1e-5".to_owned()));
    assert!(read("1.2e-5").contains(&"12e-5".to_owned()));
    assert_eq!(read("undefined"), [] as [&str; 0]);
}
