//! What a scenario may say of how an exercise is written: its digits, the layout
//! of its weights, the names of its author, and what is asked.

mod common;

use std::convert::Infallible;

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::scenario::{self, Scenario, embedded};
use backprop_tutor::typeset::{Style, TextWriter};
use common::program::{tutor, tutor_on};
use proptest::prelude::*;

/// Catches a page, a sheet or JSON that goes on showing decimals.
#[test]
fn significant_digits_are_shown_and_asked_for_everywhere() {
    let page = tutor(&["run", "xor", "--exact", "--apply", "--significant", "3"]).page();
    for shown in ["0.755", "-0.0168", "0.00232", "0.0299", "0.597"] {
        assert!(page.contains(shown), "{shown} is not on the page:\n{page}");
    }
    assert!(!page.contains("0.7553"), "{page}");
    let by_hand = tutor(&["run", "xor", "--exact", "--by-hand", "--significant", "3"]).page();
    assert!(by_hand.contains("every intermediate is rounded to 3 significant digits"));
    let sheet = tutor(&["sheet", "xor", "--significant", "3"]).page();
    assert!(
        sheet.contains("# Write your numbers behind the equal signs, with 3 significant digits.")
    );
    let key = tutor(&["sheet", "xor", "--filled", "--significant", "3"]).page();
    assert!(key.contains("# The answers, rounded to 3 significant digits."), "{key}");
    assert!(key.contains("dL/dz1_in      = 0.00232"), "{key}");
    let json = tutor(&["run", "xor", "--significant", "3", "--format", "json"]).page();
    assert!(json.contains("\"significant\":3,") && !json.contains("\"digits\""), "{json}");
    let both = tutor(&["run", "xor", "--significant", "3", "--digits", "4"]);
    assert_eq!(both.code, Some(2));
}

/// A 2-3-1 network; `rows` and its weights are given.
fn two_three_one(rows: &str, first: &str, second: &str) -> String {
    format!(
        r#"{{ {rows} "loss": "half_squared_error", "learning_rate": 0.5, "layers": [
        {{ "activation": "tanh", "weights": {first}, "biases": [0.1, 0.2, 0.3] }},
        {{ "activation": "sigmoid", "weights": {second} }}],
        "sample": {{ "x": [0.5, -0.2], "y": 1 }} }}"#
    )
}

/// Catches a layout that is read the wrong way round.
#[test]
fn weights_with_a_row_per_unit_are_the_same_network() {
    let ours = two_three_one("", "[[1, 2, 3], [4, 5, 6]]", "[[7], [8], [9]]");
    let named = two_three_one("\"rows\": \"inputs\",", "[[1, 2, 3], [4, 5, 6]]", "[[7], [8], [9]]");
    let theirs = two_three_one("\"rows\": \"units\",", "[[1, 4], [2, 5], [3, 6]]", "[[7, 8, 9]]");
    let page = |text: &str| tutor_on(text, &["run", "-", "--apply"]).page();
    assert_eq!(page(&ours), page(&theirs));
    assert_eq!(page(&ours), page(&named));
}

/// Every name of ours on the left of an equal sign, as a sheet has it.
fn names_of(sheet: &str) -> Vec<&str> {
    let lines = sheet.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" =")).map(|(name, _)| name.trim()).collect()
}

/// Catches a page, sheet or report that shows our name where the author has one,
/// and JSON that loses ours.
#[test]
fn the_authors_names_stand_in_place_of_ours_everywhere() {
    // General statements keep the letters of the lecture.
    let page = tutor(&["run", "mazur", "--apply", "--all", "--no-theory"]).page();
    for shown in ["net_h1", "∂E_total/∂w5", "w5_new", "target_o1", "∂net_o1/∂w5", "E_total_new"]
    {
        assert!(page.contains(shown), "{shown} is not on the page:\n{page}");
    }
    for ours in ["z1_in", "U11", "∂L/", "W11", "f1_out", "x1"] {
        assert!(!page.contains(ours), "{ours} is on the page:\n{page}");
    }
    let sheet = tutor(&["sheet", "mazur"]).page();
    let asked = names_of(&sheet);
    assert!(asked.contains(&"dE_total/dw5") && asked.contains(&"w1_new"), "{asked:?}");
    assert!(!asked.iter().any(|name| name.contains("U11") || name.contains("dL")), "{asked:?}");
    let steps = tutor(&["run", "mazur", "--step"]).page();
    assert!(steps.contains("net_h1") && !steps.contains("z1_in"), "{steps}");
    let only = tutor(&["run", "mazur", "--only", "w5"]).page();
    assert_eq!(only, tutor(&["run", "mazur", "--only", "U11"]).page());
    let check = tutor(&["check", "mazur"]).page();
    assert!(check.contains("w8") && !check.contains("U22"), "{check}");
    let unknown = tutor(&["run", "mazur", "--only", "net_h3"]).err;
    assert!(unknown.contains("did you mean net_h"), "{unknown}");
    let lesson = tutor(&["run", "mazur", "--format", "json"]).lesson();
    let quantity = lesson.quantity("dL/dU11");
    assert_eq!(quantity.shown.as_deref(), Some("dE_total/dw5"));
    assert_eq!(quantity.uses, ["dL/df1_out", "df1_out/df1_in", "df1_in/dU11"]);
    assert_eq!(lesson.quantity("b1").shown, None);
}

/// Catches a key in either spelling that is not marked as right.
#[test]
fn sheets_are_read_with_the_authors_names_and_with_ours() {
    for name in ["mazur", "han-kamber", "insper-tanh", "pythonandml"] {
        let key = tutor(&["sheet", name, "--filled"]).page();
        let lesson = tutor(&["run", name, "--apply", "--exact", "--format", "json"]).lesson();
        let mut ours = key.clone();
        let mut differing = 0;
        for quantity in &lesson.quantities {
            if let Some(shown) = &quantity.shown {
                let line =
                    key.lines().find(|line| line.split(" =").next().map(str::trim) == Some(shown));
                if let Some(line) = line {
                    let answer = line.split_once('=').unwrap().1;
                    ours = ours.replace(
                        &format!("\n{line}\n"),
                        &format!("\n{} = {answer}\n", quantity.name),
                    );
                    differing += 1;
                }
            }
        }
        assert!(differing > 10, "{name}: {differing} names of the author");
        for sheet in [&key, &ours] {
            let ran = tutor_on(sheet, &["run", name, "--exact", "--apply", "--verify", "-"]);
            assert_eq!(ran.code, Some(0), "{name}: {}{}\n{sheet}", ran.out, ran.err);
        }
    }
}

/// Catches a name of a quantity that reads as another, or as none.
#[test]
fn every_shown_name_of_a_published_exercise_reads_back() {
    for embedded in embedded::all() {
        let scenario = scenario::read(embedded.text.as_bytes(), embedded.name).unwrap();
        let network = &scenario.network;
        if network.weights() > 1000 {
            continue;
        }
        let naming = network.naming();
        let lesson = tutor(&["run", embedded.name, "--format", "json"]).lesson();
        for quantity in &lesson.quantities {
            let name = naming.ours().read(&quantity.name).unwrap();
            let shown = quantity.shown.as_deref().unwrap_or(&quantity.name);
            assert_eq!(naming.plain(name), shown, "{}", embedded.name);
            for text in [shown, &quantity.name, &shown.replace('d', "∂").replace("∂elta", "delta")]
            {
                if text.contains('/') || !text.contains('∂') {
                    assert_eq!(network.find(text), Ok(name), "{}: {text}", embedded.name);
                }
            }
        }
    }
}

fn with(more: &str) -> String {
    two_three_one(more, "[[1, 2, 3], [4, 5, 6]]", "[[7], [8], [9]]")
}

/// Catches a sheet that asks for more or less than the scenario does.
#[test]
fn a_sheet_has_what_is_asked_and_says_what_it_is_worth() {
    let text = with(r#""asks": ["loss", "dL/du*", "*_out", "b1_new", "dL/dx1"],"#);
    let sheet = tutor_on(&text, &["sheet", "-"]).page();
    let asked = [
        "z1_out",
        "z2_out",
        "z3_out",
        "f_out",
        "L",
        "dL/df_out",
        "dL/du1",
        "dL/du2",
        "dL/du3",
        "b1_new",
        "dL/dx1",
    ];
    let mut names: Vec<&str> = names_of(&sheet);
    names.retain(|name| !name.contains('/') || !name.ends_with("_out") || *name == "dL/df_out");
    names.sort_unstable();
    let mut expected = asked.to_vec();
    expected.sort_unstable();
    assert_eq!(names, expected, "{sheet}");
    assert!(!sheet.contains("point"), "{sheet}");
    // The command line asks in place of the scenario.
    let sheet = tutor_on(&text, &["sheet", "-", "--asks", "f_in", "--asks", "LOSS"]).page();
    assert_eq!(names_of(&sheet), ["f_in", "L"]);
}

/// Catches a remark that is not behind every line, or that a sheet with it is not
/// read.
#[test]
fn points_stand_behind_the_lines_of_a_sheet_and_are_remarks() {
    let text = with(r#""asks": ["f_in", "f_out", "loss"], "points": { "f_*": 2, "f_in": 0.5 },"#);
    let sheet = tutor_on(&text, &["sheet", "-", "--filled"]).page();
    assert!(
        sheet.contains("f_in  = 5.0308   # 0.5 points\nf_out = 0.9935   # 2 points\n"),
        "{sheet}"
    );
    assert!(sheet.contains("# 1 point\n"), "{sheet}");
    let more = ["sheet", "-", "--points", "forward=3", "--points", "f_in = 4"];
    let sheet = tutor_on(&text, &more).page();
    assert!(sheet.contains("f_in  =    # 4 points\nf_out =    # 2 points\n"), "{sheet}");
    let path = std::env::temp_dir().join("backprop-tutor-points.json");
    std::fs::write(&path, &text).unwrap();
    let key = tutor_on(&text, &["sheet", "-", "--filled"]).page();
    let ran = tutor_on(&key, &["run", path.to_str().unwrap(), "--verify", "-", "--format", "json"]);
    std::fs::remove_file(path).unwrap();
    assert!(
        ran.out.contains("\"name\":\"f_out\",\"written\":\"0.9935\",\"verdict\":\"right\""),
        "{}",
        ran.out
    );
}

/// Catches a mistake on the command line that is not told with what to do.
#[test]
fn what_cannot_be_asked_is_told() {
    for (args, told) in [
        (
            &["--asks", "forwrd"][..],
            "--asks forwrd: `forwrd` is neither a section nor a quantity\n  help: did you mean `forward`?",
        ),
        (&["--asks", "z9_in"], "did you mean `z1_in`?"),
        (&["--asks", "dL/dq*"], "no quantity has a name like `dL/dq*`"),
        (&["--asks", "W11"], "`W11` is given, not asked"),
        (&["--asks", "update", "--no-apply"], "nothing that is asked is in this sheet"),
        (&["--points", "loss"], "there is no ="),
        (&["--points", "loss=two"], "behind the = stands no number"),
        (&["--points", "loss=inf"], "behind the = stands no number"),
        (&["--points", "loss=-1"], "cannot be worth less than nothing"),
        (&["--points", "lost=1"], "did you mean `loss`?"),
    ] {
        let ran = tutor(&[&["sheet", "xor"], args].concat());
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert!(ran.err.contains(told), "{args:?}: {}", ran.err);
    }
    let ran = tutor(&["run", "xor", "--asks", "loss"]);
    assert!(ran.code == Some(2) && ran.err.contains("add --verify"), "{}", ran.err);
    let ran = tutor_on("L = 1", &["run", "xor", "--asks", "lost", "--verify", "-"]);
    assert!(ran.code == Some(2) && ran.err.contains("did you mean `loss`?"), "{}", ran.err);
}

/// Catches a training that forgets how the exercise is written.
#[test]
fn a_trained_scenario_keeps_names_and_digits() {
    let path = std::env::temp_dir().join("backprop-tutor-trained.json");
    let text = with(
        r#""significant": 3, "names": { "err": "L", "v1": "u1" },
            "asks": ["loss", "derr/dv1"], "points": { "derr/d*": 0.5 },"#,
    );
    let path_text = path.to_str().unwrap();
    tutor_on(&text, &["train", "-", "--epochs", "3", "--save", path_text]).page();
    let saved = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(saved.contains("\"names\": { \"v1\": \"u1\", \"err\": \"L\" },"), "{saved}");
    assert!(saved.contains("\"significant\": 3,"), "{saved}");
    assert!(saved.contains("\"asks\": [\"loss\",\"dL/du1\"],"), "{saved}");
    assert!(saved.contains("\"points\": { \"derr/d*\": 0.5 },"), "{saved}");
    let page = tutor_on(&saved, &["run", "-", "--no-theory"]).page();
    assert!(page.contains("∂err/∂v1") && !page.contains("∂L"), "{page}");
}

/// Every quantity of an exercise reads back from each way of writing it.
fn all_read_back(scenario: &Scenario) -> Result<(), TestCaseError> {
    let exercise = scenario.exercise(0);
    let settings = Settings { apply: true, ..Settings::default() };
    let lesson = Lesson::new(exercise, settings).expect("small numbers stay in range");
    let naming = lesson.naming();
    let mut names = Vec::new();
    let Ok(()) = lesson.for_each(|_, name| {
        names.push(name);
        Ok::<(), Infallible>(())
    });
    for name in names {
        let mut texts = vec![naming.plain(name), naming.ours().plain(name)];
        texts.extend(
            [Style::Unicode, Style::Ascii].map(|style| TextWriter { naming, style }.name(name)),
        );
        for text in texts {
            prop_assert_eq!(naming.read(&text), Some(name), "{}", text);
            prop_assert_eq!(scenario.network.find(&text), Ok(name), "{}", text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..Default::default() })]

    /// Catches two quantities that are shown by one name.
    #[test]
    fn whatever_names_are_given_each_quantity_reads_back_or_the_file_is_refused(
        own in prop::collection::vec("[wzLdu1f][1_dL(),wxenlta]{0,4}", 1..8),
        of in prop::collection::vec(prop::sample::select(vec![
            "W11", "W12", "u1", "u3", "b2", "x1", "y", "L", "alpha", "z1_in", "z1_out", "z2_in",
            "f_in", "f_out", "dL/dz1_in", "dL/df_in", "dL/du1", "f_out_new",
        ]), 8),
        is_wide: bool,
    ) {
        let entries: Vec<String> =
            own.iter().zip(&of).map(|(own, of)| format!("\"{own}\": \"{of}\"")).collect();
        let names = format!("\"names\": {{ {} }},", entries.join(", "));
        let text = if is_wide {
            let mazur = embedded::named("mazur").unwrap().text;
            let (before, rest) = mazur.split_once("\"names\"").unwrap();
            let (_, after) = rest.split_once("},").unwrap();
            format!("{before}{names}{after}")
        } else {
            with(&names)
        };
        if let Ok(scenario) = scenario::read(text.as_bytes(), "file") {
            all_read_back(&scenario)?;
        }
    }
}

/// Catches a key of the program that its own marking takes for rounded wrongly.
#[test]
fn a_key_with_significant_digits_is_all_right() {
    for entry in embedded::all().iter().filter(|entry| entry.data.is_none()) {
        let exercise = scenario::read(entry.text.as_bytes(), entry.name).unwrap();
        let apply: &[&str] = if exercise.learning_rate.is_some() { &["--apply"] } else { &[] };
        for digits in ["2", "3", "7", "15"] {
            let with = ["--significant", digits];
            let key = tutor(&[&["sheet", entry.name, "--filled"], &with[..]].concat()).page();
            let run = [&["run", entry.name, "--exact", "--verify", "-"], &with[..], apply].concat();
            let ran = tutor_on(&key, &run);
            assert_eq!(ran.code, Some(0), "{} {digits}: {}{}", entry.name, ran.out, ran.err);
        }
    }
}
