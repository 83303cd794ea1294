//! `run --verify` without a file: asks for the answers one by one on the
//! terminal. Every answer is on disk before the next question.

mod kept;
mod usual;

use std::io::{ErrorKind, IsTerminal, Write};

use anyhow::{Context, bail};
use rustyline::DefaultEditor;
use rustyline::config::Config;
use rustyline::error::ReadlineError;

use super::args::RunArgs;
use super::screen;
use super::terminal_modes::{TerminalModes, forget_typed};
use crate::document::{Block, Limits, asking as page};
use crate::export::terminal;
use crate::name::Name;
use crate::num::Precision;
use crate::typeset::Typesetter;
use crate::verify::asking::{Asking, Reply};
use crate::verify::{Marker, Sheet};
pub(super) use kept::KeptAnswers;

/// Fails where nobody can be asked.
pub(super) fn check_terminal() -> anyhow::Result<()> {
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        return Ok(());
    }
    bail!(
        "--verify without a file asks on a terminal, and this is none\n  help: give the answers with --verify FILE, or --verify - for standard input"
    )
}

/// Asks until the last question or until the student stops; returns the
/// answers.
pub(super) fn ask(
    args: &RunArgs,
    title: &str,
    marker: &Marker<'_>,
    digits: Precision,
    only: Option<&[Name]>,
    kept: KeptAnswers,
) -> anyhow::Result<Sheet> {
    let lesson = marker.lesson();
    let asking = Asking::new(marker, only, kept.sheet.clone(), &kept.untold());
    let request = page::AskingRequest { lesson, digits, limits: Limits::READABLE };
    let mut dialogue = Dialogue { args, request, asking, kept, editor: editor()? };
    // The file is there from the start: a path that cannot be written to is
    // told before the first answer.
    dialogue.keep()?;
    let (kept_in, by_hand) = (dialogue.kept.shown(), dialogue.kept.by_hand_shown());
    let place = page::AnswersPlace { kept_in: &kept_in, by_hand: by_hand.as_deref() };
    let opening = page::opening(request, title, place, dialogue.asking.progress());
    dialogue.show(&opening)?;
    dialogue.run()?;
    Ok(dialogue.asking.sheet().clone())
}

/// Questions, typed lines and replies.
struct Dialogue<'a> {
    args: &'a RunArgs,
    request: page::AskingRequest<'a>,
    asking: Asking<'a>,
    kept: KeptAnswers,
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
            let prompt = Typesetter::new(naming, look, false).line(&page::prompt(&question));
            let line = match self.editor.readline(&prompt) {
                Ok(line) => line,
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => break,
                Err(ReadlineError::Signal(_)) => continue,
                Err(ReadlineError::Io(error)) if error.kind() == ErrorKind::InvalidData => {
                    // What follows belongs to a line that is not read.
                    forget_typed();
                    self.gap()?;
                    self.show(&[page::unreadable_bytes()])?;
                    continue;
                }
                Err(error) => return Err(error).context("the terminal cannot be read"),
            };
            let reply = self.asking.take(&line);
            if reply.changes_sheet() {
                self.keep()?;
            }
            let blocks = page::reply(self.request, &reply);
            self.show(&blocks)?;
            if blocks.len() > 1 || matches!(blocks[..], [Block::Facts(_)]) {
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
