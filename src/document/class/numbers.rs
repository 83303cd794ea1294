//! The wrong numbers that several students share: what to explain in the next
//! lecture, and, without a verdict, what two students alone have in common.

use super::ClassRequest;
use crate::class::SharedNumber;
use crate::document::block::{Align, Block, Column, Inline, Table};
use crate::document::report::name;
use crate::math::Role;
use crate::num;

/// Rows of such a table, unless all are asked for.
const MOST: usize = 20;

pub(super) fn shared<'a>(request: &ClassRequest<'_>) -> Vec<Block<'a>> {
    let pairs = request.statistics.pairs();
    let mut shared = request.statistics.shared();
    // What only two share, for a reason that nobody knows, stands below.
    let is_of_a_pair = |one: &SharedNumber| pairs.iter().any(|(_, numbers)| numbers.contains(&one));
    shared.retain(|one| !is_of_a_pair(one));
    if shared.is_empty() && pairs.is_empty() {
        return vec![Block::Prose(vec!["No wrong number stands on two sheets.".into()])];
    }
    let mut blocks = Vec::new();
    if !shared.is_empty() {
        let columns = Column::all([
            ("quantity", Align::Label),
            ("number", Align::Decimal),
            ("students", Align::Count),
            ("slip", Align::Label),
        ]);
        let (shown, left_out) = cut(&shared, request.all);
        let rows = shown.iter().map(|one| {
            vec![
                vec![name(one.name)],
                vec![Inline::text(one.number.clone())],
                vec![Inline::text(num::count(one.students))],
                vec![Inline::text(one.slip.map_or("unexplained", |slip| slip.code()))],
            ]
        });
        blocks.push(Block::Table(Table { columns, rows: rows.collect(), left_out }));
    }
    if !pairs.is_empty() {
        blocks.push(Block::Prose(vec![
            "Numbers that two students alone have, and no slip explains. There may be a good \
             reason; a common mistake is one."
                .into(),
        ]));
        let columns = Column::all([("students", Align::Flowing), ("numbers", Align::Flowing)]);
        let (shown, left_out) = cut(&pairs, request.all);
        let rows = shown.iter().map(|([one, other], numbers)| {
            let mut text = Vec::new();
            for (at, shared) in numbers.iter().enumerate() {
                text.push(Inline::Text(if at == 0 { "" } else { ", " }.into(), Role::Plain));
                text.push(name(shared.name));
                text.push(Inline::text(format!(" = {}", shared.number)));
            }
            vec![vec![Inline::text(format!("{one}, {other}"))], text]
        });
        blocks.push(Block::Table(Table { columns, rows: rows.collect(), left_out }));
    }
    blocks
}

fn cut<T>(all: &[T], is_all: bool) -> (&[T], usize) {
    let shown = if is_all { all.len() } else { all.len().min(MOST) };
    (&all[..shown], all.len() - shown)
}
