//! Nothing is earned by writing nothing: not by zeros, ones, old weights and
//! numbers of the task, nor by leaving lines out; and no line costs what stands
//! right elsewhere.

use backprop_tutor::lesson::Lesson;
use backprop_tutor::name::{Name, Symbol};
use backprop_tutor::num;
use backprop_tutor::scenario;
use backprop_tutor::verify::{LineVerdict, ReportLine};

use super::class::{Dice, apply, asked, exercise, marked_texts, marker_of};
use super::told::answers;

const DIGITS: usize = 4;

fn given(lesson: &Lesson<'_>) -> Vec<f64> {
    let mut given = Vec::new();
    for name in asked(lesson) {
        if let Some(expr) = lesson.expression(name) {
            expr.for_each_leaf(&mut |leaf| {
                let is_given = matches!(
                    leaf,
                    Name::Value(
                        Symbol::Input(_)
                            | Symbol::Target(_)
                            | Symbol::Weight { .. }
                            | Symbol::Bias { .. }
                            | Symbol::Rate
                    )
                );
                if is_given {
                    given.push(lesson.value(leaf));
                }
            });
        }
    }
    given
}

/// A number that takes no work: what stands on the paper before the line is
/// worked.
fn no_work(dice: &mut Dice, lesson: &Lesson<'_>, name: Name) -> f64 {
    let mut there = vec![0.0, 1.0, -1.0];
    if let Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) = name {
        there.extend([lesson.value(symbol.into()); 3]);
    }
    dice.pick(&there)
}

fn is_right_as_asked(line: &ReportLine) -> bool {
    line.value().is_some_and(|value| {
        (value - line.expected()).abs() <= 0.5 * 10_f64.powi(-(DIGITS as i32)) * (1.0 + 1e-9)
    })
}

/// Catches credit for digits that tell nothing, and for what follows from them.
#[test]
fn zeros_ones_and_old_weights_earn_next_to_nothing() {
    let mut dice = Dice(0x2e05);
    let (mut score, mut most) = (0.0, 0.0);
    for _ in 0..600 {
        let text = exercise(&mut dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let Ok(exact) = Lesson::new(scenario.exercise(0), apply()) else { continue };
        let blanks = dice.below(4);
        let decimals = dice.pick(&[0, 1, 2, 4, 9]);
        let mut sheet = Vec::new();
        for name in asked(&exact) {
            if blanks == 0 || !dice.once_in(blanks + 1) {
                let value = no_work(&mut dice, &exact, name);
                sheet.push((name, format!("{value:.decimals$}")));
            }
        }
        let marker = marker_of(&exact, DIGITS);
        let report = marked_texts(&marker, &sheet);
        most += report.max_score();
        let earning = |line: &&ReportLine| line.credit > 0.0 && !is_right_as_asked(line);
        for line in report.lines.iter().filter(earning) {
            println!("{} {line:?}", exact.naming().plain(line.name()));
            score += line.credit;
        }
    }
    println!("{score} of {most} for zeros, ones and old weights");
    assert!(score < 0.002 * most, "{score} of {most}");
}

/// Numbers of the task, strewn over the lines: they may hit by chance, or repeat
/// each other where a line repeats another.
#[test]
fn numbers_of_the_task_earn_little() {
    let mut dice = Dice(0x61e4);
    let (mut score, mut most) = (0.0, 0.0);
    for _ in 0..600 {
        let text = exercise(&mut dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let Ok(exact) = Lesson::new(scenario.exercise(0), apply()) else { continue };
        let given = given(&exact);
        let names = asked(&exact).into_iter();
        let sheet: Vec<(Name, String)> =
            names.map(|name| (name, num::show_exactly(dice.pick(&given)).to_string())).collect();
        let marker = marker_of(&exact, DIGITS);
        let report = marked_texts(&marker, &sheet);
        (score, most) = (score + report.score(), most + report.max_score());
    }
    println!("{score} of {most} for numbers of the task");
    assert!(score < 0.01 * most, "{score} of {most}");
}

/// Catches a maximum that depends on what is answered, and a sheet that is worth
/// more with a line left out.
#[test]
fn leaving_lines_out_does_not_pay() {
    let mut dice = Dice(0x1ea7e);
    let (mut tried, mut paid) = (0, 0);
    while tried < 1_500 {
        let text = exercise(&mut dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let Ok(exact) = Lesson::new(scenario.exercise(0), apply()) else { continue };
        let Some(sheet) = answers(&mut dice, &exact, DIGITS) else { continue };
        let few = 1 + dice.below(3);
        let less: Vec<_> = sheet.iter().filter(|_| !dice.once_in(1 + few)).cloned().collect();
        tried += 1;
        let marker = marker_of(&exact, DIGITS);
        let whole = marked_texts(&marker, &sheet);
        let part = marked_texts(&marker, &less);
        assert_eq!(whole.max_score(), part.max_score(), "{text}");
        if part.score() > whole.score() {
            paid += 1;
        }
    }
    println!("{paid} of {tried} sheets are worth more with lines left out");
    assert!(paid * 500 <= tried, "{paid} of {tried}");
}

/// Catches a line that takes credit from others: what holds the exact value with
/// the digits asked is right, whatever else stands on the sheet.
#[test]
fn no_line_costs_what_is_right_elsewhere() {
    let mut dice = Dice(0xadd);
    let mut tried = 0;
    while tried < 600 {
        let text = exercise(&mut dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let Ok(exact) = Lesson::new(scenario.exercise(0), apply()) else { continue };
        let names = asked(&exact);
        let mut sheet: Vec<(Name, String)> =
            names.iter().map(|name| (*name, exact.text(*name, DIGITS).to_string())).collect();
        let wrong = dice.below(names.len());
        let shown = dice.pick(&["0", "1", "-7.5", "1e300", "0.123456789", "-0.0001", "12"]);
        sheet[wrong].1 = shown.to_owned();
        tried += 1;
        let marker = marker_of(&exact, DIGITS);
        let report = marked_texts(&marker, &sheet);
        for line in report.lines.iter().filter(|line| line.name() != names[wrong]) {
            assert!(
                line.verdict == LineVerdict::Right && line.credit == line.points(),
                "{shown} at {}: {line:?}\n{text}",
                exact.naming().plain(names[wrong])
            );
        }
    }
}
