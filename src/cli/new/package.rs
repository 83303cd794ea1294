//! Everything that a class needs, as files: for each student a scenario, a sheet
//! to fill in, a hand-out and the key, and one table of all.

use std::path::Path;

use anyhow::anyhow;
use rayon::prelude::*;

use super::roll::Student;
use crate::cli::{exercise, sheet};
use crate::document::figure::Figure;
use crate::document::{Block, Limits, Readings, task};
use crate::exercise::ExerciseShape;
use crate::export::terminal;
use crate::lesson::Settings;
use crate::math::Notation;
use crate::name::{Name, Symbol};
use crate::scenario::{self, Scenario};
use crate::source::draft::{self, Draft};
use crate::source::rows;
use crate::typeset::Terminal;

/// What is made for one student.
struct Made {
    scenario: Vec<u8>,
    sheet: Vec<u8>,
    handout: Vec<u8>,
    key: Vec<u8>,
    /// Whether there is something left to say against it.
    is_left_wanting: bool,
}

/// Columns of a hand-out.
const WIDTH: usize = 80;

/// Students whose files are made before they are written.
const AT_ONCE: usize = 64;

/// Writes them; the ids of those whose exercise does not tell everything apart are
/// given back.
pub(super) fn write(
    shape: &ExerciseShape,
    seed: u64,
    students: &[Student],
    folder: &str,
) -> anyhow::Result<Vec<String>> {
    let folder = Path::new(folder);
    let mut wanting = Vec::new();
    for some in students.chunks(AT_ONCE) {
        let made: Vec<anyhow::Result<Made>> =
            some.par_iter().map(|student| make(shape, seed, student)).collect();
        for (student, made) in some.iter().zip(made) {
            let Made { scenario, sheet, handout, key, is_left_wanting } = made?;
            if is_left_wanting {
                wanting.push(student.id.clone());
            }
            let file = |part: &str, ending: &str| {
                folder.join(part).join(format!("{}.{ending}", student.file))
            };
            draft::replace(&file("scenarios", "json"), &scenario)?;
            draft::replace(&file("sheets", "txt"), &sheet)?;
            draft::replace(&file("handouts", "txt"), &handout)?;
            draft::replace(&file("keys", "txt"), &key)?;
        }
    }
    let mut list = rows::write(["id", "file"], b',');
    for student in students {
        let id = rows::guarded(&student.id);
        list.extend(rows::write([id.as_ref(), student.file.as_str()], b','));
    }
    let mut draft = Draft::open(&folder.join("students.csv"))?;
    std::io::Write::write_all(&mut draft, &list)?;
    draft.finish()?;
    Ok(wanting)
}

fn make(shape: &ExerciseShape, seed: u64, student: &Student) -> anyhow::Result<Made> {
    let drawn = super::draw(shape, seed, &student.id)?;
    let title = format!("Exercise {} for {}", shape.text(), student.id);
    let text = super::text(shape, &drawn, &title)?;
    let scenario = scenario::read(&text, "a new exercise")
        .map_err(|faults| anyhow!("a new exercise does not read back: {faults}"))?;
    Ok(Made {
        sheet: sheet::text(&scenario, false)?,
        key: sheet::text(&scenario, true)?,
        handout: handout(&scenario)?,
        scenario: text,
        is_left_wanting: !drawn.findings.is_empty() || drawn.too_large.is_some(),
    })
}

/// The task on a page of its own, with a drawing of the network.
fn handout(scenario: &Scenario) -> anyhow::Result<Vec<u8>> {
    let apply = scenario.learning_rate.is_some();
    let settings = Settings { apply, ..Settings::default() };
    let lesson = exercise::compute(scenario.exercise(0), settings)?;
    let digits = scenario.digits;
    let value = |name: Name| {
        let Name::Value(symbol) = name else { return None };
        let is_given = lesson.network().parameter(symbol).is_some()
            || matches!(symbol, Symbol::Input(_) | Symbol::Target(_));
        (is_given && lesson.has(name)).then(|| lesson.text(name, digits))
    };
    let network = lesson.network();
    let mut blocks =
        vec![Block::Title(scenario.title.clone()), Block::Figure(Figure::new(network, value))];
    let readings = Readings {
        lesson: &lesson,
        digits,
        limits: Limits::READABLE,
        notes: &[],
        notation: Notation::Linear,
    };
    blocks.extend(task::task(readings));
    let asked = format!(
        "Work the forward pass, the backward pass and the update, with {digits}; then the forward \
         pass with the new weights."
    );
    blocks.push(Block::Prose(vec![crate::document::Inline::text(asked)]));
    let look = Terminal { width: WIDTH, colour: false, ascii: false };
    let mut text = Vec::new();
    terminal::write(&blocks, lesson.naming(), look, &mut text)?;
    Ok(text)
}
