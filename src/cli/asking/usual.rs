//! Where answers are kept if nobody says where.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::args::Run;
use crate::cli::fingerprint;
use crate::lesson::Exercise;
use crate::scenario::embedded;
use crate::verify::Rules;

/// The folder of this program in the user's state folder.
const FOLDER: &str = "backprop-tutor";

/// A file in the user's state folder, named after the scenario and the sample.
/// A scenario that is a file can change: the name then also tells the numbers
/// that were asked about, so that no answer meets another network.
pub(super) fn path(args: &Run, exercise: &Exercise<'_>) -> anyhow::Result<PathBuf> {
    let folder = dirs::state_dir().or_else(dirs::data_local_dir);
    let folder =
        folder.context("there is no folder of yours to keep answers in; give --save FILE")?;
    let mut name = args.scenario.clone();
    if embedded::named(&name).is_none() {
        let path = Path::new(&name).canonicalize().unwrap_or_else(|_| PathBuf::from(&name));
        name = format!(
            "{}%{:08x}",
            path.to_string_lossy(),
            fingerprint::of(exercise, &Rules::asking(0))?
        );
    }
    if let Some(sample) = args.sample {
        name.push_str(&format!("%{sample}"));
    }
    Ok(folder
        .join(FOLDER)
        .join(format!("{}.answers.json", short(&name.replace(['/', '\\', ':'], "%")))))
}

/// A name that file systems take: the end of a long one, and what tells it from
/// others.
fn short(name: &str) -> String {
    const LONGEST: usize = 200;
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let end = name.char_indices().map(|(at, _)| at).find(|at| name.len() - at <= LONGEST);
    format!("{:08x}{}", fingerprint::fnv(name.as_bytes()), &name[end.unwrap_or(0)..])
}
