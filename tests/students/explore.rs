//! Exploration (throw-away)
use super::class::{Dice, apply, asked, exercise, marked_texts, of};
use backprop_tutor::lesson::Lesson;
use backprop_tutor::name::Name;
use backprop_tutor::num;
use backprop_tutor::scenario;
use backprop_tutor::verify::Verdict;

#[test]
#[ignore = "exploration"]
fn explore() {
    let mut dice = Dice(0x61e4);
    let mut kinds = std::collections::BTreeMap::<String, (usize, f64)>::new();
    let mut shown = 0;
    let mut most = 0.0;
    for _ in 0..600 {
        let text = exercise(&mut dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let Ok(exact) = Lesson::new(of(&scenario), apply()) else { continue };
        let given = super::nothing::given(&exact);
        let names = asked(&exact).into_iter();
        let sheet: Vec<(Name, String)> =
            names.map(|name| (name, num::show_exactly(dice.pick(&given)).to_string())).collect();
        let report = marked_texts(&exact, 4, &sheet);
        most += report.max_score();
        let has: std::collections::HashMap<Name, String> = sheet.iter().cloned().collect();
        for line in report.lines.iter().filter(|l| l.credit > 0.0) {
            let exactly =
                line.value.is_some_and(|v| (v - line.expected).abs() <= 0.5e-4 * (1.0 + 1e-9));
            let kind = format!(
                "{:?} {} exact={exactly} {}",
                line.verdict,
                kind(line.name),
                line.remarks.iter().map(|r| r.code()).collect::<Vec<_>>().join(",")
            );
            let entry = kinds.entry(kind.clone()).or_default();
            entry.0 += 1;
            entry.1 += line.credit;
            if shown < 400 && line.verdict != Verdict::Missing && !exactly {
                shown += 1;
                let naming = exact.naming();
                println!(
                    "{kind}: {} = {} (exact {}; yours {:?}) credit {}",
                    naming.plain(line.name),
                    line.written.as_deref().unwrap(),
                    line.expected,
                    line.from_yours,
                    line.credit
                );
                for form in exact.equal_forms(line.name) {
                    let mut leaves = Vec::new();
                    form.for_each_leaf(&mut |leaf| {
                        leaves.push(format!(
                            "{}={}",
                            naming.plain(leaf),
                            has.get(&leaf)
                                .cloned()
                                .unwrap_or_else(|| exact.value(leaf).to_string() + "!")
                        ))
                    });
                    let worth = backprop_tutor::expr::evaluate(&form, &|leaf| {
                        has.get(&leaf).map_or_else(|| exact.value(leaf), |t| t.parse().unwrap())
                    });
                    println!("      {worth:.5}  {}", leaves.join(" "));
                }
            }
        }
    }
    let mut all: Vec<_> = kinds.into_iter().collect();
    all.sort_by(|a, b| b.1.1.total_cmp(&a.1.1));
    for (k, (n, c)) in all {
        println!("{c:8.1} {n:5} {k}");
    }
    println!("most {most}");
}

fn kind(name: Name) -> &'static str {
    use backprop_tutor::name::Symbol::*;
    match name {
        Name::Value(In { .. }) => "in",
        Name::Value(Out { .. }) => "out",
        Name::Value(Loss | Term(_)) => "loss",
        Name::Value(_) => "value",
        Name::New(In { .. }) => "in_new",
        Name::New(Out { .. }) => "out_new",
        Name::New(Loss | Term(_)) => "loss_new",
        Name::New(_) => "param_new",
        Name::Derivative { of: Loss, by: Weight { .. } } => "dL/dW",
        Name::Derivative { of: Loss, by: Bias { .. } } => "dL/db",
        Name::Derivative { of: Loss, by: In { .. } } => "dL/din",
        Name::Derivative { of: Loss, by: Out { .. } } => "dL/dout",
        Name::Derivative { of: Out { .. }, .. } => "slope",
        Name::Derivative { .. } => "factor",
    }
}

/// Careless students with `slips` slips who work and hand in with `digits` decimals; `asked` asked.
#[test]
#[ignore = "exploration"]
fn explore_losses() {
    use backprop_tutor::expr::evaluate;
    use backprop_tutor::lesson::Settings;
    use backprop_tutor::name::NameMap;
    use backprop_tutor::num::Written;
    use backprop_tutor::verify::slips;
    for (digits, wants) in [(2usize, 4usize), (2, 2), (1, 4), (3, 4)] {
        for errors in [1usize, 2, 3, 5] {
            let mut dice = Dice(0x1055 + errors as u64);
            let (mut sheets, mut hit, mut lost, mut follows, mut most) = (0, 0, 0.0, 0, 0.0);
            let mut score = 0.0;
            while sheets < 500 {
                let text = exercise(&mut dice);
                let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
                let by_hand = Settings { by_hand: Some(digits.into()), ..apply() };
                let Ok(exact) = Lesson::new(of(&scenario), apply()) else { continue };
                let names = asked(&exact);
                let mut carried = NameMap::default();
                for _ in 0..errors {
                    let name = names[dice.below(names.len())];
                    // Half by a known slip, half any number.
                    let candidates = slips::candidates(&exact, name);
                    let value = if candidates.is_empty() || dice.once_in(2) {
                        exact.value(name) * (0.5 + dice.share()) + 0.1 * dice.share()
                    } else {
                        let candidate = &candidates[dice.below(candidates.len())];
                        evaluate(&candidate.expr, &|leaf| exact.value(leaf))
                    };
                    if let Some(w) = Written::read(&num::show(value, digits)) {
                        carried.insert(name, w);
                    }
                }
                let Ok(wrote) = Lesson::new(of(&scenario), Settings { carried, ..by_hand }) else {
                    continue;
                };
                let logarithm = text.contains("cross_entropy");
                let last = exact.network().depth() - 1;
                let outs = (0..exact.network().outputs() as u32)
                    .map(|unit| backprop_tutor::name::Symbol::Out { layer: last, unit });
                if outs
                    .flat_map(|out| [Name::Value(out), Name::New(out)])
                    .any(|n| logarithm && !(0.0..=1.0).contains(&wrote.value(n)))
                {
                    continue;
                }
                sheets += 1;
                let answers: Vec<(Name, String)> =
                    names.iter().map(|n| (*n, wrote.text(*n, digits).to_string())).collect();
                let report = marked_texts(&exact, wants, &answers);
                most += report.max_score();
                score += report.score();
                let mut any = false;
                for line in &report.lines {
                    follows += usize::from(line.verdict == Verdict::Follows);
                    if line.remarks.iter().any(|r| r.code() == "BY-CHANCE") {
                        any = true;
                        lost += 1.0;
                    }
                }
                hit += usize::from(any);
                if any && digits >= 2 && errors <= 3 {
                    println!("--- {text}");
                    let naming = exact.naming();
                    for line in &report.lines {
                        println!(
                            "  {} = {} {:?} ({}) yours {:?} {} {}",
                            naming.plain(line.name),
                            line.written.as_deref().unwrap_or(""),
                            line.verdict,
                            line.expected,
                            line.from_yours,
                            line.remarks.iter().map(|r| r.code()).collect::<Vec<_>>().join(","),
                            line.slips
                                .iter()
                                .map(|f| format!(
                                    "{}{}",
                                    f.slip.code(),
                                    if f.certain { "!" } else { "?" }
                                ))
                                .collect::<Vec<_>>()
                                .join(",")
                        );
                    }
                }
            }
            println!(
                "{digits} of {wants} digits, {errors} errors: {hit} of {sheets} sheets lose {lost} lines (follows {follows}), score {score} of {most}"
            );
        }
    }
}
