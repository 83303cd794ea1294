//! The driver for everything that is no terminal: all steps as plain text, one
//! after the other, without waiting.

use std::io::{self, Write};

use compact_str::format_compact;

use super::scene::{Body, Scene};
use super::steps::Moment;
use super::walkthrough::Walkthrough;
use crate::document::figure::Figure;
use crate::document::{Block, Inline, Line, topic};
use crate::export::terminal;
use crate::math::{Form, Role};
use crate::name::{Name, Symbol};
use crate::typeset::Terminal;

/// Writes the steps from a position on.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(
    walk: &Walkthrough<'_>,
    from: usize,
    terminal: Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    let naming = walk.lesson().naming();
    terminal::write(&[Block::Title(walk.title.to_owned())], naming, terminal, out)?;
    let mut part = None;
    for position in from..walk.steps().len() {
        let scene = walk.scene(position, walk.beats(position));
        let mut blocks = Vec::new();
        if part != Some(scene.step.part) {
            part = Some(scene.step.part);
            blocks.push(heading(format!("== {} ==", scene.step.part.title(naming))));
        }
        blocks.push(title(walk, &scene, position));
        if position == 0 {
            blocks.push(drawing(walk));
        }
        blocks.extend(told(scene));
        writeln!(out)?;
        terminal::write(&blocks, naming, terminal, out)?;
    }
    Ok(())
}

fn heading(text: String) -> Block<'static> {
    Block::Prose(vec![Inline::Text(text.into(), Role::Heading)])
}

/// `Step 4 of 49: z1_out`
fn title(walk: &Walkthrough<'_>, scene: &Scene<'_>, position: usize) -> Block<'static> {
    let mut line = vec![Inline::Text(
        format_compact!("Step {} of {}: ", position + 1, walk.steps().len()),
        Role::Heading,
    )];
    if let Moment::Rows(alike) = scene.step.moment {
        line.push(Inline::Math(Form::Name(alike.name(walk.lesson(), 0), Role::Heading)));
        line.push(" to ".into());
    }
    line.push(match scene.step.moment {
        Moment::Told(subject) => {
            Inline::Text(topic::title(scene.step.part, subject).into(), Role::Heading)
        }
        Moment::Chain(walked) => {
            Inline::Math(Form::Name(Name::loss_by(walked.parameter), Role::Heading))
        }
        Moment::Rows(alike) => {
            let last = alike.count(walk.lesson()) - 1;
            Inline::Math(Form::Name(alike.name(walk.lesson(), last), Role::Heading))
        }
        Moment::Factor(..) | Moment::Product(_) | Moment::Quantity(_) | Moment::Shortcut(_) => {
            let name = scene.step.quantity(walk.lesson());
            name.map_or("".into(), |name| Inline::Math(Form::Name(name, Role::Heading)))
        }
    });
    Block::Prose(line)
}

/// The network with all that is given.
fn drawing<'a>(walk: &Walkthrough<'a>) -> Block<'a> {
    let readings = walk.readings;
    let value = move |name: Name| {
        let Name::Value(symbol) = name else { return None };
        let given = matches!(symbol, Symbol::Input(_) | Symbol::Target(_))
            || readings.lesson.is_parameter(symbol);
        (given && readings.lesson.has(name)).then(|| readings.text(name))
    };
    Block::Figure(Figure::new(readings.lesson.network(), value))
}

fn told(scene: Scene<'_>) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    if !scene.why.is_empty() {
        blocks.push(Block::Prose(scene.why));
    }
    match scene.body {
        Body::Equation { left, full, mut rights, seen, .. } => {
            rights.truncate(seen);
            let rights = full.into_iter().chain(rights).collect();
            blocks.push(Block::Equation { left, rights });
        }
        Body::Blocks(told) => blocks.extend(told),
    }
    if let Some(chain) = scene.chain
        && chain.factors.iter().any(|factor| factor.value.is_none())
        && let Some((product, value)) = chain.so_far
    {
        let product = Inline::Math(Form::Name(product, Role::Known));
        let line: Line = vec!["The product so far: ".into(), product, format!(" = {value}").into()];
        blocks.push(Block::Prose(line));
    }
    blocks.extend(scene.remark.map(Block::Prose));
    blocks
}
