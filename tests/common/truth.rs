//! Whether what a report says is so: every equation holds to the digits that
//! are shown, nothing is said twice, and praise is deserved.

use super::reading::{Reader, work_out};
use super::report::{Line, Report};
use super::tracked::Tracked;

/// What is not so on the page of a marked sheet.
pub(crate) fn of_page(page: &str, report: &Report) -> Vec<String> {
    let mut wrong = Vec::new();
    for equation in equations(page) {
        if let Err(why) = holds(&equation) {
            wrong.push(why);
        }
    }
    let is_praised = page.contains("Well done");
    let is_full = report.score == report.max_score
        && report.lines.iter().all(|line| matches!(&*line.verdict, "right" | "as_printed"));
    if is_praised && !is_full {
        wrong.push(format!("well done for {} of {}", report.score, report.max_score));
    }
    wrong
}

/// What is not so in the report for programs.
pub(crate) fn of_report(report: &Report) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in &report.lines {
        if let Err(why) = line_is_so(line) {
            wrong.push(format!("{}: {why}: {line:?}", line.name));
        }
    }
    let credits: f64 = report.lines.iter().map(|line| line.credit).sum();
    let points: f64 = report.lines.iter().map(|line| line.points).sum();
    if (credits - report.score).abs() > 1e-9 || (points - report.max_score).abs() > 1e-9 {
        wrong
            .push(format!("{credits} of {points} is not {} of {}", report.score, report.max_score));
    }
    wrong
}

fn line_is_so(line: &Line) -> Result<(), String> {
    if !(0.0..=line.points).contains(&line.credit) {
        return Err(format!("{} of {}", line.credit, line.points));
    }
    let written: Option<f64> = line.written.as_ref().and_then(|text| text.parse().ok());
    if let Some(from_yours) = line.from_yours {
        if Some(from_yours) == line.expected {
            return Err("from yours is what is right".to_owned());
        }
        if line.verdict == "wrong" && Some(from_yours) == written {
            return Err("from yours repeats what was written".to_owned());
        }
        if matches!(&*line.verdict, "right" | "as_printed") {
            return Err("from yours, where it is right".to_owned());
        }
    }
    for slip in &line.slips {
        if slip.formula.is_some() && slip.formula == slip.numbers {
            return Err(format!("{} repeats a step", slip.code));
        }
        let numbers = slip.numbers.as_ref().or(slip.formula.as_ref());
        // Whoever is told of a slip has every number that stands in it.
        if numbers.is_some_and(|numbers| numbers.contains("undefined")) {
            return Err(format!("{} has no numbers: {numbers:?}", slip.code));
        }
        if let (Some(numbers), Some(value)) = (numbers, slip.value) {
            let made = worked_out(numbers)?;
            let near = 1e-9 * (1.0 + value.abs());
            if (made - value).abs() > near {
                return Err(format!("{numbers} = {made}, not {value}"));
            }
        }
    }
    Ok(())
}

/// The equations that stand apart on a page: each a chain of equal texts.
pub(crate) fn equations(page: &str) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut is_open = false;
    for line in page.lines() {
        let text = line.trim_start();
        let is_apart = line.starts_with("  ") && !text.is_empty();
        if !is_apart {
            is_open = false;
        } else if let Some(step) = text.strip_prefix("= ").filter(|_| is_open) {
            found.last_mut().expect("it is open").push(step.trim_end().to_owned());
        } else if is_open {
            let step = found.last_mut().and_then(|equation| equation.last_mut());
            let step = step.expect("it is open");
            *step = format!("{step} {}", text.trim_end());
        } else if text.contains(" = ") {
            is_open = true;
            found.push(text.trim_end().split(" = ").map(str::to_owned).collect());
        }
    }
    found
}

/// Whether the numbers of an equation give what stands behind its last sign.
fn holds(equation: &[String]) -> Result<(), String> {
    let shown = equation.join(" = ");
    if equation.windows(2).any(|steps| steps[0] == steps[1]) {
        return Err(format!("a step is repeated: {shown}"));
    }
    let [_, .., numbers, last] = equation else { return Ok(()) };
    let Ok(value) = last.parse::<f64>() else {
        return Err(format!("no number at the end: {shown}"));
    };
    if equation.len() == 3 && numbers.contains(|letter: char| letter.is_alphabetic()) {
        // A quantity by its name, and what it is worth.
        return if worked_out(numbers).is_err() { Ok(()) } else { within(numbers, last, value) };
    }
    within(numbers, last, value).map_err(|why| format!("{why}: {shown}"))
}

fn within(numbers: &str, last: &str, value: f64) -> Result<(), String> {
    let made = worked_out(numbers)?;
    let noise = 1e-9 * (1.0 + made.abs());
    let is_near = (made - value).abs() <= half_unit(last) + noise;
    if is_near { Ok(()) } else { Err(format!("it is {made}, not {value}")) }
}

/// Half of the last place of a number that is shown; nothing where it is short
/// and so exact, as numbers are shown.
fn half_unit(text: &str) -> f64 {
    let (digits, power) = text.split_once('e').unwrap_or((text, "0"));
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
    0.5 * 10_f64.powi(power.parse::<i32>().expect("a power") - decimals)
}

fn worked_out(numbers: &str) -> Result<f64, String> {
    let number = |text: &str| Tracked::exact(text.parse().expect("a number"));
    let reader = Reader { names: &|_| None, number: &number };
    let numbers = numbers.replace('²', "^2");
    work_out(&numbers, &reader).map(|(made, _)| made.v)
}
