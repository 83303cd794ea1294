//! Progress on a terminal, of what takes long.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::source::file;

/// What is over before this shows no progress.
const SHOWN_AFTER: Duration = Duration::from_millis(500);

/// Progress on standard error, where that is a terminal.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
}

impl Progress {
    /// As a template says it, in one line: what is wrapped cannot be cleared.
    pub(super) fn new(template: &str) -> Self {
        let bar = || {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            match ProgressStyle::with_template(template) {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        };
        Self { bar: io::stderr().is_terminal().then(bar), started: Instant::now() }
    }

    /// So much is done, of so much where that is known.
    pub(super) fn tell(&self, done: u64, all: Option<u64>) {
        if let Some(bar) = &self.bar
            && self.started.elapsed() > SHOWN_AFTER
        {
            bar.update(|state| {
                if let Some(all) = all {
                    state.set_len(all);
                }
                state.set_pos(done);
            });
        }
    }

    /// Takes it off the terminal.
    pub(super) fn clear(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A way out that says how much has gone through it.
pub(super) struct WatchedOutput<W> {
    out: W,
    written: u64,
    progress: Progress,
}

impl<W: Write> WatchedOutput<W> {
    /// To a file.
    pub(super) fn to_file(out: W) -> Self {
        Self {
            out,
            written: 0,
            progress: Progress::new("{decimal_bytes} written, {decimal_bytes_per_sec}"),
        }
    }

    /// To standard output, watched where that is a file: at the other end of a pipe may
    /// be a pager, which has the terminal to itself.
    pub(super) fn to_stdout(out: W) -> Self {
        if io::stderr().is_terminal() && file::is_standard_output() {
            Self::to_file(out)
        } else {
            Self { out, written: 0, progress: Progress { bar: None, started: Instant::now() } }
        }
    }

    /// Takes the progress off the terminal.
    pub(super) fn clear(self) {
        self.progress.clear();
    }
}

impl<W: Write> Write for WatchedOutput<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.written += count as u64;
        self.progress.tell(self.written, None);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
