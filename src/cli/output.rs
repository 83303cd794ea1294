//! Where output goes: standard output, or with `--output` a file that is replaced
//! as a whole.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, bail};

use super::args::Output;
use super::progress::WatchedOutput;
use crate::source::draft::Draft;

/// Calls `write` with where the output goes. A file is there as a whole on return;
/// where anything fails it is as it was.
///
/// # Errors
/// When the file cannot be written, and those of `write`.
pub(super) fn write(
    output: &Output,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let Some(path) = output.output.as_deref() else { return print(write) };
    if path == "-" {
        bail!("--output -: give the path of a file, or leave it out for standard output");
    }
    let mut draft = Draft::open(Path::new(path)).context("--output")?;
    let mut out = BufWriter::new(WatchedOutput::to_file(&mut draft));
    let written = write(&mut out).and_then(|()| out.flush());
    out.into_parts().0.clear();
    written.context("--output")?;
    draft.finish().context("--output")
}

/// Calls `write` with standard output.
///
/// # Errors
/// When it cannot be written to, and those of `write`.
pub(super) fn print<E>(write: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> anyhow::Result<()>
where
    anyhow::Error: From<E>,
{
    let mut out = BufWriter::new(WatchedOutput::to_stdout(io::stdout().lock()));
    let written = write(&mut out).map_err(anyhow::Error::from);
    let written = written.and_then(|()| Ok(out.flush()?));
    out.into_parts().0.clear();
    written
}
