//! What is said beside a new exercise: that it asks for more digits than usual, and
//! what it does not tell apart.

use std::io::{self, Write};

use crate::cli::args::class::New;
use crate::document::Block;
use crate::document::lint::page;
use crate::exercise::{Drawn, ExerciseShape};
use crate::export::terminal;
use crate::num::{self, Precision};
use crate::text::harmless;
use crate::typeset::Terminal;

/// Columns of a note.
const WIDTH: usize = 80;

/// Decimals that nobody needs to be told of.
const USUAL: Precision = Precision::Decimals(4);

/// Students who are named.
const MOST_NAMED: usize = 10;

/// Says which digits are asked, where the shape decides.
pub(super) fn digits(args: &New, shape: &ExerciseShape, err: &mut impl Write) -> io::Result<()> {
    let is_asked = args.digits.digits.is_some() || args.digits.significant.is_some();
    if is_asked || shape.digits == USUAL {
        return Ok(());
    }
    let (digits, shape) = (shape.digits, shape.text());
    writeln!(err, "note: asked with {digits}: with {USUAL} the gradients of {shape} have too few")
}

/// Says what an exercise does not tell apart.
pub(super) fn one(shape: &ExerciseShape, drawn: &Drawn, err: &mut impl Write) -> io::Result<()> {
    if let Some(too_large) = drawn.too_large {
        return writeln!(err, "note: {too_large}, and nobody has looked for slips in it");
    }
    if drawn.findings.is_empty() {
        return Ok(());
    }
    let draws = num::count(drawn.draws);
    writeln!(err, "note: of {draws} exercises none tells everything apart; of this one remain:")?;
    let blocks = page(&shape.text(), &drawn.findings, shape.digits);
    // The title is that of the exercise, which is on standard output.
    let blocks = blocks.into_iter().filter(|block| !matches!(block, Block::Title(_)));
    let look = Terminal { width: WIDTH, colour: false, ascii: false };
    terminal::write(blocks, drawn.network.naming(), look, err)
}

/// Says of which exercises something remains, that `lint` tells.
pub(super) fn of_many(ids: &[String], err: &mut impl Write) -> io::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let named: Vec<_> = ids.iter().take(MOST_NAMED).map(|id| harmless(id)).collect();
    let more = if ids.len() > MOST_NAMED { ", ..." } else { "" };
    let count = num::counted(ids.len(), "exercise");
    writeln!(
        err,
        "note: {count} cannot tell everything apart ({}{more}); lint says what of each",
        named.join(", ")
    )
}
