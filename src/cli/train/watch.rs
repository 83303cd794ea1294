//! Looking on while a network is trained: progress on a terminal, Ctrl-C, and
//! the lessons of updates that are traced.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::args::{PageFormat, Train};
use crate::cli::exercise;
use crate::cli::screen;
use crate::document::{self, Block, Inline, Limits};
use crate::export::{json, terminal};
use crate::lesson::{Exercise, Lesson, Settings};
use crate::math::Notation;
use crate::network::{Network, Reduction};
use crate::num;
use crate::scenario::Scenario;
use crate::telling::{Pace, Telling, Walk};
use crate::train::{Data, Plan, Real, Watch, Wish};

/// How long an epoch may go on after Ctrl-C before it is left in the middle.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long a second Ctrl-C has to come before the program just ends.
const CALLED_TWICE: u8 = 2;

/// How often the progress is drawn anew.
const REFRESH: Duration = Duration::from_millis(100);

/// Progress that is over before this is not shown.
const SHOWN_AFTER: Duration = Duration::from_millis(500);

/// Looks on.
pub(super) struct Looking<'a, R> {
    args: &'a Train,
    scenario: &'a Scenario,
    plan: &'a Plan,
    data: &'a Data<R>,
    /// How often Ctrl-C was pressed, and since when that is known.
    called: Arc<AtomicU8>,
    since: Option<Instant>,
    bar: Option<ProgressBar>,
    started: Instant,
    drawn: Instant,
    /// Lessons as JSON, until the descent is over.
    traces: Vec<u8>,
    /// Whether what is traced can be written.
    result: io::Result<()>,
    /// The first update whose lesson cannot be worked, and why.
    unworked: anyhow::Result<()>,
}

/// What is left of looking on.
pub(super) struct Watched {
    /// The lessons that go into the JSON.
    pub(super) traces: Vec<u8>,
    /// Why some that were asked for are missing.
    pub(super) missing: anyhow::Result<()>,
}

impl<'a, R: Real> Looking<'a, R> {
    pub(super) fn new(
        args: &'a Train,
        scenario: &'a Scenario,
        plan: &'a Plan,
        data: &'a Data<R>,
    ) -> anyhow::Result<Self> {
        let called = Arc::new(AtomicU8::new(0));
        let heard = Arc::clone(&called);
        ctrlc::set_handler(move || {
            if heard.fetch_add(1, Ordering::Relaxed) + 1 >= CALLED_TWICE {
                // As a shell reports a program that Ctrl-C ended.
                std::process::exit(130);
            }
        })
        .context("cannot listen for Ctrl-C")?;
        let now = Instant::now();
        Ok(Self {
            args,
            scenario,
            plan,
            data,
            called,
            since: None,
            bar: io::stderr().is_terminal().then(|| bar(plan.epochs)),
            started: now,
            drawn: now,
            traces: Vec::new(),
            result: Ok(()),
            unworked: Ok(()),
        })
    }

    /// Clears the progress; what was seen.
    ///
    /// # Errors
    /// When a lesson cannot be written.
    pub(super) fn finish(self) -> io::Result<Watched> {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        self.result.map(|()| Watched { traces: self.traces, missing: self.unworked })
    }

    /// Prints the lesson of an update, or keeps it for the JSON. One that cannot be
    /// worked is noted, and the descent goes on.
    fn trace(
        &mut self,
        update: u64,
        network: &Network,
        row: usize,
        batch: usize,
    ) -> io::Result<()> {
        let sample = self.data.sample(row);
        let step = Exercise {
            network,
            sample: &sample,
            learning_rate: Some(self.plan.rule.rate),
            update_biases: self.plan.rule.update_biases,
        };
        // The step of a batch is not the step of its first sample.
        let settings = Settings { apply: batch == 1, ..Settings::default() };
        let lesson = match exercise::compute(step, settings) {
            Ok(lesson) => lesson,
            Err(why) => {
                if self.unworked.is_ok() {
                    self.unworked = Err(why).with_context(|| format!("--trace {update}"));
                }
                return Ok(());
            }
        };
        match self.args.format {
            PageFormat::Text => self.page(update, &lesson, row, batch),
            PageFormat::Json => self.object(&lesson),
            // It is refused before.
            PageFormat::Html | PageFormat::Latex | PageFormat::Beamer | PageFormat::Markdown => {
                Ok(())
            }
        }
    }

    fn page(&self, update: u64, lesson: &Lesson<'_>, row: usize, batch: usize) -> io::Result<()> {
        let title = format!("Update {update}: {}", self.scenario.title);
        let page = document::page(document::LessonRequest {
            lesson,
            title: &title,
            source: None,
            sample: None,
            digits: exercise::digits(self.args.digits, self.scenario),
            limits: if self.args.all { Limits::NONE } else { Limits::READABLE },
            notation: Notation::Linear,
            telling: Telling {
                walk: Walk::First,
                only: None,
                theory: false,
                has_checks: false,
                most_layers: if self.args.all { usize::MAX } else { Limits::READABLE.layers },
                pace: Pace::Sections,
            },
            checks: &[],
            notes: &[],
        });
        let mut page: Vec<Block<'_>> = page.collect();
        page.insert(1, Block::Prose(vec![Inline::text(self.about(row, batch))]));
        let look = screen::look(self.args.look);
        let print = || {
            let mut out = io::stdout().lock();
            terminal::write(&page, lesson.naming(), look, &mut out)?;
            writeln!(out)?;
            out.flush()
        };
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// What the lesson of an update is.
    fn about(&self, row: usize, batch: usize) -> String {
        let weights = "The weights are those before this update.";
        if batch == 1 {
            return format!("{weights} It follows the gradient of sample {}.", row + 1);
        }
        let joined = Reduction::of_mean(self.plan.rule.mean).word();
        format!(
            "{weights} It follows the {joined} of the gradients of {batch} samples; this lesson works the first of them, sample {}.",
            row + 1
        )
    }

    fn object(&mut self, lesson: &Lesson<'_>) -> io::Result<()> {
        if !self.traces.is_empty() {
            self.traces.extend_from_slice(b",\n");
        }
        let request = json::LessonJson {
            lesson,
            title: &self.scenario.title,
            source: self.scenario.source.as_deref(),
            digits: exercise::digits(self.args.digits, self.scenario),
            only: None,
            checks: &[],
        };
        json::write(&request, &mut self.traces)
    }
}

impl<R: Real> Watch for Looking<'_, R> {
    fn moment(&mut self, update: u64, network: Network, row: usize, batch: usize) {
        if self.result.is_ok() {
            self.result = self.trace(update, &network, row, batch);
        }
    }

    fn reached(&mut self, epoch: u64, loss: Option<f64>, part: Option<usize>) {
        let Some(bar) = &self.bar else { return };
        let now = Instant::now();
        if now - self.drawn < REFRESH || now - self.started < SHOWN_AFTER {
            return;
        }
        self.drawn = now;
        bar.set_position(epoch);
        if let Some(loss) = loss {
            let over = part.map_or_else(String::new, over);
            bar.set_message(num::show(loss, 6) + &over);
            bar.set_style(style(self.plan.epochs, over.len()));
        }
        bar.tick();
    }

    fn wish(&mut self) -> Wish {
        if self.result.is_err() {
            return Wish::EndNow;
        }
        if self.called.load(Ordering::Relaxed) == 0 {
            return Wish::GoOn;
        }
        let since = *self.since.get_or_insert_with(Instant::now);
        if since.elapsed() > PATIENCE { Wish::EndNow } else { Wish::EndEpoch }
    }
}

/// What a loss is over, where it is not all samples.
fn over(part: usize) -> String {
    format!(" over {}", num::counted(part, "sample"))
}

fn bar(epochs: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(epochs), ProgressDrawTarget::stderr());
    bar.with_style(style(epochs, 0))
}

/// How progress looks, with so many more characters behind the loss.
fn style(epochs: u64, more: usize) -> ProgressStyle {
    let width = terminal_size::terminal_size().map_or(0, |(width, _)| usize::from(width.0));
    let style = ProgressStyle::with_template(template(epochs, width, more));
    style.map_or_else(|_| ProgressStyle::default_bar(), |style| style.progress_chars("=> "))
}

/// A progress that is one line in a window of this width: what is wrapped
/// cannot be cleared.
fn template(epochs: u64, width: usize, more: usize) -> &'static str {
    // Two counts, and 70 for the words, the time, the loss, a bar of twenty, and
    // the ^C that a terminal writes behind it.
    let needed = 70 + 2 * epochs.to_string().len() + more;
    match width {
        _ if width >= needed => "epoch {pos} of {len} [{bar:20}] {eta} left, R_emp {msg}",
        // A loss is not shown without what it is over.
        _ if more > 0 && width < 60 => "epoch {pos}",
        _ => "epoch {pos}, R_emp {msg}",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_progress_is_one_line() {
        for epochs in [1, 100_000_000, u64::MAX] {
            for (width, part) in [40, 60, 80, 100, 200]
                .into_iter()
                .flat_map(|width| [None, Some(512), Some(60_000_000)].map(|part| (width, part)))
            {
                let more = part.map_or_else(String::new, over).len();
                let template = template(epochs, width, more);
                ProgressStyle::with_template(template).unwrap();
                let count = epochs.to_string().len();
                let words = match (template.contains("{bar"), template.contains("{msg")) {
                    (true, _) => {
                        "epoch  of  [] 999d left, R_emp 1.234567e-300^C".len()
                            + 20
                            + 2 * count
                            + more
                    }
                    (_, true) => "epoch , R_emp ^C".len() + count + more,
                    (_, false) => "epoch ^C".len() + count,
                };
                assert!(words <= width, "{epochs} {width} {part:?}");
            }
        }
    }
}
