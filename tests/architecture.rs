//! The structure of the crate, held by tests: which module may use which, and
//! which files alone may do certain things. Each rule names what it keeps apart.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use. Dependencies point one way: every module may only
/// use modules that stand above it here.
const MAY_USE: &[(&str, &[&str])] = &[
    ("num", &[]),
    ("text", &[]),
    ("name", &[]),
    ("expr", &["name"]),
    ("math", &["num", "name", "expr"]),
    ("network", &["name", "expr"]),
    ("train", &["network"]),
    ("source", &["num", "text", "name"]),
    ("scenario", &["num", "text", "name", "network", "source"]),
    ("lesson", &["num", "name", "expr", "network"]),
    ("telling", &["name", "network", "lesson"]),
    ("verify", &["num", "text", "name", "expr", "network", "source", "lesson"]),
    ("gradient_check", &["num", "name", "expr", "network", "lesson", "verify"]),
    ("program", &["text", "network", "source"]),
    ("class", &["num", "text", "name", "network", "source", "scenario", "lesson", "verify"]),
    ("exercise", &["num", "text", "name", "expr", "network", "scenario", "lesson", "verify"]),
    (
        "document",
        &[
            "num",
            "name",
            "expr",
            "math",
            "network",
            "train",
            "lesson",
            "telling",
            "verify",
            "gradient_check",
            "class",
            "exercise",
            "program",
        ],
    ),
    ("typeset", &["num", "name", "math", "network", "document"]),
    (
        "export",
        &[
            "num",
            "text",
            "name",
            "expr",
            "math",
            "network",
            "train",
            "lesson",
            "telling",
            "verify",
            "gradient_check",
            "source",
            "scenario",
            "class",
            "exercise",
            "program",
            "document",
            "typeset",
        ],
    ),
    (
        "step",
        &[
            "num", "text", "name", "expr", "math", "network", "lesson", "telling", "verify",
            "document", "typeset", "export",
        ],
    ),
    (
        "cli",
        &[
            "num",
            "text",
            "name",
            "network",
            "math",
            "train",
            "source",
            "scenario",
            "lesson",
            "telling",
            "verify",
            "gradient_check",
            "class",
            "exercise",
            "program",
            "document",
            "typeset",
            "export",
            "step",
        ],
    ),
];

/// What only these files may contain, and why.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    ("npyz", &["program/reading/numpy.rs"], "one file reads each format"),
    ("zip::", &["program/reading/archive.rs"], "one file reads each format"),
    ("safetensors::", &["program/reading/tensors.rs"], "one file reads each format"),
    ("libm::", &["expr/op.rs", "num/"], "only operators compute"),
    ("slope: |", &["expr/op.rs", "network/"], "an operator has one slope rule, read three ways"),
    (".next_up()", &["expr/interval.rs"], "one file rounds outwards"),
    (
        "evaluate(",
        &[
            "expr/",
            "lesson/values.rs",
            "lesson/batch.rs",
            "document/readings.rs",
            "document/report/working.rs",
            "exercise/",
            "verify/theirs.rs",
            "verify/truth.rs",
            "gradient_check/inject.rs",
        ],
        "shown numbers come from one reading of the tree; the page asks what printed numbers give",
    ),
    (
        "Form::Fenced(",
        &[
            "math/layout.rs",
            "typeset/text.rs",
            "typeset/matrix.rs",
            "export/html/mathml.rs",
            "export/tex/form.rs",
            "export/latex/measure.rs",
        ],
        "layout alone decides brackets; writers match on them",
    ),
    (
        "Form::Letter(",
        &["math/", "typeset/text.rs", "typeset/matrix.rs", "export/"],
        "mathematics comes from trees and read statements, never as ready-made text",
    ),
    (
        "unicode_width",
        &["typeset/", "step/view/", "source/locate.rs"],
        "only what sets characters counts them",
    ),
    ("Telling {", &["telling/", "cli/"], "the order of telling is asked for, not walked again"),
    (
        "self.concept(",
        &["telling/sequence.rs"],
        "where an idea is told is decided with everything else that is told",
    ),
    ("serde_json", &["export/", "source/"], "JSON stays at the edges"),
    ("comfy_table", &["typeset/table.rs"], "one file draws tables"),
    ("colored", &["export/paint.rs", "cli/screen.rs"], "roles, not colours"),
    ("terminal_colorsaurus", &["cli/screen.rs"], "a terminal is asked in one place"),
    (
        "std::io",
        &[
            "cli/",
            "export/",
            "typeset/wrap.rs",
            "main.rs",
            "program/reading/archive.rs",
            "source/draft.rs",
            "class/pile.rs",
            "source/file.rs",
            "source/folder.rs",
            "source/lines.rs",
            "source/leftover.rs",
            "source/lock.rs",
            "source/table.rs",
            "step/camera.rs",
            "step/fullscreen.rs",
            "step/lines.rs",
            "step/screen.rs",
            "step/signals.rs",
        ],
        "the inner modules do no I/O",
    ),
    (
        "crossterm",
        &["step/camera.rs", "step/fullscreen.rs", "step/screen.rs"],
        "the walkthrough's state and screens know no terminal",
    ),
    (
        "ratatui",
        &["step/view/", "step/camera.rs", "step/screen.rs"],
        "cells are drawn in one place, from a state that knows none",
    ),
    (
        "signal_hook",
        &["step/signals.rs", "cli/terminal_modes.rs"],
        "signals are watched beside modes",
    ),
    (
        "std::fs",
        &[
            "source/file.rs",
            "source/folder.rs",
            "source/lines.rs",
            "source/table.rs",
            "source/draft.rs",
            "source/leftover.rs",
            "source/lock.rs",
        ],
        "files are read and written here",
    ),
    ("tempfile", &["source/draft.rs"], "files are replaced as a whole"),
    ("encoding_rs", &["verify/sheet/decode.rs"], "bytes become text in one place"),
    ("rustyline", &["cli/asking/mod.rs"], "one command asks"),
    (
        "nix::sys",
        &["cli/terminal_modes.rs", "step/screen.rs"],
        "what knows the modes of a terminal",
    ),
    (
        "std::env",
        &["cli/screen.rs", "cli/start.rs", "cli/autograder/mod.rs", "main.rs"],
        "the environment is looked at once",
    ),
    ("clap", &["cli/args.rs", "cli/args/", "main.rs"], "arguments stay in their file"),
    ("anyhow", &["cli/", "main.rs"], "inner errors have types"),
    ("{:.", &["num/"], "numbers are written in one place"),
    ("<svg", &["export/svg/"], "one room writes SVG"),
    ("&amp;", &["export/escape.rs"], "one file escapes for XML"),
    ("<math", &["export/html/mathml.rs", "export/tex/form.rs"], "one file writes MathML"),
    ("<script", &["export/html/shell.rs"], "one file lets a script into a page"),
    ("sha2::", &["export/html/shell.rs"], "one file says what a page may run"),
    ("textbackslash", &["export/tex/escape.rs"], "one file escapes for TeX"),
];

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file below `src`: its path from there, and its text without
/// comments and tests.
fn sources() -> BTreeMap<String, String> {
    let mut folders = vec![source_folder()];
    let mut sources = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_test = path.file_stem().is_some_and(|name| name == "tests");
            if path.is_dir() && !is_test {
                folders.push(path);
            } else if !is_test && path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(source_folder()).unwrap().to_str().unwrap().to_owned();
                sources.insert(name, code_of(&fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(sources.len() > 40, "the sources were not found");
    sources
}

fn code_of(text: &str) -> String {
    let shipped = text.split("#[cfg(test)]").next().unwrap();
    let lines = shipped.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The modules of the crate that a file names.
fn used_by(code: &str) -> BTreeSet<&str> {
    let named = code.match_indices("crate::").flat_map(|(at, found)| {
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').map(str::trim).collect(),
            None => vec![rest],
        }
    });
    named
        .map(|path| path.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap())
        .filter(|module| !module.is_empty())
        .collect()
}

#[test]
fn modules_use_only_what_they_may() {
    let mut known = BTreeSet::new();
    for &(module, uses) in MAY_USE {
        assert!(uses.iter().all(|used| known.contains(used)), "{module} looks down the list");
        known.insert(module);
    }
    for (file, code) in sources() {
        let module = module_of(&file);
        if matches!(module, "main" | "lib") {
            continue;
        }
        let (_, may) = MAY_USE.iter().find(|(name, _)| *name == module).unwrap_or_else(|| {
            panic!("{file}: the module {module} has no row in the table of what it may use")
        });
        for used in used_by(&code) {
            assert!(
                used == module || may.contains(&used),
                "{file} uses {used}, which {module} may not"
            );
        }
    }
}

#[test]
fn the_argument_file_uses_nothing_of_the_crate() {
    let sources = sources();
    assert!(!sources["cli/args.rs"].contains("super::"));
    for (file, code) in sources.iter().filter(|(file, _)| file.starts_with("cli/args")) {
        assert!(!code.contains("crate::") && !code.contains("super::super"), "{file}");
    }
}

#[test]
fn some_things_are_done_in_one_place_only() {
    let sources = sources();
    for &(what, places, why) in ONLY_IN {
        let mut found = false;
        for (file, code) in &sources {
            if code.contains(what) {
                let allowed = places.iter().any(|place| file == place || file.starts_with(place));
                assert!(allowed, "{file} contains `{what}`: {why}");
                found = true;
            }
        }
        assert!(found, "nothing contains `{what}` any more: drop or mend the rule");
    }
}

#[test]
fn a_figure_knows_no_medium() {
    for (file, code) in sources() {
        if file.starts_with("document/figure/") {
            for counting in ["chars().count()", "width(", "tikz", "svg"] {
                assert!(!code.contains(counting), "{file} contains `{counting}`");
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for entry in sources().keys() {
        let text = fs::read_to_string(source_folder().join(entry)).unwrap();
        assert!(text.starts_with("//! "), "{entry} does not begin with what it is for");
    }
}

/// Whoever reads a name of a type finds one thing by it.
#[test]
fn no_two_types_have_one_name() {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (file, code) in sources() {
        // One per platform.
        if file == "cli/terminal_modes.rs" {
            continue;
        }
        for line in code.lines().map(str::trim_start) {
            let Some(name) = type_named(line) else { continue };
            if let Some(other) = found.insert(name.to_owned(), file.clone()) {
                panic!("{name} is a type of {other} and of {file}");
            }
        }
    }
    assert!(found.len() > 300, "the types were not found");
}

/// The type that a line makes known beyond its own file, if it does.
fn type_named(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub")?;
    let rest = match rest.strip_prefix('(') {
        Some(inside) => inside.split_once(')')?.1,
        None => rest,
    };
    let (kind, rest) = rest.trim_start().split_once(' ')?;
    let name = rest.split(|c: char| !c.is_alphanumeric()).next()?;
    matches!(kind, "struct" | "enum" | "trait" | "type").then_some(name)
}
