//! The program without a word: on a terminal it lists its exercises, and goes on
//! with what is chosen.

use std::io::IsTerminal;
use std::process::{Command, ExitCode};

use anyhow::Context;

use super::args::{GroundArg, LookArgs as Asked, When};
use super::screen;
use crate::scenario::{self, embedded};
use crate::step::StepLook;
use crate::step::fullscreen::{self, Ending, Stage};
use crate::step::menu::{Entry, Menu};

/// Whether somebody is there to choose.
pub fn is_possible() -> bool {
    std::io::stdin().is_terminal() && screen::is_drawable()
}

/// Lets somebody choose an exercise and what to do with it, and does that.
///
/// # Errors
/// When the terminal cannot be used, and those of what was chosen.
pub fn run() -> anyhow::Result<ExitCode> {
    let asked = Asked { color: When::Auto, theme: GroundArg::Auto, ascii: false };
    let colour = screen::look(asked).colour.then(|| screen::theme(asked, true));
    let mut menu = Menu::new(entries()?, StepLook { colour, ascii: false });
    let mut stage = Stage::take(colour.is_some())
        .context("the list needs a terminal that it can draw on and read keys from")?;
    let ending = stage.play(&mut menu, None)?;
    drop(stage);
    if let Ending::Signal(signal) = ending {
        fullscreen::end_by(signal)?;
    }
    let Some((entry, deed)) = menu.chosen() else { return Ok(ExitCode::SUCCESS) };
    go_on_with(&deed.words(entry))
}

fn entries() -> anyhow::Result<Vec<Entry>> {
    let entry = |embedded: &'static embedded::Embedded| {
        let name = embedded.name;
        let scenario = scenario::read(embedded.text.as_bytes(), name)
            .with_context(|| format!("the embedded scenario {name}"))?;
        let has_update = scenario.learning_rate.is_some();
        Ok(Entry { name, shape: scenario.network.shape(), title: scenario.title, has_update })
    };
    embedded::all().iter().map(entry).collect()
}

/// Starts the program again with these words. A process of its own has nothing
/// left of the list: no thread that reads keys, no signal that is watched.
fn go_on_with(words: &[&str]) -> anyhow::Result<ExitCode> {
    let mut command =
        Command::new(std::env::current_exe().context("the program finds itself no more")?);
    command.args(words);
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(command.exec()).context("the program cannot be started again")
    }
    #[cfg(not(unix))]
    {
        let status = command.status().context("the program cannot be started again")?;
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
    }
}
