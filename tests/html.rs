//! Pages for browsers: well-formed, complete, small, and nothing that a scenario
//! says can act in them. What a browser makes of them is tested in `tests/browser`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use roxmltree::{Document, Node, ParsingOptions};
use sha2::{Digest, Sha256};

/// The numbers that the lecture prints, each once.
const LECTURE: [&str; 26] = [
    "-0.53", "0.3705", "1.04", "0.7389", "1.1122", "0.7525", "0.0306", "-0.2475", "0.1862",
    "0.3705", "-0.0171", "-0.2115", "-0.22", "0.2332", "1", "0.0024", "-0.0712", "0.9426", "0.22",
    "0.46", "-0.4612", "0.1026", "0.5970", "0.8030", "0.7615", "0.0284",
];

fn program(args: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_backprop-tutor")).args(args).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.is_empty(), "{args:?}: {errors}");
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

fn page(args: &[&str]) -> String {
    program(&[args, &["--format", "html"]].concat()).0
}

/// The page with its scripts, which are no XML, taken out.
fn markup(page: &str) -> String {
    let mut markup = page.strip_prefix("<!DOCTYPE html>\n").unwrap().to_owned();
    while let Some(start) = markup.find("<script>") {
        let end = start + markup[start..].find("</script>").unwrap();
        markup.replace_range(start..end + "</script>".len(), "");
    }
    markup
}

/// Reads a page as XML, and checks what holds for every page.
fn check(page: &str) {
    let markup = markup(page);
    let document = Document::parse_with_options(&markup, ParsingOptions::default()).unwrap();
    let mut ids = BTreeSet::new();
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        assert!(!["script", "iframe", "object", "img", "link", "base"].contains(&name), "{name}");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(!key.starts_with("on") && key != "src" && key != "style", "{key}");
            assert!(key != "href", "{value}");
            if key == "id" {
                assert!(ids.insert(value.to_owned()), "{value} twice");
            }
        }
        let label = |key: &str| node.attribute(key).is_some_and(|text| !text.is_empty());
        match name {
            "math" => assert!(label("alttext"), "a formula that says nothing"),
            "svg" => assert!(label("aria-label") || label("aria-labelledby"), "a silent figure"),
            "msub" | "msup" | "mfrac" => assert_eq!(elements(node), 2, "{name}"),
            "msubsup" => assert_eq!(elements(node), 3, "{name}"),
            _ => {}
        }
    }
    let fetched = markup.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    assert!(!fetched.contains("url(") && !fetched.contains("@import"));
    allowed(page);
}

fn elements(node: Node<'_, '_>) -> usize {
    node.children().filter(Node::is_element).count()
}

/// The policy allows the style and the script of the page, and nothing else.
fn allowed(page: &str) {
    let policy = between(page, "Content-Security-Policy\" content=\"", "\"/>").unwrap();
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    let style = between(page, "<style>", "</style>").unwrap();
    assert!(policy.contains(&format!("style-src 'sha256-{}'", hash(style))), "{policy}");
    match between(page, "<script>", "</script>") {
        Some(script) => {
            assert!(policy.contains(&format!("script-src 'sha256-{}'", hash(script))), "{policy}");
        }
        None => assert!(policy.contains("script-src 'none'"), "{policy}"),
    }
    for word in ["fetch(", "XMLHttpRequest", "innerHTML", "eval("] {
        assert!(!page.contains(word), "{word}");
    }
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let rest = &text[text.find(open)? + open.len()..];
    Some(&rest[..rest.find(close)?])
}

/// What a reader sees, with the minus that is typed.
fn words(page: &str) -> String {
    let markup = markup(page);
    let document = Document::parse(&markup).unwrap();
    let texts = document.descendants().filter(|node| {
        node.is_text() && node.ancestors().all(|above| !above.has_tag_name("style"))
    });
    texts.filter_map(|node| node.text()).collect::<Vec<_>>().join(" ").replace('−', "-")
}

#[test]
fn the_lesson_has_all_numbers_of_the_lecture_and_is_small() {
    let page = page(&["run", "xor", "--apply"]);
    check(&page);
    assert!(page.len() <= 150_000, "{} bytes", page.len());
    let words = words(&page);
    let said = |c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'));
    let numbers: BTreeSet<&str> =
        words.split(said).map(|number| number.trim_end_matches('.')).collect();
    let missing: Vec<_> = LECTURE.iter().filter(|number| !numbers.contains(**number)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_row_of_a_chain_has_its_link_in_the_figure() {
    let page = page(&["run", "xor"]);
    let markup = markup(&page);
    let document = Document::parse(&markup).unwrap();
    let rows = document
        .descendants()
        .filter(|node| node.has_tag_name("tr") && node.attribute("data-links").is_some());
    let mut count = 0;
    for row in rows {
        count += 1;
        let section = row.ancestors().find(|node| node.has_tag_name("section")).unwrap();
        for link in row.attribute("data-links").unwrap().split(' ') {
            let svg = section.descendants().find(|node| node.tag_name().name() == "svg").unwrap();
            let found = svg.descendants().any(|node| {
                let links = node.attribute("data-links").unwrap_or_default();
                links.split(' ').any(|one| one == link)
            });
            assert!(found, "{link} is not in the figure");
        }
    }
    // Three factors of u1 and five of W11.
    assert_eq!(count, 8);
}

#[test]
fn all_that_run_shows_is_a_page() {
    for args in [
        &["run", "xor", "--exact", "--apply"][..],
        &["run", "xor", "--by-hand"],
        &["run", "xor", "--only", "W21"],
        &["run", "xor", "--all-terms"],
        &["run", "xor", "--no-theory", "--apply"],
        &["run", "xor-batch", "--batch", "--apply"],
        &["run", "xor-batch", "--sample", "2"],
        &["run", "softmax-cross-entropy"],
        &["run", "deep", "--apply"],
        &["run", "mazur", "--apply", "--all"],
        &["run", "neuron"],
        &["run", "digits"],
        &["check", "xor"],
        &["check", "xor", "--inject", "NO-SLOPE-OUT"],
        &["train", "xor-batch", "--epochs", "500"],
    ] {
        check(&page(args));
    }
}

#[test]
fn the_curve_of_a_training_has_axes() {
    let page = page(&["train", "xor-batch", "--epochs", "2000"]);
    let words = words(&page);
    for text in ["R_emp after each epoch", "epoch", "1,000", "2,000"] {
        assert!(words.contains(text), "{text}");
    }
    assert!(page.contains("<path class=\"line\" d=\"M"));
}

#[test]
fn a_sheet_asks_what_the_others_ask_and_says_no_answer() {
    let asked = |page: &str| -> Vec<(String, Option<String>)> {
        let markup = markup(page);
        let document = Document::parse(&markup).unwrap();
        let inputs = document.descendants().filter(|node| node.attribute("data-answer").is_some());
        let own = |node: Node<'_, '_>, name: &str| node.attribute(name).map(str::to_owned);
        inputs.map(|node| (own(node, "data-answer").unwrap(), own(node, "value"))).collect()
    };
    let empty = page(&["sheet", "xor"]);
    check(&empty);
    assert!(asked(&empty).iter().all(|(_, value)| value.is_none()));
    let words = words(&empty);
    for number in ["0.3705", "0.7389", "0.1862", "0.5970"] {
        assert!(!words.contains(number), "{number}");
    }
    let filled = page(&["sheet", "xor", "--filled"]);
    check(&filled);
    let (json, _) = program(&["sheet", "xor", "--filled", "--format", "json"]);
    let json: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&json).unwrap();
    let expected: BTreeSet<(String, Option<String>)> = json
        .into_iter()
        .filter(|(name, _)| name != "student")
        .map(|(name, value)| (name, value.as_str().map(str::to_owned)))
        .collect();
    assert_eq!(asked(&filled).into_iter().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn nothing_of_a_scenario_acts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.json");
    let scenario = r#"{
        "title": "</title></script><script>alert(1)</script> $(x) \\input{x} \u202e\u0007",
        "source": "<img src=x onerror=alert(1)> & [x](javascript:alert(1))",
        "learning_rate": 0.5, "loss": "half_squared_error",
        "names": {"u1": "<b>w&5</b>", "L": "\"E'"},
        "layers": [
            {"activation": "sigmoid", "weights": [[0.1, 0.2], [0.3, 0.4]], "biases": [0.1, 0.2]},
            {"activation": "sigmoid", "weights": [[0.5], [0.6]], "biases": [0.7]}
        ],
        "sample": {"x": [1, 0], "y": 1},
        "reference": {"values": {"f_in": "1.5"}, "carry": ["f_in"],
            "notes": {"f_in": "<svg onload=alert(1)> \u202e <!-- </p>"}}
    }"#;
    std::fs::write(&path, scenario).unwrap();
    let path = path.to_str().unwrap();
    let plain = {
        // Names may be refused; the rest of the scenario is not.
        let output = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
            .args(["run", path])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        output.success()
    };
    if !plain {
        let tamed = scenario.replace(r#""names": {"u1": "<b>w&5</b>", "L": "\"E'"},"#, "");
        std::fs::write(path, tamed).unwrap();
    }
    for args in
        [&["run", path, "--apply"][..], &["sheet", path], &["check", path], &["train", path]]
    {
        let page = page(args);
        check(&page);
        assert!(!page.contains('\u{202e}') && !page.contains('\u{7}'), "{args:?}");
        assert!(page.matches("<script>").count() <= 1, "{args:?}");
        assert!(words(&page).contains("<script>alert(1)</script>"), "{args:?}");
    }
    let page = page(&["run", path]);
    assert!(words(&page).contains("<img src=x onerror=alert(1)>"));
}

#[test]
fn a_page_is_written_as_a_whole_to_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lesson.html");
    let (said, code) =
        program(&["run", "xor", "--format", "html", "--output", path.to_str().unwrap()]);
    assert_eq!((said.as_str(), code), ("", Some(0)));
    assert_eq!(std::fs::read_to_string(path).unwrap(), page(&["run", "xor"]));
}

#[test]
fn a_large_network_takes_no_longer_than_its_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    write_large(&path, [784, 128, 10]);
    let path = path.to_str().unwrap();
    let started = Instant::now();
    let page = page(&["run", path, "--apply"]);
    let taken = started.elapsed();
    check(&page);
    assert!(page.len() < 450_000, "{} bytes", page.len());
    // Less than 2 s when it is optimized.
    assert!(taken < Duration::from_secs(30), "{taken:?}");
}

fn write_large(path: &Path, [inputs, hidden, outputs]: [usize; 3]) {
    let layer = |rows: usize, columns: usize, activation: &str| {
        let mut text = format!("{{\"activation\":\"{activation}\",\"weights\":[");
        for row in 0..rows {
            let number = |column: usize| ((row * 31 + column * 17) % 41) as f64 / 400.0 - 0.05;
            let cells: Vec<String> = (0..columns).map(|at| number(at).to_string()).collect();
            let comma = if row > 0 { "," } else { "" };
            let _ = write!(text, "{comma}[{}]", cells.join(","));
        }
        let biases = vec!["0.1"; columns].join(",");
        let _ = write!(text, "],\"biases\":[{biases}]}}");
        text
    };
    let x: Vec<String> = (0..inputs).map(|at| ((at % 7) as f64 / 10.0).to_string()).collect();
    let y: Vec<&str> = (0..outputs).map(|at| if at == 3 { "1" } else { "0" }).collect();
    let text = format!(
        "{{\"title\":\"large\",\"learning_rate\":0.1,\"loss\":\"half_squared_error\",\"layers\":[{},{}],\"sample\":{{\"x\":[{}],\"y\":[{}]}}}}",
        layer(inputs, hidden, "sigmoid"),
        layer(hidden, outputs, "sigmoid"),
        x.join(","),
        y.join(",")
    );
    std::fs::write(path, text).unwrap();
}
