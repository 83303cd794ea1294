//! Saves the trained network: in a file beside the old one, which then takes
//! its place, so that nobody ever finds half of it.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use tempfile::NamedTempFile;

use crate::export::scenario_json;
use crate::network::Network;
use crate::scenario::{Reduction, Scenario};
use crate::text::harmless;

/// A file to be written.
pub(super) struct Target {
    path: PathBuf,
    shown: String,
    draft: NamedTempFile,
}

impl Target {
    /// Makes sure that the file can be written, before it is needed.
    pub(super) fn open(path: &str) -> anyhow::Result<Self> {
        let shown = harmless(path).into_owned();
        if path == "-" {
            bail!("--save -: give the path of a file; standard output has the page");
        }
        // A link stays a link: what it leads to is replaced.
        let path = Path::new(path).canonicalize().unwrap_or_else(|_| PathBuf::from(path));
        if path.exists() && !path.is_file() {
            let what = if path.is_dir() { "a folder" } else { "no regular file" };
            bail!("--save {shown}: this is {what}");
        }
        if path.file_name().is_none() {
            bail!("--save {shown}: this names no file");
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new("."));
        if !folder.is_dir() {
            bail!("--save {shown}: there is no folder `{}`", harmless(&folder.to_string_lossy()));
        }
        // What the system says of the draft itself would name a file that the
        // user does not know.
        let draft = builder().tempfile_in(folder).map_err(|error| {
            anyhow!("--save {shown}: cannot write in this folder ({})", error.kind())
        })?;
        Ok(Self { path, shown, draft })
    }

    /// Writes the scenario with other weights. What the source prints is left
    /// out: it belongs to the old ones.
    pub(super) fn save(mut self, scenario: &Scenario, network: &Network) -> anyhow::Result<String> {
        let request = scenario_json::Request {
            title: &scenario.title,
            source: scenario.source.as_deref(),
            digits: scenario.digits,
            learning_rate: scenario.learning_rate,
            update_biases: scenario.update_biases,
            network,
            samples: &scenario.samples,
            mean: scenario.reduction == Reduction::Mean,
        };
        let why = format!("--save {}", self.shown);
        let mut out = BufWriter::new(self.draft.as_file_mut());
        scenario_json::write(&request, &mut out)
            .and_then(|()| out.flush())
            .with_context(|| why.clone())?;
        drop(out);
        self.draft.as_file().sync_all().with_context(|| why.clone())?;
        self.draft.persist(&self.path).map_err(|error| error.error).with_context(|| why)?;
        Ok(self.shown)
    }
}

/// Drafts that become files like any other: readable as the user's mask says.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".backprop-tutor-").suffix(".json");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}
