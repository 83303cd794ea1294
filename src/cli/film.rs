//! `run --step --record FILE`: the recording and the file it goes to.

use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, bail};

use crate::export::cast::{self, Cast};
use crate::source::draft::Draft;

/// A file that a recording goes to. Until the recording is complete nothing is
/// changed.
pub(super) struct Film(Draft);

impl Film {
    /// Makes sure that the file can be written, before anything is recorded.
    pub(super) fn open(path: &str) -> anyhow::Result<Self> {
        if path == "-" {
            bail!("--record -: give the path of a file, such as lesson.cast");
        }
        Ok(Self(Draft::open(Path::new(path)).context("--record")?))
    }

    /// Writes the recording.
    pub(super) fn finish(mut self, cast: &Cast) -> anyhow::Result<()> {
        let mut out = BufWriter::new(&mut self.0);
        cast::write(cast, &mut out).and_then(|()| out.flush()).context("--record")?;
        drop(out);
        self.0.finish().context("--record")
    }
}
