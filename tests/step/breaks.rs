//! Printed pages in narrow windows: no name is broken in two.

use std::process::Command;

use crate::grid::broken;
use crate::screens::has_rate;

#[test]
fn printed_pages_break_no_name() {
    for scenario in ["xor", "mazur", "deep", "softmax-cross-entropy", "relu-dead", "tanh-bce"] {
        for width in [60, 80, 100] {
            for step in [None, Some("--step")] {
                let output = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
                    .args(["run", scenario])
                    .args(has_rate(scenario).then_some("--apply"))
                    .args(step)
                    .env("COLUMNS", width.to_string())
                    .output()
                    .unwrap();
                let page = String::from_utf8(output.stdout).unwrap();
                assert!(page.lines().count() > 100, "{scenario}");
                assert_eq!(broken(&page), None, "{scenario} {step:?} at {width}");
            }
        }
    }
}
