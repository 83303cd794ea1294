//! A marked sheet as its JSON says it. An unknown key is an error.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    pub(crate) format: String,
    pub(crate) student: Option<String>,
    pub(crate) scenario: Scenario,
    pub(crate) score: f64,
    pub(crate) max_score: f64,
    pub(crate) first_wrong: Option<String>,
    pub(crate) questions: Vec<Said>,
    pub(crate) unread: Vec<Unread>,
    pub(crate) lines: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) title: String,
    pub(crate) hash: String,
}

/// A code and its sentence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said {
    pub(crate) code: String,
    pub(crate) sentence: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unread {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) text: String,
    pub(crate) code: String,
    pub(crate) reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) shown: Option<String>,
    pub(crate) written: Option<String>,
    pub(crate) verdict: String,
    pub(crate) expected: Option<f64>,
    pub(crate) expected_rounded: String,
    pub(crate) from_yours: Option<f64>,
    pub(crate) slips: Vec<Slip>,
    pub(crate) remarks: Vec<Said>,
    pub(crate) credit: f64,
    pub(crate) points: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slip {
    pub(crate) code: String,
    pub(crate) certain: bool,
    pub(crate) sentence: String,
    pub(crate) formula: Option<String>,
    pub(crate) numbers: Option<String>,
    pub(crate) value: Option<f64>,
    /// The line behind this one that it happened in.
    #[serde(default)]
    pub(crate) line: Option<String>,
}

impl Report {
    pub(crate) fn read(text: &str) -> Self {
        let report: Self = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert_eq!(report.format, "backprop-tutor/report/2");
        report
    }
}
