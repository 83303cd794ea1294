//! `run --verify` without a file: asks for the answers one by one on the
//! terminal. Every answer is on disk before the next question.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rustyline::DefaultEditor;
use rustyline::config::Config;
use rustyline::error::ReadlineError;

use super::args::Run;
use super::screen;
use super::terminal_modes::TerminalModes;
use crate::document::{Block, Limits, asking as page};
use crate::export::{scenario_json, sheet_json, terminal};
use crate::lesson::Exercise;
use crate::name::Name;
use crate::network::Network;
use crate::num::Precision;
use crate::scenario::embedded;
use crate::source::draft;
use crate::text::harmless;
use crate::verify::asking::{Asking, Reply};
use crate::verify::{self, Marker, Sheet};

/// The folder of this program in the user's state folder.
const FOLDER: &str = "backprop-tutor";

/// Where answers are kept, and what is there already.
pub(super) struct Kept {
    path: PathBuf,
    /// The answers so far.
    pub(super) sheet: Sheet,
}

/// Fails where nobody can be asked.
pub(super) fn check_terminal() -> anyhow::Result<()> {
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        return Ok(());
    }
    bail!(
        "--verify without a file asks on a terminal, and this is none\n  help: give the answers with --verify FILE, or --verify - for standard input"
    )
}

impl Kept {
    /// Opens what `--save` names, or the file of this exercise in the user's
    /// state folder; begins anew with `--restart`.
    pub(super) fn open(args: &Run, exercise: &Exercise<'_>) -> anyhow::Result<Self> {
        let path = match args.save.as_deref() {
            Some("-") => bail!("--save -: give the path of a file; you are asked on this terminal"),
            Some(path) => PathBuf::from(path),
            None => usual_path(args, exercise)?,
        };
        let sheet = if args.restart || !path.exists() {
            Sheet::default()
        } else {
            verify::load(&path.to_string_lossy(), exercise.network)
                .context("these are the answers kept so far; --restart begins anew")?
        };
        Ok(Self { path, sheet })
    }

    fn write(&self, sheet: &Sheet, network: &Network) -> anyhow::Result<()> {
        let mut text = Vec::new();
        sheet_json::write(sheet, network.naming(), &mut text)?;
        draft::replace(&self.path, &text)
            .with_context(|| "the answers cannot be kept; --save FILE picks another place")
    }

    /// The path, for people.
    fn shown(&self) -> String {
        let path = self.path.to_string_lossy();
        let home = dirs::home_dir().map(|home| home.to_string_lossy().into_owned());
        let below = home.as_deref().and_then(|home| path.strip_prefix(home));
        let shown = below.filter(|below| below.starts_with('/'));
        harmless(&shown.map_or_else(|| path.to_string(), |below| format!("~{below}"))).into_owned()
    }
}

/// Asks until the last question or until the student stops; returns the
/// answers.
pub(super) fn ask(
    args: &Run,
    title: &str,
    marker: &Marker<'_>,
    digits: Precision,
    only: Option<&[Name]>,
    kept: Kept,
) -> anyhow::Result<Sheet> {
    let lesson = marker.lesson();
    let asking = Asking::new(marker, only, kept.sheet.clone());
    let request = page::Request { lesson, digits, addends: Limits::READABLE.addends };
    let mut dialogue = Dialogue { args, request, asking, kept, editor: editor()? };
    // The file is there from the start: a path that cannot be written to is
    // told before the first answer.
    dialogue.keep()?;
    let opening = page::opening(title, digits, &dialogue.kept.shown(), dialogue.asking.progress());
    dialogue.show(&opening)?;
    dialogue.run()?;
    Ok(dialogue.asking.sheet().clone())
}

/// Questions, typed lines and replies.
struct Dialogue<'a> {
    args: &'a Run,
    request: page::Request<'a>,
    asking: Asking<'a>,
    kept: Kept,
    editor: DefaultEditor,
}

impl Dialogue<'_> {
    fn run(&mut self) -> anyhow::Result<()> {
        let _modes = TerminalModes::restored_on_signals()?;
        let mut section = None;
        while let Some(question) = self.asking.question() {
            if section.replace(question.section) != Some(question.section) {
                self.gap()?;
                self.show(&[page::section(question.section)])?;
            }
            let look = screen::look(self.args.look);
            let naming = self.request.lesson.naming();
            let prompt = terminal::line(&page::prompt(&question), naming, look);
            let line = match self.editor.readline(&prompt) {
                Ok(line) => line,
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => break,
                Err(ReadlineError::Signal(_)) => continue,
                Err(error) => return Err(error).context("the terminal cannot be read"),
            };
            let reply = self.asking.take(&line);
            if matches!(reply, Reply::Judged(_) | Reply::Hint(..)) {
                self.keep()?;
            }
            let blocks = page::reply(self.request, &reply);
            self.show(&blocks)?;
            if blocks.len() > 1 {
                self.gap()?;
            }
            if matches!(reply, Reply::Stopped) {
                break;
            }
        }
        self.gap()
    }

    fn keep(&self) -> anyhow::Result<()> {
        self.kept.write(self.asking.sheet(), self.request.lesson.network())
    }

    /// An empty line.
    fn gap(&self) -> anyhow::Result<()> {
        Ok(writeln!(std::io::stdout().lock())?)
    }

    fn show(&self, blocks: &[Block<'_>]) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        let look = screen::look(self.args.look);
        terminal::write(blocks, self.request.lesson.naming(), look, &mut out)?;
        Ok(out.flush()?)
    }
}

fn editor() -> anyhow::Result<DefaultEditor> {
    // Nothing but modes is to be set back after a signal.
    let config = Config::builder().bracketed_paste(false).build();
    DefaultEditor::with_config(config).context("the terminal cannot be read")
}

/// A file in the user's state folder, named after the scenario and the sample.
/// A scenario that is a file can change: the name then also tells the numbers
/// that were asked about, so that no answer meets another network.
fn usual_path(args: &Run, exercise: &Exercise<'_>) -> anyhow::Result<PathBuf> {
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
