//! Where answers are kept if nobody says where.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::args::Run;
use crate::export::scenario_json;
use crate::lesson::Exercise;
use crate::num::Precision;
use crate::scenario::embedded;

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
        name = format!("{}%{:08x}", path.to_string_lossy(), fingerprint(exercise)?);
    }
    if let Some(sample) = args.sample {
        name.push_str(&format!("%{sample}"));
    }
    Ok(folder
        .join(FOLDER)
        .join(format!("{}.answers.json", short(&name.replace(['/', '\\', ':'], "%")))))
}

/// What the answers depend on, in one number: FNV-1a, which is the same for
/// ever and everywhere.
fn fingerprint(exercise: &Exercise<'_>) -> std::io::Result<u32> {
    let request = scenario_json::Request {
        title: "",
        source: None,
        digits: Precision::Decimals(0),
        learning_rate: exercise.learning_rate,
        update_biases: exercise.update_biases,
        network: exercise.network,
        samples: std::slice::from_ref(exercise.sample),
        mean: true,
        asks: None,
        points: &[],
    };
    let mut text = Vec::new();
    scenario_json::write(&request, &mut text)?;
    Ok(fnv(&text))
}

fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// A name that file systems take: the end of a long one, and what tells it from
/// others.
fn short(name: &str) -> String {
    const LONGEST: usize = 200;
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let end = name.char_indices().map(|(at, _)| at).find(|at| name.len() - at <= LONGEST);
    format!("{:08x}{}", fnv(name.as_bytes()), &name[end.unwrap_or(0)..])
}
