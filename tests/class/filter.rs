//! `mark S - --format jsonl`: one line out for each line in, whatever it is.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::common::program::{tutor, tutor_on};
use super::sheets::{answers, with};

const ARGS: [&str; 5] = ["mark", "xor", "-", "--format", "jsonl"];

fn record(id: Value, answers: &[(String, String)]) -> String {
    let answers: Value = serde_json::from_str(&super::sheets::json(answers)).expect("JSON");
    json!({ "id": id, "answers": answers }).to_string()
}

fn lines(input: &str, more: &[&str]) -> Vec<Value> {
    let page = tutor_on(input, &[&ARGS[..], more].concat()).page();
    page.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_line_out_for_each_line_in() {
    let right = record(json!("ada"), &answers("xor", false));
    let slip = record(json!(2.50), &with("dL/df_out", "0.2447"));
    let long = format!("{{\"id\":1,\"text\":\"{}\"}}", "x".repeat(2 << 20));
    let own = std::fs::read_to_string("scenarios/mazur.json").expect("it is there");
    let own: Value = serde_json::from_str(&own).expect("JSON");
    let other: Value =
        serde_json::from_str(&super::sheets::json(&answers("mazur", false))).expect("JSON");
    let by_own = json!({ "id": "own", "answers": other, "scenario": own }).to_string();
    let text =
        json!({ "id": "text", "text": "Name: Bob\nz1_in = -0.53\nz2_in = 1,04\n" }).to_string();
    let input = [
        right.as_str(),
        "",
        &slip,
        "not JSON",
        "{\"id\": [1], \"answers\": 7}",
        "{\"id\": \"x\"}",
        &long,
        "\u{feff}[1,2]",
        &by_own,
        &text,
        "{\"id\":\"b\",\"scenario\":{\"loss\":1},\"answers\":{}}",
        "null",
        "{\"id\":\"n\",\"answers\":{\"z1_in\":-0.53,\"z1_in\":-0.07}}",
        &right,
    ]
    .join("\n");
    let out = lines(&input, &[]);
    let told: String = out.iter().map(|line| format!("{line}\n")).collect();
    assert_eq!(out.len(), 14, "{told}");
    insta::assert_snapshot!(told);
    assert_eq!(out[0], out[13]);
}

#[test]
fn every_line_is_there_where_it_is_asked_for() {
    let out = lines(&record(json!(1), &answers("xor", false)), &["--lines"]);
    let report = out[0]["lines"].as_array().expect("a list");
    assert_eq!(report.len(), 52);
    assert!(report.iter().all(|line| line["verdict"] == "right"));
}

/// The quick way to a right sheet says what the long way says.
#[test]
fn the_quick_way_is_the_long_way() {
    let right = answers("xor", false);
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let mut input = String::new();
    for id in 0..400 {
        let mut own = right.clone();
        for (_, answer) in &mut own {
            match next() % 40 {
                0 => answer.clear(),
                1 => {
                    answer.pop();
                }
                2 => answer.push((b'0' + (next() % 10) as u8) as char),
                3 => *answer = answer.replace('.', ","),
                4 if next() % 4 == 0 => *answer = format!("-{answer}"),
                _ => {}
            }
        }
        if next() % 3 == 0 {
            own.reverse();
        }
        input.push_str(&record(json!(id), &own));
        input.push('\n');
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class.jsonl");
    std::fs::write(&path, input).expect("written");
    let lines = |more: &[&str]| -> Vec<Value> {
        let args = ["mark", "xor", path.to_str().expect("a path"), "--format", "jsonl"];
        let page = tutor(&[&args[..], more].concat()).page();
        page.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let (quick, long) = (lines(&[]), lines(&["--lines"]));
    assert_eq!(quick.len(), 400);
    for (quick, long) in quick.iter().zip(long) {
        let mut long = long;
        let lines = long.as_object_mut().expect("an object").remove("lines").expect("lines");
        assert_eq!(quick, &long);
        let credit: f64 = lines
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|line| line["credit"].as_f64())
            .sum();
        assert_eq!(quick["score"].as_f64(), Some(credit));
    }
}

/// Whoever writes one line and waits for its answer gets it, with nothing in the
/// environment.
#[test]
fn it_answers_at_once_and_needs_no_environment() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(ARGS)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let right = record(json!("ada"), &answers("xor", false));
    for _ in 0..3 {
        writeln!(stdin, "{right}").expect("it reads");
        let mut answer = String::new();
        stdout.read_line(&mut answer).expect("it answers");
        assert_eq!(
            answer,
            "{\"id\":\"ada\",\"score\":37.0,\"max_score\":37.0,\"first_wrong\":null,\"slips\":[]}\n"
        );
    }
    drop(stdin);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
