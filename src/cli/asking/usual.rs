//! Where answers are kept if nobody says where.

use std::path::PathBuf;

use anyhow::Context;

use crate::cli::args::RunArgs;
use crate::cli::{fingerprint, state_folder};
use crate::lesson::Exercise;
use crate::scenario::embedded;
use crate::verify::MarkingRules;

/// A file in the user's state folder, named after the scenario and the sample.
/// A scenario that is a file can change: the name then also tells the numbers
/// that were asked about, so that no answer meets another network.
pub(super) fn path(args: &RunArgs, exercise: &Exercise<'_>) -> anyhow::Result<PathBuf> {
    let mut name = state_folder::name_of(&args.scenario);
    if embedded::named(&args.scenario).is_none() {
        name = format!("{name}%{:08x}", fingerprint::of(exercise, &MarkingRules::asking(0))?);
    }
    if let Some(sample) = args.sample {
        name.push_str(&format!("%{sample}"));
    }
    state_folder::file(&name, "answers.json")
        .context("there is no folder of yours to keep answers in; give --save FILE")
}
