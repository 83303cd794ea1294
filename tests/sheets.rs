//! Answer sheets: a gallery of files, one snapshot each of what is read or of
//! the message; printed sheets read back; and anything else is answered.
//! Adding a case is adding a file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write;
use std::process::Command;

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, Symbol};
use backprop_tutor::network::Network;
use backprop_tutor::num::{Agreement, Stands, Written};
use backprop_tutor::scenario::{self, Scenario, embedded};
use backprop_tutor::text::harmless;
use backprop_tutor::verify::{
    self, Answer, AnswerReading, NumberProblem, Sheet, SheetReader, Unread, read, slips,
};
use proptest::prelude::*;

fn named(name: &str) -> Scenario {
    scenario::load(name).unwrap_or_else(|error| panic!("{error}"))
}

/// What a sheet for the XOR net says, or what is wrong with it.
fn shown(bytes: &[u8], label: &str, network: &Network) -> String {
    match read(bytes, label, network) {
        Err(faults) => faults.to_string(),
        Ok(sheet) => listed(&sheet, network),
    }
}

fn listed(sheet: &Sheet, network: &Network) -> String {
    let mut text = format!("student: {:?}\n", sheet.student);
    for Answer { name, reading, line, column, .. } in &sheet.answers {
        let name = network.naming().plain(*name);
        let _ = write!(text, "{line}:{column} {name} = `{}`: ", reading.text());
        let _ = match reading {
            AnswerReading::Number(number) => {
                let how = match number.stands {
                    Stands::Alone => "",
                    Stands::BehindWorking => ", with its working",
                    Stands::Uncomputed => ", computed",
                };
                writeln!(text, "{:?} to {} decimals{how}", number.value, number.decimals)
            }
            AnswerReading::Unreadable(unreadable) => {
                writeln!(text, "unreadable, {}", unreadable.problem)
            }
        };
    }
    for Unread { line, column, text: written, reason } in &sheet.unread {
        let _ = writeln!(text, "{line}:{column} `{written}`: {}, {reason}", reason.code());
    }
    let mut help: Vec<_> = sheet.help.iter().collect();
    help.sort_by_key(|(name, _)| **name);
    for (name, help) in help {
        let _ = writeln!(text, "{}: {help:?}", network.naming().plain(*name));
    }
    text
}

#[test]
fn the_gallery_is_read_and_answered_as_it_was() {
    let network = named("xor").network;
    insta::glob!("sheets/*.{json,txt,md,csv,tsv,tex}", |path| {
        let label = path.file_name().unwrap().to_str().unwrap();
        let text = shown(&std::fs::read(path).unwrap(), label, &network);
        for line in text.lines() {
            assert_eq!(line, harmless(line), "{label}");
        }
        // The snapshot stands beside the file, under the same name.
        let mut settings = insta::Settings::clone_current();
        settings.remove_snapshot_suffix();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_input_file();
        settings.set_snapshot_path("sheets");
        settings.bind(|| insta::assert_snapshot!(label, text));
    });
}

#[test]
fn every_snapshot_of_the_gallery_has_its_file() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sheets");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "snap") {
            assert!(path.with_extension("").exists(), "{} is left over", path.display());
        }
    }
}

fn printed(arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"));
    let output = program.arg("sheet").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

fn lesson(scenario: &Scenario, sample: usize) -> Lesson<'_> {
    let exercise = scenario.exercise(sample);
    let settings = Settings { apply: scenario.learning_rate.is_some(), ..Settings::default() };
    Lesson::new(exercise, settings).unwrap()
}

#[test]
fn printed_sheets_read_back() {
    // The sheet of a network with thousands of weights is nobody's exercise.
    for entry in embedded::all().iter().filter(|entry| entry.data.is_none()) {
        let scenario = named(entry.name);
        for format in ["text", "json"] {
            let arguments = [entry.name, "--format", format];
            let sheet = read(printed(&arguments).as_bytes(), "blank", &scenario.network);
            let blank = sheet.unwrap_or_else(|faults| panic!("{}: {faults}", entry.name));
            assert_eq!(blank, Sheet::default(), "{}", entry.name);
        }
        let sample = scenario.samples.len();
        let lesson = lesson(&scenario, sample - 1);
        let mut asked = Vec::new();
        let Ok(()) = verify::for_each_asked(&lesson, |_, name| {
            asked.push(name);
            Ok::<(), std::convert::Infallible>(())
        });
        for (format, digits) in [("text", "4"), ("json", "4"), ("text", "0"), ("json", "15")] {
            let sample = sample.to_string();
            let text = printed(&[
                entry.name, "--filled", "--sample", &sample, "--format", format, "--digits", digits,
            ]);
            let filled = read(text.as_bytes(), "filled", &scenario.network);
            let filled = filled.unwrap_or_else(|faults| panic!("{}: {faults}", entry.name));
            let names: Vec<_> = filled.answers.iter().map(|answer| answer.name).collect();
            assert_eq!(names, asked, "{} as {format}", entry.name);
            for answer in &filled.answers {
                let name = scenario.network.naming().plain(answer.name);
                let AnswerReading::Number(number) = &answer.reading else { panic!("{answer:?}") };
                let agreement = number.agreement(lesson.value(answer.name));
                assert_eq!(agreement, Agreement::Rounded, "{}: {name}", entry.name);
            }
        }
    }
}

#[test]
fn a_sheet_asks_for_what_is_computed_and_for_nothing_else() {
    let all = printed(&["xor", "--filled"]);
    for line in ["z1_in ", "L ", "dL/df_out ", "df_in/dc ", "dL/dW11 ", "u2_new ", "L_new "] {
        assert!(all.contains(&format!("\n{line}")), "{line}");
    }
    for line in ["x1", "y", "W11 ", "alpha", "dL/dx1", "dz1_in/dx1"] {
        assert!(!all.contains(&format!("\n{line}")), "{line}");
    }
    // The truth, not the lecture's 1.1122 that the scenario carries on.
    assert!(all.contains("= 1.1270\n"), "{all}");
    assert!(!printed(&["xor", "--no-apply"]).contains("_new"));
    let one = printed(&["xor", "--only", "z1_in", "--only", "W11", "--format", "json"]);
    assert!(one.contains("\"dL/dW11\": null") && !one.contains("z2_in"), "{one}");
}

#[test]
fn what_a_sheet_cannot_ask_for_is_an_error() {
    for (arguments, message) in [
        (&["xor", "--only", "x1"][..], "error: --only x1: this sheet does not ask for it\n"),
        (&["xor", "--sample", "2"], "error: --sample 2: xor has 1 sample\n"),
        (&["tanh-bce", "--only", "dL/dW1"], "error: --only dL/dW1: "),
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"));
        let output = program.arg("sheet").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.starts_with(message), "{error}");
    }
}

/// A network of 12 inputs and 12 hidden units, whose names have commas.
fn wide() -> Network {
    let row = |length: usize| format!("[{}]", vec!["0.1"; length].join(","));
    let text = format!(
        r#"{{ "loss": "output", "learning_rate": 1, "layers": [
            {{ "activation": "tanh", "weights": [{}] }},
            {{ "activation": "identity", "weights": [{}] }}], "sample": {{ "x": {} }} }}"#,
        vec![row(12); 12].join(","),
        ["[1]"; 12].join(","),
        row(12)
    );
    scenario::read(text.as_bytes(), "wide").unwrap().network
}

#[test]
fn commas_in_names_numbers_and_between_them_are_told_apart() {
    let network = wide();
    for text in [
        "dL/dW10,3 = 0,5, W10,3_new = 1,25, dz3_in/dW10,3 = 2",
        "dL/dW10,3 = 0,5; W10,3_new = 1,25; dz3_in/dW10,3 = 2",
        "dL/dW10,3=0,5 W10,3_new=1,25 dz3_in/dW10,3=2",
        "dL/dW10,3=0.5,W10,3_new=1.25,dz3_in/dW10,3=2,",
        "∂L / ∂W₁₀,₃ = 0.5 W10,3 new = 1.25 d z3_in / d W10,3 = 2",
    ] {
        let sheet = read(text.as_bytes(), "file", &network).unwrap_or_else(|f| panic!("{f}"));
        let answers: Vec<_> = sheet
            .answers
            .iter()
            .map(|answer| match &answer.reading {
                AnswerReading::Number(number) => {
                    (network.naming().plain(answer.name), number.value)
                }
                AnswerReading::Unreadable(_) => panic!("{text}: {answer:?}"),
            })
            .collect();
        let expected = [("dL/dW10,3", 0.5), ("W10,3_new", 1.25), ("dz3_in/dW10,3", 2.0)];
        assert_eq!(answers, expected.map(|(name, value)| (name.to_owned(), value)), "{text}");
    }
}

#[test]
fn files_are_read_and_refused() {
    let network = named("xor").network;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sheets");
    assert_eq!(verify::load(&format!("{folder}/plain.json"), &network).unwrap().answers.len(), 6);
    let message = |path: &str| verify::load(path, &network).unwrap_err().to_string();
    assert_eq!(
        message(folder),
        format!("`{folder}` is a folder; give the path of an answer sheet file in it")
    );
    assert_eq!(message("no\u{7}ne.txt"), "there is no file `no\\u{7}ne.txt`");
    assert!(message(&format!("{folder}/not-closed.json")).contains("not-closed.json:1:18: "));
}

#[test]
fn large_sheets_take_no_longer_than_reading_them() {
    let network = named("xor").network;
    let million = 1_000_000;
    let started = std::time::Instant::now();
    for text in [
        "z1_in = -0.53, ".repeat(million),
        "z1_in = -0.53 ".repeat(million),
        "banana = 0,53; ".repeat(million),
        "z1_in = 1 = ".repeat(million),
        format!("z1_in = {}", "1".repeat(4 * million)),
        format!("z1_in = {}", " 1 x 10^".repeat(million)),
        format!("z1_in = {} = 3", ", a".repeat(million)),
        "=".repeat(4 * million),
        "a\n".repeat(million),
        "[".repeat(million),
        "{\"a\":".repeat(million),
        format!("{{\"z1_in\": {}1{}}}", "[".repeat(million), "]".repeat(million)),
        format!("{{{}\"z1_in\": 1}}", "\"z1_in\": 1, ".repeat(million)),
        format!("{{\"student\": \"{}\"}}", "\\u001b".repeat(million)),
        "banana = 0.5\n".repeat(million),
        "z1_in;-0.53\n".repeat(million),
        "| z1_in | -0.53 ".repeat(million),
        "\\frac{1}{".repeat(million),
        format!("z1_in = {}", "(".repeat(4 * million)),
        format!("z1_in = {}", "1+".repeat(4 * million)),
        format!("z1_in = 1{}", " (a".repeat(million)),
        format!("z1_in = {}", "10 ".repeat(million)),
        "{\"z1_in\": NaN, ".repeat(million),
        "name,".repeat(million),
        "\"".repeat(million),
    ] {
        match read(text.as_bytes(), "file", &network) {
            Ok(sheet) => {
                assert!(sheet.answers.iter().all(|answer| answer.reading.text().len() < 300));
                assert!(sheet.unread.len() <= 1001);
            }
            Err(faults) => assert!(faults.to_string().len() < 20_000),
        }
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn of_a_chain_of_equal_signs_the_last_number_counts() {
    let network = named("xor").network;
    for (text, name, value) in [
        ("dL/du1 = dL/df_out · df_out/df_in · df_in/du1 = -0.0168", "dL/du1", -0.0168),
        ("dL/du1 = dL/df_out * df_out/df_in = -0.2447 * 0.1848 = -0.0168", "dL/du1", -0.0168),
        ("z1_in = x1 W11 + x2 W21 + b1 = -0.53", "z1_in", -0.53),
        ("L = 0.5 (y - f_out)^2 = 0.03", "L", 0.03),
        ("f_out = σ(f_in) = 0.7553", "f_out", 0.7553),
    ] {
        let sheet = read(text.as_bytes(), "file", &network).unwrap_or_else(|f| panic!("{f}"));
        let [answer] = &sheet.answers[..] else { panic!("{text}: {sheet:?}") };
        assert_eq!(network.naming().plain(answer.name), name, "{text}");
        let AnswerReading::Number(number) = &answer.reading else { panic!("{text}: {sheet:?}") };
        assert_eq!((number.value, number.stands), (value, Stands::BehindWorking), "{text}");
    }
}

/// A printed sheet in other forms.
fn other_forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let answers = text.lines().filter(|line| !line.starts_with('#'));
    let lines = answers.filter_map(|line| line.split_once(" = "));
    let each = |write: &dyn Fn(&str, &str) -> String| -> Vec<u8> {
        lines
            .clone()
            .map(|(name, value)| write(name.trim(), value) + "\n")
            .collect::<String>()
            .into()
    };
    let units = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("a list", each(&|name, value| format!("- **{name}** = {value}"))),
        ("a table of Markdown", each(&|name, value| format!("| {name} | {value} |"))),
        ("semicolons", each(&|name, value| format!("{name};{}", value.replace('.', ",")))),
        ("tabs", each(&|name, value| format!("{name}\t{value}"))),
        ("quoted commas", each(&|name, value| format!("\"{name}\",\"{value}\""))),
        ("commas", each(&|name, value| format!("{name},{value}"))),
        ("LaTeX", each(&|name, value| format!("${name} &= {value}$ \\\\"))),
        ("working", each(&|name, value| format!("{name} = 0.5·0.06 = {value}"))),
        ("lines without blanks", each(&|name, value| format!("{name}={value}"))),
        ("UTF-16", units),
    ]
}

#[test]
fn a_printed_sheet_reads_back_from_every_form() {
    for entry in embedded::all().iter().filter(|entry| entry.data.is_none()) {
        let network = named(entry.name).network;
        let reader = SheetReader::new(&network);
        let text = printed(&[entry.name, "--filled"]);
        let numbers = |sheet: &Sheet, form: &str| -> Vec<_> {
            assert_eq!(sheet.unread, [], "{} as {form}", entry.name);
            let number = |answer: &Answer| match &answer.reading {
                AnswerReading::Number(number) => (answer.name, number.value, number.decimals),
                AnswerReading::Unreadable(_) => panic!("{} as {form}: {answer:?}", entry.name),
            };
            sheet.answers.iter().map(number).collect()
        };
        let plain = reader.read(text.as_bytes(), "plain").unwrap();
        assert_eq!(plain, read(text.as_bytes(), "plain", &network).unwrap(), "{}", entry.name);
        let expected = numbers(&plain, "text");
        for (form, bytes) in other_forms(&text) {
            let sheet = reader.read(&bytes, form).unwrap();
            assert_eq!(numbers(&sheet, form), expected, "{} as {form}", entry.name);
        }
    }
}

#[test]
fn readers_are_shared_by_threads() {
    fn shared(_: &(impl Send + Sync)) {}
    shared(&SheetReader::new(&named("xor").network));
}

fn good_sheets() -> [&'static str; 4] {
    [
        include_str!("sheets/plain.txt"),
        include_str!("sheets/several-on-a-line.txt"),
        include_str!("sheets/decimal-commas.txt"),
        include_str!("sheets/plain.json"),
    ]
}

/// All that is kept of a sheet is harmless, names its place, and is short.
fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let network = named("xor").network;
    match read(bytes, "file", &network) {
        Ok(sheet) => {
            let lines = bytes.iter().filter(|&&byte| byte == b'\n').count() + 1;
            // UTF-16 has line ends of its own.
            let decoded = bytes.contains(&0);
            for unread in &sheet.unread {
                prop_assert!(unread.text == harmless(&unread.text));
                let reason = unread.reason.to_string();
                prop_assert!(reason == harmless(&reason));
            }
            let mut names = std::collections::HashSet::new();
            for answer in &sheet.answers {
                prop_assert!(names.insert(answer.name));
                prop_assert!(answer.line >= 1 && (decoded || answer.line as usize <= lines));
                prop_assert!(answer.reading.text() == harmless(&answer.reading.text()));
                if let AnswerReading::Number(number) = &answer.reading {
                    prop_assert!(number.value.is_finite() && number.half_unit() >= 0.0);
                    prop_assert_eq!(number.agreement(number.value), Agreement::Rounded);
                    prop_assert!(number.text() == harmless(&number.text()));
                }
            }
        }
        Err(faults) => {
            let message = faults.to_string();
            prop_assert!(faults.count() > 0 && message.contains('^'));
            for line in message.lines() {
                prop_assert_eq!(line, harmless(line));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_read_or_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes)?;
    }

    #[test]
    fn any_text_is_read_or_answered(text in "\\PC{0,80}") {
        check(text.as_bytes())?;
    }

    #[test]
    fn texts_of_names_signs_and_numbers_are_read_or_answered(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "z1_in", "δ1", "dL/dW11", "x1", "student", "banana", "=", "=", "=", ":", "≈", ",", ";", " ",
                " ", "\n", "#", "0.5", "-0,53", "1,234", "3/8", "·10^-3", "10⁻³", "x", "e", "(", ")", "\u{1b}",
            ]),
            0..40,
        ),
    ) {
        check(words.concat().as_bytes())?;
    }

    #[test]
    fn damaged_sheets_are_read_or_answered(
        which in 0..4_usize,
        edits in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..4_usize, "[\\[\\]{}\",:;=#.0-9a-z\u{1b}é −]{0,3}"),
            1..6,
        ),
    ) {
        let mut text = good_sheets()[which].to_owned();
        for (index, cut, new) in edits {
            let at = index.index(text.len());
            let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let end = (at + cut).min(text.len());
            let end = (end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap();
            text.replace_range(at..end, &new);
        }
        check(text.as_bytes())?;
    }

    #[test]
    fn a_number_means_the_same_however_it_is_written(
        whole in 0..10_000_u32, decimals in 0..7_usize, digits in 0..10_000_000_u32, negative: bool,
    ) {
        let fraction = format!("{digits:07}")[..decimals].to_owned();
        let plain = if decimals == 0 { whole.to_string() } else { format!("{whole}.{fraction}") };
        let minus = if negative { "-" } else { "" };
        let expected: f64 = format!("{minus}{plain}").parse().unwrap();
        let unclear = decimals == 3 && (1..1000).contains(&whole);
        for text in [
            format!("{minus}{plain}"),
            format!(" ≈ {}{plain} ", minus.replace('-', "−")),
            format!("{minus}{plain}e0"),
            format!("{minus}{plain}·10^0"),
            format!("{minus}{}", plain.replace('.', ",")),
        ] {
            match verify::written::read(&text) {
                Ok(written) => {
                    prop_assert_eq!(written.value, expected);
                    prop_assert_eq!(written.decimals, decimals as i32);
                }
                Err(problem) => {
                    prop_assert!(unclear && text.contains(',') && problem == NumberProblem::UnclearComma);
                }
            }
        }
    }

    #[test]
    fn every_written_form_goes_through_the_slips_of_the_pen(
        minus in prop::sample::select(vec!["", "-", "−", "- ", "+"]),
        whole in "[0-9]{0,6}",
        fraction in prop::option::of("[.,][0-9]{0,6}"),
        power in prop::sample::select(vec![
            "", "e-3", "E+7", "·10^-3", "× 10⁻³", " x 10^{12}", "*10**-300", "·10^(−3)", "/8", " / 1000",
        ]),
        around in prop::sample::select(vec![
            "{}", " ({}) ", "{} ✓", "{} (easy)", "≈ {}", "ca. {}", "{} %", "{}...", "0.5·3 = {}", "{}+0.5", "**{}**",
        ]),
    ) {
        let number = format!("{minus}{whole}{}{power}", fraction.unwrap_or_default());
        let text = around.replace("{}", &number);
        if let Ok(written) = verify::written::read(&text) {
            let canonical = Written::read(&written.canonical());
            prop_assert_eq!(canonical.map(|canonical| canonical.value), Some(written.value), "{}", text);
            for (_, meant) in slips::meant(&written) {
                prop_assert!(meant.value.is_finite() && meant.value != written.value);
            }
            prop_assert!(slips::miswritten(&slips::meant(&written), &|_| false).is_none());
            let operand = Name::Value(Symbol::Rate);
            let misread = slips::miscopied(&operand.into(), &|_| written.text());
            prop_assert!(misread.iter().all(|detail| detail.value != written.value));
        }
    }
}
