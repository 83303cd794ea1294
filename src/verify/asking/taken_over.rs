//! Answers of a sheet that somebody wrote by hand, taken over into the one that
//! is kept.

use super::super::sheet::{Answer, Sheet};
use crate::name::{Name, NameMap, NameSet};

/// The kept sheet, and what `by_hand` answers beyond it.
pub fn taken_over(mut kept: Sheet, by_hand: &Sheet) -> Sheet {
    let answered: NameSet = kept.answers.iter().map(|answer| answer.name).collect();
    let more = by_hand.answers.iter().filter(|answer| !answered.contains(&answer.name));
    kept.answers.extend(more.cloned());
    for (name, help) in &by_hand.help {
        kept.help.entry(*name).or_insert(*help);
    }
    if kept.student.is_none() {
        kept.student.clone_from(&by_hand.student);
    }
    kept
}

/// The answers that stand in the kept sheet as they were written by hand: what
/// was only taken over was told to nobody.
pub fn told_by_nobody(kept: &Sheet, by_hand: &Sheet) -> NameSet {
    let written: NameMap<&Answer> =
        by_hand.answers.iter().map(|answer| (answer.name, answer)).collect();
    let is_as_written = |answer: &&Answer| {
        written
            .get(&answer.name)
            .is_some_and(|by_hand| by_hand.reading.says_the_same(&answer.reading))
    };
    let names: Vec<Name> =
        kept.answers.iter().filter(is_as_written).map(|answer| answer.name).collect();
    names.into_iter().collect()
}
