//! Marking, tried on many students: honest ones must never be accused, careless
//! ones must be caught.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use backprop_tutor::expr::evaluate;
use backprop_tutor::lesson::{Exercise, Lesson, Settings, Walk};
use backprop_tutor::name::{Name, NameMap, NameSet};
use backprop_tutor::num::Written;
use backprop_tutor::scenario::{self, Scenario};
use backprop_tutor::verify::{
    FollowThrough, Line, Marker, Report, Slip, Verdict, for_each_asked, read, slips,
};

/// A small generator of its own, so that every run sees the same students.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A number that somebody would put into an exercise: two decimals, not 0.
    fn weight(&mut self) -> String {
        let hundredths = 1 + self.below(120);
        let sign = if self.below(2) == 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
    }

    fn list(&mut self, count: usize) -> String {
        let numbers: Vec<String> = (0..count).map(|_| self.weight()).collect();
        format!("[{}]", numbers.join(","))
    }
}

/// A random exercise, as the text of a scenario.
fn exercise(dice: &mut Dice) -> String {
    let depth = dice.pick(&[1, 2, 2, 2, 3]);
    let sizes: Vec<usize> = (0..=depth).map(|_| 1 + dice.below(3)).collect();
    let outputs = sizes[depth];
    let pairs = [
        ("half_squared_error", "sigmoid"),
        ("half_squared_error", "tanh"),
        ("half_squared_error", "identity"),
        ("squared_error", "sigmoid"),
        ("mean_squared_error", "softplus"),
        ("mean_squared_error", "softmax"),
        ("binary_cross_entropy", "sigmoid"),
        ("cross_entropy", "softmax"),
        ("output", "sigmoid"),
    ];
    let (loss, last) = dice.pick(&pairs);
    let layers: Vec<String> = (0..depth)
        .map(|layer| {
            let hidden = ["sigmoid", "tanh", "relu", "leaky_relu", "softplus"];
            let activation = if layer + 1 == depth { last } else { dice.pick(&hidden) };
            let rows: Vec<String> =
                (0..sizes[layer]).map(|_| dice.list(sizes[layer + 1])).collect();
            let biases = match dice.below(4) {
                0 => String::new(),
                _ => format!(",\"biases\":{}", dice.list(sizes[layer + 1])),
            };
            format!("{{\"activation\":\"{activation}\",\"weights\":[{}]{biases}}}", rows.join(","))
        })
        .collect();
    let hot = dice.below(outputs);
    let y: Vec<String> = (0..outputs)
        .map(|k| match loss {
            "cross_entropy" => u8::from(k == hot).to_string(),
            "binary_cross_entropy" => dice.below(2).to_string(),
            _ => format!("0.{}", 1 + dice.below(9)),
        })
        .collect();
    let y = if loss == "output" { String::new() } else { format!(",\"y\":[{}]", y.join(",")) };
    format!(
        "{{\"loss\":\"{loss}\",\"learning_rate\":0.{},\"layers\":[{}],\"sample\":{{\"x\":{}{y}}}}}",
        1 + dice.below(9),
        layers.join(","),
        dice.list(sizes[0])
    )
}

fn of(scenario: &Scenario) -> Exercise<'_> {
    Exercise {
        network: &scenario.network,
        sample: &scenario.samples[0],
        learning_rate: scenario.learning_rate,
        update_biases: scenario.update_biases,
    }
}

fn asked(lesson: &Lesson<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    let Ok(()) = for_each_asked(lesson, |_, name| {
        names.push(name);
        Ok::<(), std::convert::Infallible>(())
    });
    names
}

/// Everything that somebody wrote, as a sheet, and its marks.
fn marked(exact: &Lesson<'_>, wrote: &Lesson<'_>, digits: usize) -> Report {
    marked_of(exact, wrote, digits, &asked(wrote))
}

/// The same for what is handed in of it.
fn marked_of(exact: &Lesson<'_>, wrote: &Lesson<'_>, digits: usize, names: &[Name]) -> Report {
    let naming = exact.naming();
    let mut text = String::new();
    for &name in names {
        writeln!(text, "{} = {}", naming.plain(name), wrote.text(name, digits)).unwrap();
    }
    let sheet = read(text.as_bytes(), "sheet", exact.network()).unwrap();
    Marker::new(exact, digits, &[], FollowThrough::Full).mark(&sheet)
}

fn apply() -> Settings {
    Settings { apply: true, ..Settings::default() }
}

fn honest(dice: &mut Dice, students: usize) -> (usize, usize) {
    let (mut lines, mut not_simply_right) = (0, 0);
    for _ in 0..students {
        let text = exercise(dice);
        let scenario = scenario::read(text.as_bytes(), "random").unwrap();
        let digits = dice.pick(&[3, 4, 5]);
        let walk = dice.pick(&[Walk::First, Walk::All, Walk::Nothing]);
        let (Ok(exact), Ok(by_hand)) = (
            Lesson::new(of(&scenario), apply()),
            Lesson::new(of(&scenario), Settings { by_hand: Some(digits.into()), walk, ..apply() }),
        ) else {
            continue;
        };
        let report = marked(&exact, &by_hand, digits);
        for line in &report.lines {
            lines += 1;
            not_simply_right += usize::from(line.verdict != Verdict::Right);
            assert!(
                matches!(line.verdict, Verdict::Right | Verdict::Follows) && line.slips.is_empty(),
                "{text}\nwith {digits} digits, {walk:?}: {} {line:?}",
                exact.naming().plain(line.name)
            );
        }
    }
    (lines, not_simply_right)
}

/// Catches bounds that are too narrow for somebody who rounds every number.
#[test]
fn honest_students_are_never_accused() {
    let (lines, _) = honest(&mut Dice(0x5eed), 4_000);
    assert!(lines > 50_000, "{lines} lines are too few to show anything");
}

/// The same for a hundred thousand; run in the release gate.
#[test]
#[ignore = "takes minutes: cargo test --release --test students -- --ignored --nocapture"]
fn a_hundred_thousand_honest_students_are_never_accused() {
    let (lines, others) = honest(&mut Dice(0xfeed_5eed), 100_000);
    println!(
        "100,000 honest students, {lines} lines: none wrong, {others} follow from own rounding"
    );
}

#[derive(Default)]
struct Tally {
    moved: usize,
    caught: usize,
    named: usize,
}

fn careless(dice: &mut Dice, students: usize) -> BTreeMap<&'static str, Tally> {
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut done = 0;
    while done < students {
        let text = exercise(dice);
        let scenario = scenario::read(text.as_bytes(), "random").unwrap();
        let digits = dice.pick(&[3, 4, 5]);
        let (Ok(exact), Ok(by_hand)) = (
            Lesson::new(of(&scenario), apply()),
            Lesson::new(of(&scenario), Settings { by_hand: Some(digits.into()), ..apply() }),
        ) else {
            continue;
        };
        let names = asked(&exact);
        let name = names[dice.below(names.len())];
        let candidates = slips::candidates(&by_hand, name);
        if candidates.is_empty() {
            continue;
        }
        let slip = &candidates[dice.below(candidates.len())];
        let value = evaluate(&slip.expr, &|leaf| by_hand.value(leaf));
        if !value.is_finite() {
            continue;
        }
        let wrote = backprop_tutor::num::show(value, digits);
        let carried = NameMap::from_iter([(name, Written::read(&wrote).unwrap())]);
        let settings = Settings { by_hand: Some(digits.into()), carried, ..apply() };
        let Ok(lesson) = Lesson::new(of(&scenario), settings) else { continue };
        done += 1;
        if wrote == by_hand.text(name, digits) {
            continue;
        }
        let report = marked(&exact, &lesson, digits);
        let tally = tallies.entry(slip.slip.code()).or_default();
        tally.moved += 1;
        let line: &Line = report.lines.iter().find(|line| line.name == name).unwrap();
        tally.caught += usize::from(line.verdict == Verdict::Wrong);
        tally.named += usize::from(line.slips.iter().any(|finding| finding.slip == slip.slip));
        // One slip is one wrong line: what comes of it follows.
        for other in report.lines.iter().filter(|other| other.name != name) {
            assert!(
                other.verdict != Verdict::Wrong,
                "{text}\n{digits} digits, {} at {} = {wrote}: {} {other:?}",
                slip.slip.code(),
                exact.naming().plain(name),
                exact.naming().plain(other.name)
            );
        }
    }
    tallies
}

fn shares(tallies: &BTreeMap<&'static str, Tally>) -> (f64, f64) {
    let sum = |of: fn(&Tally) -> usize| tallies.values().map(of).sum::<usize>() as f64;
    let moved = sum(|tally| tally.moved);
    (sum(|tally| tally.caught) / moved, sum(|tally| tally.named) / moved)
}

/// Catches tolerances that swallow slips, and lines that lose credit for a slip
/// made before them.
#[test]
fn careless_students_are_caught() {
    let tallies = careless(&mut Dice(0xca7e), 4_000);
    let (caught, named) = shares(&tallies);
    for (code, tally) in &tallies {
        println!(
            "{code:20} {:5} moved, {:5} caught, {:5} named",
            tally.moved, tally.caught, tally.named
        );
    }
    println!("caught {caught:.3}, named {named:.3}");
    assert!(caught >= 0.95, "caught {caught}");
}

/// The same for a hundred thousand, with the figures printed.
#[test]
#[ignore = "takes minutes: cargo test --release --test students -- --ignored --nocapture"]
fn a_hundred_thousand_careless_students_are_caught() {
    let tallies = careless(&mut Dice(0xbad_ca7e), 100_000);
    let (caught, named) = shares(&tallies);
    println!(
        "100,000 careless students: caught {caught:.4}, named {named:.4} of the slips that move a digit"
    );
    assert!(caught >= 0.95, "caught {caught}");
}

/// Somebody slips on a line that is not handed in, nor are half of the others.
#[derive(Default)]
struct Hidden {
    /// Sheets on which some number is moved.
    moved: usize,
    /// Some line is wrong.
    caught: usize,
    /// The slip is named at the first wrong line.
    named: usize,
    /// One line is wrong; the others follow.
    once: usize,
}

fn hidden(dice: &mut Dice, students: usize) -> Hidden {
    let mut tally = Hidden::default();
    while tally.moved < students {
        let text = exercise(dice);
        let scenario = scenario::read(text.as_bytes(), "random").unwrap();
        let (Ok(exact), Ok(by_hand)) = (
            Lesson::new(of(&scenario), apply()),
            Lesson::new(of(&scenario), Settings { by_hand: Some(4.into()), ..apply() }),
        ) else {
            continue;
        };
        let names = asked(&exact);
        let name = names[dice.below(names.len())];
        let candidates = slips::candidates(&by_hand, name);
        if candidates.is_empty() {
            continue;
        }
        let slip = &candidates[dice.below(candidates.len())];
        let value = evaluate(&slip.expr, &|leaf| by_hand.value(leaf));
        let Some(written) = Written::read(&backprop_tutor::num::show(value, 4)) else { continue };
        let carried = NameMap::from_iter([(name, written)]);
        let settings = Settings { by_hand: Some(4.into()), carried, ..apply() };
        let Ok(lesson) = Lesson::new(of(&scenario), settings) else { continue };
        let handed_in: Vec<Name> =
            names.into_iter().filter(|other| *other != name && dice.below(2) == 0).collect();
        if handed_in.iter().all(|name| lesson.text(*name, 4) == by_hand.text(*name, 4)) {
            continue;
        }
        tally.moved += 1;
        let report = marked_of(&exact, &lesson, 4, &handed_in);
        let wrong = report.lines.iter().filter(|line| line.verdict == Verdict::Wrong);
        tally.once += usize::from(wrong.count() == 1);
        if let Some(first) = report.first_wrong() {
            tally.caught += 1;
            tally.named += usize::from(first.slips.iter().any(|found| found.slip == slip.slip));
        }
    }
    tally
}

/// Catches slips that are held against every line that comes of them.
#[test]
fn a_slip_on_a_line_left_out_is_found_behind() {
    let Hidden { moved, caught, named, once } = hidden(&mut Dice(0x41dde), 4_000);
    println!("{moved} moved, {caught} caught, {named} named, {once} wrong once");
    assert!(named * 100 >= caught * 87, "{named} named of {caught}");
    assert!(once * 100 >= caught * 92, "{once} once of {caught}");
}

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
) -> Vec<Verdict> {
    if name == slipped {
        return vec![Verdict::Wrong];
    }
    let moved = (wrote.value(name) - exact.value(name)).abs();
    if !all_behind(exact, name).contains(&slipped) || wrote.text(name, 4) == honest.text(name, 4) {
        return vec![Verdict::Right];
    }
    // Half a unit for each of a few hundred roundings is far; a number that
    // happens to be short claims little.
    let decimals = Written::read(&wrote.text(name, 4)).unwrap().decimals;
    if decimals >= 4 && moved > 0.02 * exact.value(name).abs().max(1.0) {
        return vec![Verdict::Follows];
    }
    vec![Verdict::Right, Verdict::Follows]
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
        let scenario = scenario::load(family).unwrap();
        let by_hand = Settings { by_hand: Some(4.into()), ..apply() };
        let exact = Lesson::new(of(&scenario), apply()).unwrap();
        let honest = Lesson::new(of(&scenario), by_hand.clone()).unwrap();
        let mut tried: Vec<Slip> = Vec::new();
        for name in asked(&exact) {
            for candidate in slips::candidates(&honest, name) {
                let wrote = evaluate(&candidate.expr, &|leaf| honest.value(leaf));
                let wrote = backprop_tutor::num::show(wrote, 4);
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
                let student = Lesson::new(of(&scenario), student).unwrap();
                let report = marked(&exact, &student, 4);
                let (code, line) = (candidate.slip.code(), exact.naming().plain(name));
                let case = format!("{family}: {code} at {line} = {wrote}");
                for other in &report.lines {
                    let expected = expected(&exact, &honest, &student, name, other.name);
                    let plain = exact.naming().plain(other.name);
                    assert!(
                        expected.contains(&other.verdict),
                        "{case}: {plain} is {other:?}, not {expected:?}"
                    );
                }
                let first = report.first_wrong().unwrap_or_else(|| panic!("{case}"));
                let told: Vec<&str> =
                    first.slips.iter().map(|finding| finding.slip.code()).collect();
                if told.contains(&code) {
                    named.insert(code);
                }
                let letters: String =
                    report.lines.iter().map(|line| letter(line.verdict)).collect();
                writeln!(verdicts, "{case}\n  told {}\n  {letters}", told.join(" or ")).unwrap();
            }
        }
    }
    insta::assert_snapshot!(verdicts);
    // Slips of the pen change no formula; a mean needs a mean loss.
    let expected = Slip::ALL.iter().filter(|slip| **slip < Slip::Miscopied);
    let missing: Vec<&str> = expected
        .map(|slip| slip.code())
        .filter(|code| !named.contains(code) && *code != "SUM-FOR-MEAN")
        .collect();
    assert!(missing.is_empty(), "never named: {missing:?}");
}

const fn letter(verdict: Verdict) -> char {
    match verdict {
        Verdict::Right => '.',
        Verdict::AsPrinted => 'p',
        Verdict::Follows => 'f',
        Verdict::Wrong => 'W',
        Verdict::Missing => '-',
        Verdict::Unreadable => '?',
    }
}

/// The lecture's own numbers, without the lecture's excuse.
#[test]
fn the_lecture_as_a_student() {
    let scenario = scenario::load("xor").unwrap();
    let exact = Lesson::new(of(&scenario), apply()).unwrap();
    let printed = &scenario.reference.as_ref().unwrap().values;
    let naming = exact.naming();
    let sheet: String = printed
        .iter()
        .map(|(name, written)| format!("{} = {}\n", naming.plain(*name), written.text))
        .collect();
    let sheet = read(sheet.as_bytes(), "sheet", exact.network()).unwrap();
    let report = Marker::new(&exact, 4, &[], FollowThrough::Full).mark(&sheet);
    let answered: Vec<&Line> = report.lines.iter().filter(|l| l.written.is_some()).collect();
    assert_eq!(answered.len(), 26);
    let wrong: Vec<String> = answered
        .iter()
        .filter(|line| line.verdict == Verdict::Wrong)
        .map(|line| naming.plain(line.name))
        .collect();
    assert_eq!(wrong, ["f_in", "f_out_new"]);
    let f_in = answered.iter().find(|line| naming.plain(line.name) == "f_in").unwrap();
    assert!(f_in.slips.iter().all(|finding| finding.slip == Slip::Miscopied));
    let misread: Vec<(String, String)> = f_in
        .slips
        .iter()
        .filter_map(|finding| finding.detail.as_ref())
        .map(|detail| (naming.plain(detail.operand), detail.misread.clone()))
        .collect();
    assert!(misread.contains(&("u2".to_owned(), "0.56".to_owned())), "{misread:?}");
    let last = answered.iter().find(|line| naming.plain(line.name) == "f_out_new").unwrap();
    assert!(last.slips.is_empty());
    // With the reference at hand the same numbers are accepted as printed.
    let report = Marker::new(&exact, 4, printed, FollowThrough::Full).mark(&sheet);
    assert!(report.first_wrong().is_none());
}
