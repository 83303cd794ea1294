//! `list`: the scenarios that come with the program.

use std::process::ExitCode;

use anyhow::Context;

use super::args::List;
use super::{output, screen};
use crate::document::{Align, Block, Column, Inline, Table};
use crate::export::terminal;
use crate::math::Role;
use crate::name::Naming;
use crate::scenario::{self, embedded};

pub(super) fn run(args: &List) -> anyhow::Result<ExitCode> {
    let mut rows = Vec::new();
    for entry in embedded::all() {
        let scenario = scenario::read(entry.text.as_bytes(), entry.name)
            .with_context(|| format!("the embedded scenario {}", entry.name))?;
        rows.push(vec![
            vec![Inline::Text(entry.name.into(), Role::New)],
            vec![Inline::text(scenario.network.shape())],
            vec![Inline::text(scenario.title)],
        ]);
    }
    let columns = Column::all([
        ("name", Align::Label),
        ("network", Align::Label),
        ("exercise", Align::Flowing),
    ]);
    let blocks = [
        Block::Table(Table { columns, rows, left_out: 0 }),
        Block::Prose(vec!["Work one with: backprop-tutor run NAME".into()]),
    ];
    // No quantity is named here, so any naming will do.
    let naming = Naming::new(1, 1);
    output::print(|mut out| terminal::write(&blocks, naming, screen::look(args.look), &mut out))?;
    Ok(ExitCode::SUCCESS)
}
