//! What one slip makes of a line, tried by itself; and formulas as they would be
//! written.

use super::*;
use crate::expr::Expr;

/// A quantity of one sample as it is called in the lesson of that sample.
fn unsampled(name: Name) -> Name {
    name.alone().map_or(name, |(_, own)| own)
}

fn for_each_line(mut check: impl FnMut(&Lesson<'_>, Name)) {
    for (_, text) in NETS {
        let scenario = read(text);
        for walk in WALKS {
            let lesson = lesson_of(&scenario, 0, walk);
            names(&lesson).into_iter().for_each(|name| check(&lesson, name));
        }
    }
    for reduction in ["mean", "sum"] {
        let scenario = read(&BATCH.replace("REDUCTION", reduction));
        let lesson = together(&scenario);
        names(&lesson).into_iter().for_each(|name| check(&lesson, name));
    }
}

#[test]
fn a_slip_alone_makes_of_a_line_what_it_makes_among_all_and_nothing_right() {
    let mut tried = 0;
    for_each_line(|lesson, name| {
        let among_all = candidates(lesson, name);
        for slip in Slip::ALL {
            let alone = rewritings(lesson, name, slip);
            tried += alone.len();
            let mut own = among_all.iter().filter(|candidate| candidate.slip == slip);
            assert!(own.all(|candidate| alone.contains(&candidate.expr)), "{name:?}, {slip:?}");
            let (whose, plain) = lesson.own_of(name);
            let line = SlipLine::new(whose, plain);
            let mut known = right(&line);
            let of_its_lesson =
                |leaf: Name| if whose.samples().is_some() { leaf } else { unsampled(leaf) };
            for expr in alone {
                let expr = rename(expr, &of_its_lesson);
                assert!(known.insert(fingerprint(&line, &expr)), "{name:?}, {slip:?}: {expr:?}");
            }
        }
    });
    assert!(tried > 5_000, "{tried}");
}

#[test]
fn a_line_of_one_sample_goes_wrong_as_it_does_alone() {
    let scenario = read(&BATCH.replace("REDUCTION", "mean"));
    let (whole, alone) = (together(&scenario), lesson_of(&scenario, 1, false));
    let name = |lesson: &Lesson<'_>, text: &str| lesson.naming().read(text).unwrap();
    for text in ["z1_in", "f_out", "L", "dL/df_in", "dL/du1"] {
        let (of_sample, own) = (name(&alone, text).at_sample(1), name(&alone, text));
        let value = |lesson: &Lesson<'_>, expr: &Expr| evaluate(expr, &|leaf| lesson.value(leaf));
        let codes = |lesson: &Lesson<'_>, name| {
            let found = candidates(lesson, name).into_iter();
            found.map(|found| (found.slip, value(lesson, &found.expr))).collect::<Vec<_>>()
        };
        let found = codes(&whole, of_sample);
        assert!(!found.is_empty() && found == codes(&alone, own), "{text}: {found:?}");
    }
}

/// Whether some product or sum has only one part, or none.
fn has_lone_part(expr: &Expr) -> bool {
    match expr {
        Expr::Number(_) | Expr::Leaf(_) => false,
        Expr::Apply(op, parts) => {
            matches!(op, Op::Product | Op::Sum) && parts.len() < 2
                || parts.iter().any(has_lone_part)
        }
    }
}

#[test]
fn a_product_of_one_factor_is_that_factor() {
    for_each_line(|lesson, name| {
        for candidate in candidates(lesson, name) {
            assert!(!has_lone_part(&candidate.expr), "{name:?}: {candidate:?}");
        }
    });
}
