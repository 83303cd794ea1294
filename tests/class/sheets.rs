//! A class of three hundred, each of whom did something that is known.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::Name;
use backprop_tutor::scenario::{self};
use backprop_tutor::verify::for_each_asked;

/// Students of the class.
pub(crate) const STUDENTS: usize = 300;

/// Points of the whole sheet of XOR.
pub(crate) const MOST: f64 = 37.0;

/// What a student did, and what must come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Did {
    Right,
    RightInJson,
    RightWithCommas,
    /// Rounded every number on the way.
    RoundedOnTheWay,
    /// Lost the sign of the residual, and wrote the rest from a right sheet.
    SignLost,
    Blank,
    Garbage,
    Binary,
    /// Worked another exercise.
    OtherExercise,
    /// Has a wrong number that one other has as well.
    Shared,
}

const ALL: [Did; 10] = [
    Did::Right,
    Did::RightInJson,
    Did::RightWithCommas,
    Did::RoundedOnTheWay,
    Did::SignLost,
    Did::Blank,
    Did::Garbage,
    Did::Binary,
    Did::OtherExercise,
    Did::Shared,
];

pub(crate) const fn did(student: usize) -> Did {
    ALL[student % ALL.len()]
}

pub(crate) fn id(student: usize) -> String {
    format!("s{student:03}")
}

impl Did {
    /// Points, the first wrong line, and the slips; none where there are no marks.
    pub(crate) const fn outcome(
        self,
    ) -> Option<(f64, Option<&'static str>, &'static [&'static str])> {
        match self {
            Self::Right | Self::RightInJson | Self::RightWithCommas | Self::RoundedOnTheWay => {
                Some((MOST, None, &[]))
            }
            Self::SignLost => Some((MOST - 1.0, Some("dL/df_out"), &["RESIDUAL-SIGN"])),
            Self::Blank | Self::Garbage => Some((0.0, None, &[])),
            Self::Shared => Some((MOST - 1.0, Some("f_in"), &[])),
            Self::Binary => None,
            // Its marks are whatever agrees by chance.
            Self::OtherExercise => None,
        }
    }
}

/// The answers of a scenario by name; rounded on the way, if that is asked.
pub(crate) fn answers(name: &str, rounds: bool) -> Vec<(String, String)> {
    let scenario = scenario::load(name).expect("it is there");
    let by_hand = rounds.then(|| 4.into());
    let apply = scenario.learning_rate.is_some();
    let settings = Settings { apply, by_hand, ..Settings::default() };
    let lesson = Lesson::new(scenario.exercise(0), settings).expect("finite");
    let mut answers = Vec::new();
    let Ok(()) = for_each_asked(&lesson, |_, name: Name| {
        answers.push((lesson.naming().plain(name), lesson.text(name, 4).to_string()));
        Ok::<(), std::convert::Infallible>(())
    });
    answers
}

fn text(answers: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, answer) in answers {
        writeln!(text, "{name} = {answer}").expect("a string takes text");
    }
    text
}

pub(crate) fn json(answers: &[(String, String)]) -> String {
    let answers: serde_json::Map<String, serde_json::Value> =
        answers.iter().map(|(name, answer)| (name.clone(), answer.clone().into())).collect();
    serde_json::Value::Object(answers).to_string()
}

pub(crate) fn with(name: &str, answer: &str) -> Vec<(String, String)> {
    let mut answers = answers("xor", false);
    let line = answers.iter_mut().find(|(own, _)| own == name).expect("it is asked");
    answer.clone_into(&mut line.1);
    answers
}

/// The sheet of a student.
pub(crate) fn sheet(student: usize) -> Vec<u8> {
    let right = || answers("xor", false);
    match did(student) {
        Did::Right => text(&right()).into_bytes(),
        Did::RightInJson => json(&right()).into_bytes(),
        Did::RightWithCommas => text(&right()).replace('.', ",").into_bytes(),
        Did::RoundedOnTheWay => text(&answers("xor", true)).into_bytes(),
        Did::SignLost => text(&with("dL/df_out", "0.2447")).into_bytes(),
        Did::Blank => {
            text(&right().into_iter().map(|(name, _)| (name, String::new())).collect::<Vec<_>>())
                .into_bytes()
        }
        Did::Garbage => b"I did not do this one.\nSorry!\n42\n".to_vec(),
        Did::Binary => (0..2000_u32)
            .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
            .chain([0; 9])
            .collect(),
        Did::OtherExercise => text(&answers("mazur", false)).into_bytes(),
        Did::Shared => {
            // Two students each have the same number, and nobody else.
            let pair = student / (2 * ALL.len());
            text(&with("f_in", &format!("{:.4}", 3.3337 + 0.0511 * pair as f64))).into_bytes()
        }
    }
}

/// The whole class, in a folder.
pub(crate) fn folder(folder: &Path) {
    for student in 0..STUDENTS {
        let ending = if did(student) == Did::RightInJson { "json" } else { "txt" };
        fs::write(folder.join(format!("{}.{ending}", id(student))), sheet(student))
            .expect("written");
    }
}
