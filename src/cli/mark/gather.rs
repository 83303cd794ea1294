//! Goes through the pile, portion by portion, and writes what comes of it.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::order::OrderKey;
use super::{feedback, grades};
use crate::class::{Class, Pile, SeenSheet, Statistics, Who};
use crate::cli::args::When;
use crate::cli::args::class::{Mark, Marks};
use crate::cli::screen;
use crate::document::class::{self as page, MOST_ROWS, StudentRow};
use crate::export::{class_csv, class_json, terminal};
use crate::scenario::Scenario;

/// All that marking needs.
pub(super) struct Gather<'g, 'c> {
    pub(super) args: &'g Mark,
    pub(super) class: &'g Class<'c>,
    /// The exercise, or one of many.
    pub(super) example: &'g Scenario,
    pub(super) pool: &'g rayon::ThreadPool,
}

/// What is left of one sheet.
struct Done {
    row: StudentRow,
    is_common: bool,
    /// Its part of the output.
    text: Vec<u8>,
    /// The page for the student.
    page: Vec<u8>,
    key: Option<OrderKey>,
}

impl Gather<'_, '_> {
    /// Marks everything and writes it.
    pub(super) fn all(&self, pile: &mut Pile, out: &mut impl Write) -> anyhow::Result<()> {
        match self.args.format {
            Marks::Jsonl => self.stream(pile, out),
            Marks::Gradescope | Marks::Prairielearn => self.submission(pile, out),
            Marks::Text | Marks::Json | Marks::Csv | Marks::Moodle | Marks::Canvas => {
                self.whole(pile, out)
            }
        }
    }

    /// One line out for each sheet, as soon as it is marked; nothing is kept.
    fn stream(&self, pile: &mut Pile, out: &mut impl Write) -> anyhow::Result<()> {
        let mut before = 0;
        while let Some(portion) = pile.portion()? {
            let line = |at, seen: SeenSheet<'_>| self.json(before + at, &seen, false);
            let lines = self.pool.install(|| self.class.each(&portion, &line));
            for line in &lines {
                out.write_all(line)?;
                out.write_all(b"\n")?;
            }
            before += lines.len();
            // Whoever waits for these answers gets them.
            out.flush()?;
        }
        Ok(())
    }

    fn whole(&self, pile: &mut Pile, out: &mut impl Write) -> anyhow::Result<()> {
        let format = self.args.format;
        let asked: Vec<_> = self.class.exam.map(|exam| exam.asked().collect()).unwrap_or_default();
        let mut statistics = Statistics::new(asked.into_iter());
        let progress = progress(pile.count());
        let (mut kept, mut left_out, mut before) = (Vec::new(), 0, 0);
        if format == Marks::Json {
            class_json::begin(&self.example.title, super::hash(self.class.exam), out)?;
        } else if format == Marks::Csv {
            out.write_all(&class_csv::header())?;
        }
        let is_kept = matches!(format, Marks::Text) || self.args.sort.is_some();
        let most = if self.args.all || self.args.sort.is_some() { usize::MAX } else { MOST_ROWS };
        let mut pages = self
            .args
            .feedback
            .as_deref()
            .map(|folder| feedback::Pages::new(folder, self.args.feedback_format));
        let mut grades = Vec::new();
        let mut count = 0;
        while let Some(portion) = pile.portion()? {
            let one = |at, seen: SeenSheet<'_>| self.done(before + at, seen);
            let all = self.pool.install(|| self.class.each(&portion, &one));
            before += all.len();
            progress.inc(all.len() as u64);
            for mut done in all {
                let (who, result) = &done.row;
                if let Some(pages) = &mut pages {
                    pages.write(who, &std::mem::take(&mut done.page))?;
                }
                if self.args.gradebook.is_some() {
                    grades.push(grades::grade(who, result, self.example));
                }
                statistics.add(result.as_ref(), done.is_common, &|| who.id.clone());
                if !is_kept {
                    separate(format, count, out)?;
                    out.write_all(&done.text)?;
                } else if kept.len() < most {
                    kept.push(done);
                } else {
                    left_out += 1;
                }
                count += 1;
            }
        }
        progress.finish_and_clear();
        if let Some(by) = self.args.sort {
            kept.sort_by(|a, b| match (&a.key, &b.key) {
                (Some(a), Some(b)) => a.compare(b, by),
                _ => std::cmp::Ordering::Equal,
            });
            if format == Marks::Text && !self.args.all && kept.len() > MOST_ROWS {
                left_out += kept.len() - MOST_ROWS;
                kept.truncate(MOST_ROWS);
            }
        }
        if self.args.gradebook.is_some() {
            return grades::fill(self.args, &grades, &self.example.title, out);
        }
        let naming = super::naming(self.example);
        if format == Marks::Text {
            let rows: Vec<StudentRow> = kept.into_iter().map(|done| done.row).collect();
            let blocks = page::page(&page::ClassRequest {
                title: &self.example.title,
                rows: &rows,
                left_out,
                statistics: &statistics,
                all: self.args.all,
            });
            let mut look = screen::look(self.args.look);
            // A file is no terminal.
            look.colour &= self.args.output.is_none() || self.args.look.color == When::Always;
            terminal::write(&blocks, naming, look, out)?;
            return Ok(());
        }
        for (at, done) in kept.iter().enumerate() {
            separate(format, at, out)?;
            out.write_all(&done.text)?;
        }
        if format == Marks::Json {
            class_json::end(&statistics, naming, out)?;
        }
        Ok(())
    }

    fn done(&self, at: usize, seen: SeenSheet<'_>) -> Done {
        let text = if self.args.format == Marks::Json {
            self.json(at, &seen, true)
        } else if self.args.format == Marks::Csv {
            class_csv::row(&seen, self.alias(at).as_deref())
        } else {
            Vec::new()
        };
        let page = self
            .args
            .feedback
            .is_some()
            .then(|| feedback::page(&seen, self.args.feedback_format, &self.example.title));
        let key = self.args.sort.is_some().then(|| OrderKey::of(&seen));
        let who = match self.alias(at) {
            Some(alias) => Who::of_id(&alias),
            None => seen.who(),
        };
        let page = page.unwrap_or_default();
        Done { row: (who, seen.result), is_common: seen.is_common, text, page, key }
    }

    fn json(&self, at: usize, seen: &SeenSheet<'_>, names: bool) -> Vec<u8> {
        let alias = self.alias(at);
        let options = class_json::Options { id: alias.as_deref(), lines: self.args.lines, names };
        let mut text = Vec::with_capacity(160);
        // Memory takes everything.
        let _ = class_json::record(seen, options, &mut text);
        text
    }

    /// What stands for a student where nobody is to be named.
    fn alias(&self, at: usize) -> Option<String> {
        self.args.anonymous.then(|| format!("student {}", at + 1))
    }
}

fn separate(format: Marks, at: usize, out: &mut impl Write) -> std::io::Result<()> {
    if format == Marks::Json { out.write_all(if at == 0 { b"\n" } else { b",\n" }) } else { Ok(()) }
}

/// Progress on a terminal, where there is one to look at.
fn progress(count: Option<usize>) -> ProgressBar {
    if !std::io::stderr().is_terminal() || count == Some(0) {
        return ProgressBar::hidden();
    }
    let count = count.map(|count| count as u64);
    let bar = ProgressBar::with_draw_target(count, ProgressDrawTarget::stderr());
    let template = if count.is_some() {
        "{pos} of {len} sheets [{bar:20}] {eta} left"
    } else {
        "{pos} sheets, {per_sec}"
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    }
}
