//! Question banks, read back by readers that know nothing of the writer.

use super::common::program::{tutor, tutor_on};

/// An alternative of a cloze item: fraction, number, tolerance, feedback.
type Alternative = (f64, f64, f64, String);

/// The number that Moodle's own expression accepts.
fn number(text: &str) -> f64 {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = plain.split_once(['e', 'E']).unwrap_or((plain, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    assert!(digits(whole) && digits(decimals), "{text}");
    assert!(digits(exponent.trim_start_matches(['-', '+'])), "{text}");
    text.parse().expect("a number")
}

/// The items of a cloze text: what they are worth, and their alternatives. A
/// backslash takes away what the next sign does.
fn items(text: &str) -> Vec<(u32, Vec<Alternative>)> {
    let mut items = Vec::new();
    let mut rest = text;
    while let Some((_, item)) = rest.split_once('{') {
        let (mark, item) = item.split_once(":NUMERICAL:").expect("an item");
        let mut alternatives = vec![String::new()];
        let mut chars = item.char_indices();
        let end = loop {
            let (at, c) = chars.next().expect("the item ends");
            match c {
                '\\' => {
                    let (_, next) = chars.next().expect("a sign");
                    alternatives.last_mut().expect("one").push(next);
                }
                '}' => break at,
                '~' => alternatives.push(String::new()),
                c => alternatives.last_mut().expect("one").push(c),
            }
        };
        rest = &item[end + 1..];
        let alternative = |text: &String| {
            let (fraction, text) = match text.strip_prefix('=') {
                Some(text) => (100.0, text),
                None => {
                    let (fraction, text) = text[1..].split_once('%').expect("a fraction");
                    (number(fraction), text)
                }
            };
            let (numbers, feedback) = text.split_once('#').unwrap_or((text, ""));
            let (value, tolerance) = numbers.split_once(':').expect("a tolerance");
            (fraction, number(value), number(tolerance), feedback.to_owned())
        };
        items.push((mark.parse().expect("a mark"), alternatives.iter().map(alternative).collect()));
    }
    items
}

/// The texts of the cloze questions of a bank, and their names.
fn questions(bank: &str) -> Vec<(String, String)> {
    let document = roxmltree::Document::parse(bank).expect("XML");
    let of = |node: roxmltree::Node<'_, '_>, name: &str| {
        let found = node.children().find(|child| child.has_tag_name(name)).expect("it is there");
        found.descendants().filter_map(|inner| inner.text()).next_back().unwrap_or("").to_owned()
    };
    document
        .root_element()
        .children()
        .filter(|node| node.attribute("type") == Some("cloze"))
        .map(|node| (of(node, "name"), of(node, "questiontext")))
        .collect()
}

#[test]
fn moodle_takes_honest_numbers_and_knows_slips() {
    let bank = tutor(&["export-questions", "xor", "--format", "moodle-cloze"]).page();
    let questions = questions(&bank);
    let [(name, text)] = &questions[..] else { panic!("{questions:?}") };
    assert_eq!(name, "XOR: one forward and one backward pass");
    let items = items(text);
    assert_eq!(items.len(), 37);
    assert!(items.iter().all(|(mark, alternatives)| *mark == 1 && alternatives[0].0 == 100.0));
    let fraction = |item: usize, number: f64| {
        let (_, alternatives) = &items[item];
        let fits = |(_, value, tolerance, _): &&Alternative| (number - value).abs() <= *tolerance;
        alternatives
            .iter()
            .find(fits)
            .map(|(fraction, _, _, feedback)| (*fraction, feedback.clone()))
    };
    // dL/df_out is -0.2447; with numbers rounded on the way the same.
    assert_eq!(fraction(7, -0.2447), Some((100.0, "Right.".to_owned())));
    let (fraction, feedback) = fraction(7, 0.2447).expect("it is known");
    assert_eq!(fraction, 0.0);
    assert!(feedback.contains("minus sign"), "{feedback}");
    // Whatever a person comes to who rounds on the way, at four digits, is right.
    for (answers, rounds) in [("exact", false), ("by hand", true)] {
        let key = super::sheets::answers("xor", rounds);
        let labels: Vec<&str> = text
            .split("<tr><td>")
            .skip(1)
            .map(|row| row.split("</td>").next().expect("a cell"))
            .collect();
        for (label, (_, alternatives)) in labels.iter().zip(&items) {
            let plain = label.replace('∂', "d");
            let (_, answer) =
                key.iter().find(|(name, _)| *name == plain).unwrap_or_else(|| panic!("{label}"));
            let (_, value, tolerance, _) = alternatives[0];
            let off = (answer.parse::<f64>().expect("a number") - value).abs();
            assert!(
                off <= tolerance,
                "{answers}: {label} = {answer} is {off} from {value}, more than {tolerance}"
            );
        }
    }
}

#[test]
fn a_title_is_shown_and_not_run() {
    let scenario = std::fs::read_to_string("scenarios/neuron.json").expect("it is there");
    let evil = r##"]]></text></quiz> {1:NUMERICAL:=1} `r system('x')` ##ANSWER1## <script> ~ # }"##;
    let scenario = scenario.replacen(
        "One sigmoid neuron, differentiated by hand",
        &evil.replace('"', "\\\""),
        1,
    );
    let bank = tutor_on(&scenario, &["export-questions", "-", "--format", "moodle-cloze"]).page();
    let questions = questions(&bank);
    assert_eq!(questions[0].0, evil);
    let plain = tutor(&["export-questions", "neuron", "--format", "moodle-cloze"]).page();
    assert_eq!(items(&questions[0].1).len(), items(&self::questions(&plain)[0].1).len());
    let rmd = tutor_on(&scenario, &["export-questions", "-", "--format", "r-exams"]).page();
    assert!(!rmd.contains("`r ") && rmd.matches("##ANSWER1##").count() == 1, "{rmd}");
}

/// What the meta-information of an R/exams file says.
fn meta<'r>(rmd: &'r str, key: &str) -> Vec<&'r str> {
    let line = rmd.lines().find_map(|line| line.strip_prefix(key)).expect("it is there");
    line.trim_start_matches(": ").split('|').collect()
}

#[test]
fn r_exams_has_a_file_for_each_exercise() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a path");
    let args = [
        "export-questions",
        "xor",
        "--format",
        "r-exams",
        "--count",
        "3",
        "--seed",
        "4",
        "--output",
        path,
    ];
    tutor(&args).page();
    for number in 1..=3 {
        let file = folder.path().join(format!("backprop-xor-4-{number}.Rmd"));
        let rmd = std::fs::read_to_string(file).expect("it is there");
        let (solutions, tolerances) = (meta(&rmd, "exsolution"), meta(&rmd, "extol"));
        let answers = (1..).take_while(|at| rmd.contains(&format!("##ANSWER{at}##"))).count();
        assert!(answers > 30);
        assert_eq!(
            (solutions.len(), tolerances.len(), meta(&rmd, "exclozetype").len()),
            (answers, answers, answers)
        );
        for (solution, tolerance) in solutions.iter().zip(tolerances) {
            assert!(
                number_of(solution).is_finite() && number_of(tolerance) < 0.01,
                "{solution} {tolerance}"
            );
        }
    }
}

fn number_of(text: &str) -> f64 {
    number(text)
}

#[test]
fn variants_are_new_exercises_and_the_same_for_the_same_seed() {
    let args =
        ["export-questions", "neuron", "--format", "moodle-cloze", "--count", "3", "--seed", "9"];
    let bank = tutor(&args).page();
    assert_eq!(bank, tutor(&args).page());
    let texts = questions(&bank);
    assert_eq!(texts.len(), 3);
    assert!(texts[0].1 != texts[1].1 && texts[1].1 != texts[2].1);
}
