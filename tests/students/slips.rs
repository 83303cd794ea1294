//! Every slip in every family of networks, and the lecture itself as a student.

use std::collections::HashSet;
use std::fmt::Write;

use backprop_tutor::expr::evaluate;
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, NameMap, NameSet};
use backprop_tutor::num::{self, Written};
use backprop_tutor::scenario;
use backprop_tutor::verify::{LineVerdict, Marker, MarkingRules, ReportLine, Slip, read, slips};

use super::careless::marked_of;
use super::class::marker_of;
use super::class::{apply, asked};

/// Lines that a line is computed from, however far back.
fn all_behind(lesson: &Lesson<'_>, name: Name) -> NameSet {
    let mut behind = NameSet::default();
    let mut open = vec![name];
    while let Some(name) = open.pop() {
        for form in lesson.equal_forms(name) {
            form.for_each_leaf(&mut |leaf| {
                if behind.insert(leaf) {
                    open.push(leaf);
                }
            });
        }
    }
    behind
}

/// What each line must be told when one line slipped: what does not come of it
/// is right; what comes of it, and left what is right far behind, follows; what
/// was hardly moved may be either.
fn expected(
    exact: &Lesson<'_>,
    honest: &Lesson<'_>,
    wrote: &Lesson<'_>,
    slipped: Name,
    name: Name,
) -> Vec<LineVerdict> {
    if name == slipped {
        return vec![LineVerdict::Wrong];
    }
    let moved = (wrote.value(name) - exact.value(name)).abs();
    if !all_behind(exact, name).contains(&slipped) {
        return vec![LineVerdict::Right];
    }
    if wrote.text(name, 4) == honest.text(name, 4) {
        return vec![LineVerdict::Right, LineVerdict::Follows];
    }
    // Half a unit for each of a few hundred roundings is far; a number that
    // happens to be short claims little.
    let decimals = Written::read(&wrote.text(name, 4)).expect("it is there").decimals;
    if decimals >= 4 && moved > 0.02 * exact.value(name).abs().max(1.0) {
        return vec![LineVerdict::Follows];
    }
    vec![LineVerdict::Right, LineVerdict::Follows]
}

/// One student for every slip in every family of networks, who slips on the
/// first line where it moves the number and computes on from there. The
/// snapshot has the verdict of every line, in the lesson's order; the rules of
/// `expected` hold it. Catches a slip that no network shows, one that is never
/// told, and any line that pays for another.
#[test]
fn every_slip_is_caught_and_named_and_every_line_judged() {
    let mut named: HashSet<&'static str> = HashSet::new();
    let mut verdicts = String::new();
    for family in ["xor", "mazur", "deep", "softmax-cross-entropy", "relu-dead", "tanh-bce"] {
        let scenario = scenario::load(family).expect("it is there");
        let by_hand = Settings { by_hand: Some(4.into()), ..apply() };
        let exact = Lesson::new(scenario.exercise(0), apply()).expect("it is there");
        let honest = Lesson::new(scenario.exercise(0), by_hand.clone()).expect("it is there");
        let mut tried: Vec<Slip> = Vec::new();
        for name in asked(&exact) {
            for candidate in slips::candidates(&honest, name) {
                let wrote = evaluate(&candidate.expr, &|leaf| honest.value(leaf));
                let wrote = num::show(wrote, 4);
                let moved = Written::read(&wrote).filter(|written| {
                    // A number of few digits is taken as it is meant.
                    let least = f64::max(0.01, 4.0 * written.half_unit());
                    (written.value - exact.value(name)).abs() > least
                });
                let Some(written) = moved.filter(|_| !tried.contains(&candidate.slip)) else {
                    continue;
                };
                tried.push(candidate.slip);
                let carried = NameMap::from_iter([(name, written)]);
                let student = Settings { carried, ..by_hand.clone() };
                let student = Lesson::new(scenario.exercise(0), student).expect("it is there");
                let marker = marker_of(&exact, 4);
                let report = marked_of(&marker, &student, 4, &asked(&exact));
                let (code, line) = (candidate.slip.code(), exact.naming().plain(name));
                let case = format!("{family}: {code} at {line} = {wrote}");
                for other in &report.lines {
                    let expected = expected(&exact, &honest, &student, name, other.name());
                    let plain = exact.naming().plain(other.name());
                    assert!(
                        expected.contains(&other.verdict),
                        "{case}: {plain} is {other:?}, not {expected:?}"
                    );
                }
                let first = report.first_wrong().unwrap_or_else(|| panic!("{case}"));
                let told: Vec<&str> =
                    first.slips().iter().map(|finding| finding.slip.code()).collect();
                if told.contains(&code) {
                    named.insert(code);
                }
                let letters: String =
                    report.lines.iter().map(|line| letter(line.verdict)).collect();
                writeln!(verdicts, "{case}\n  told {}\n  {letters}", told.join(" or "))
                    .expect("it is there");
            }
        }
    }
    insta::assert_snapshot!(verdicts);
    // Slips of the pen change no formula; a mean needs a mean loss, or several samples.
    let of_means = ["SUM-FOR-MEAN", "MEAN-TWICE", "MEAN-FOR-SUM", "ONE-SAMPLE"];
    let expected = Slip::ALL.iter().filter(|slip| !slip.is_of_the_pen());
    let missing: Vec<&str> = expected
        .map(|slip| slip.code())
        .filter(|code| !named.contains(code) && !of_means.contains(code))
        .collect();
    assert!(missing.is_empty(), "never named: {missing:?}");
}

const fn letter(verdict: LineVerdict) -> char {
    match verdict {
        LineVerdict::Right => '.',
        LineVerdict::AsPrinted => 'p',
        LineVerdict::Follows => 'f',
        LineVerdict::Wrong => 'W',
        LineVerdict::Missing => '-',
        LineVerdict::Unreadable => '?',
    }
}

/// The lecture's own numbers, without the lecture's excuse.
#[test]
fn the_lecture_as_a_student() {
    let scenario = scenario::load("xor").expect("it is there");
    let exact = Lesson::new(scenario.exercise(0), apply()).expect("it is there");
    let printed = &scenario.reference.as_ref().expect("it is there").values;
    let naming = exact.naming();
    let sheet: String = printed
        .iter()
        .map(|(name, written)| format!("{} = {}\n", naming.plain(*name), written.text()))
        .collect();
    let sheet = read(sheet.as_bytes(), "sheet", exact.network()).expect("it is there");
    let marker = Marker::new(&exact, MarkingRules::asking(4));
    let report = marker.mark(&sheet);
    let answered: Vec<&ReportLine> =
        report.lines.iter().filter(|l| l.written().is_some()).collect();
    assert_eq!(answered.len(), 26);
    let wrong: Vec<String> = answered
        .iter()
        .filter(|line| line.verdict == LineVerdict::Wrong)
        .map(|line| naming.plain(line.name()))
        .collect();
    assert_eq!(wrong, ["f_in", "f_out_new"]);
    let f_in =
        answered.iter().find(|line| naming.plain(line.name()) == "f_in").expect("it is there");
    assert!(f_in.slips().iter().all(|finding| finding.slip == Slip::Miscopied));
    let misread: Vec<(String, String)> = f_in
        .slips()
        .iter()
        .filter_map(|finding| finding.detail.as_ref())
        .map(|detail| (naming.plain(detail.operand), detail.misread.to_string()))
        .collect();
    assert!(misread.contains(&("u2".to_owned(), "0.56".to_owned())), "{misread:?}");
    let last =
        answered.iter().find(|line| naming.plain(line.name()) == "f_out_new").expect("it is there");
    assert!(last.slips().iter().all(|finding| !finding.certain));
    // With the reference at hand the same numbers are accepted as printed.
    let marker = Marker::new(&exact, MarkingRules { printed, ..MarkingRules::asking(4) });
    assert!(marker.mark(&sheet).first_wrong().is_none());
}
