//! What `lint` finds in the exercises that come with the program.

use serde_json::Value;

use super::common::program::{tutor, tutor_on};

#[test]
fn the_lecture_s_own_exercise() {
    let ran = tutor(&["lint", "xor"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.out);
}

#[test]
fn every_shipped_exercise_is_looked_at() {
    let mut told = String::new();
    for entry in backprop_tutor::scenario::embedded::all() {
        let ran = tutor(&["lint", entry.name, "--format", "json"]);
        if entry.name == "digits" {
            assert_eq!(ran.code, Some(2));
            continue;
        }
        let found: Value = serde_json::from_str(&ran.out).expect("JSON");
        let found = found["findings"].as_array().expect("a list");
        assert_eq!(ran.code, Some(i32::from(!found.is_empty())), "{}", entry.name);
        let mut codes: Vec<&str> = found.iter().filter_map(|one| one["code"].as_str()).collect();
        codes.dedup();
        told.push_str(&format!("{}: {} ({})\n", entry.name, found.len(), codes.join(", ")));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_new_exercise_is_clean() {
    let scenario = tutor(&["new", "--layers", "3-2-1", "--seed", "5"]).page();
    assert!(tutor_on(&scenario, &["lint", "-"]).page().contains("Nothing found."));
}
