//! Saves the trained network as a scenario.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::export::scenario_json;
use crate::network::Network;
use crate::scenario::Scenario;
use crate::source::draft::{self, Draft};
use crate::text::harmless;

/// A file to be written.
pub(super) struct SaveFile {
    shown: String,
    path: PathBuf,
}

impl SaveFile {
    /// Makes sure that the file can be written, before it is needed.
    pub(super) fn open(path: &str) -> anyhow::Result<Self> {
        if path == "-" {
            bail!("--save -: give the path of a file; standard output has the page");
        }
        let target = Self { shown: harmless(path).into_owned(), path: PathBuf::from(path) };
        draft::check_writable(&target.path).context("--save")?;
        Ok(target)
    }

    /// Writes the scenario with other weights. What the source prints is left
    /// out: it belongs to the old ones.
    pub(super) fn save(self, scenario: &Scenario, network: &Network) -> anyhow::Result<String> {
        let request =
            scenario_json::ScenarioJson { network, ..scenario_json::ScenarioJson::of(scenario) };
        let mut draft = Draft::open(&self.path).context("--save")?;
        let mut out = BufWriter::new(&mut draft);
        let written = scenario_json::write(&request, &mut out).and_then(|()| out.flush());
        drop(out);
        written.with_context(|| format!("--save {}", self.shown))?;
        draft.finish().context("--save")?;
        Ok(self.shown)
    }
}
