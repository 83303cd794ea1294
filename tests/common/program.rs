//! The built program, and what it prints.

use std::collections::HashMap;
use std::io::Write;
use std::process::{Command, Stdio};

use serde::Deserialize;

/// What a run leaves.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in the folder of the crate.
pub(crate) fn tutor(args: &[&str]) -> Ran {
    tutor_on("", args)
}

/// Runs the program with `input` on its standard input.
pub(crate) fn tutor_on(input: &str, args: &[&str]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COLUMNS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("there is a standard input");
    // A program that does not read its input may close it first.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Ran {
    /// What was printed, if all went well.
    pub(crate) fn page(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.err);
        assert_eq!(self.err, "");
        self.out
    }

    /// What was printed, as JSON.
    pub(crate) fn lesson(self) -> Lesson {
        Lesson::read(&self.page())
    }
}

/// A lesson as its JSON says it. An unknown key is an error.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lesson {
    pub(crate) format: String,
    pub(crate) title: String,
    pub(crate) source: Option<String>,
    pub(crate) digits: usize,
    pub(crate) loss: String,
    pub(crate) learning_rate: Option<f64>,
    pub(crate) quantities: Vec<Quantity>,
    #[serde(default)]
    pub(crate) reference: Vec<Reference>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quantity {
    pub(crate) name: String,
    /// What the author calls it, where that is another name.
    #[serde(default)]
    pub(crate) shown: Option<String>,
    pub(crate) section: String,
    pub(crate) formula: Option<String>,
    pub(crate) numbers: Option<String>,
    pub(crate) value: Option<f64>,
    pub(crate) rounded: String,
    pub(crate) uses: Vec<String>,
    pub(crate) computed: Option<f64>,
    #[serde(default)]
    pub(crate) carried: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reference {
    pub(crate) name: String,
    /// What the author calls it, where that is another name.
    #[serde(default)]
    pub(crate) shown: Option<String>,
    pub(crate) printed: String,
    pub(crate) value: Option<f64>,
    pub(crate) exact: Option<f64>,
    pub(crate) verdict: String,
}

impl Lesson {
    pub(crate) fn read(text: &str) -> Self {
        let lesson: Self = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert_eq!(lesson.format, "backprop-tutor/lesson/1");
        lesson
    }

    pub(crate) fn quantity(&self, name: &str) -> &Quantity {
        let found = self.quantities.iter().find(|quantity| quantity.name == name);
        found.unwrap_or_else(|| panic!("there is no {name}"))
    }

    pub(crate) fn value(&self, name: &str) -> f64 {
        self.quantity(name).value.unwrap_or_else(|| panic!("{name} is null"))
    }

    pub(crate) fn rounded(&self, name: &str) -> &str {
        &self.quantity(name).rounded
    }

    /// Values by name.
    pub(crate) fn values(&self) -> HashMap<&str, f64> {
        let value = |quantity: &Quantity| quantity.value.unwrap_or(f64::INFINITY);
        self.quantities.iter().map(|quantity| (quantity.name.as_str(), value(quantity))).collect()
    }
}
