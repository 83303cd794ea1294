//! Section "Why backwards": what caching saves, counted for this network.

use super::block::{Align, Block, Column, Inline, Table};
use super::page::Page;
use crate::num;

/// The title of the section.
pub(super) const TITLE: &str = "Why backwards";

pub(super) fn write(page: &mut Page<'_>) {
    page.heading(TITLE);
    let cost = page.lesson.cost();
    let weights = page.lesson.network().weights();
    page.say(format!(
        "Multiplications for the gradients of {} of this network, once the forward pass and the \
         factors are known:",
        if weights == 1 { "the one weight".to_owned() } else { format!("all {weights} weights") }
    ));
    let rows = [
        ("backwards, each error signal computed once and cached", cost.backward),
        ("forwards, each weight followed to the loss on its own", cost.forward),
        ("no caching, each chain multiplied out from the start", cost.uncached),
    ];
    let rows = rows
        .map(|(way, count)| vec![vec![Inline::text(way)], vec![Inline::text(num::show(count, 0))]]);
    let columns = vec![
        Column { title: "way", align: Align::Flowing },
        Column { title: "multiplications", align: Align::Decimal },
    ];
    page.push(Block::Table(Table { columns, rows: rows.into(), left_out: 0 }));
    if let Some(sentence) = conclusion(page) {
        page.say(sentence);
    }
}

/// How much caching saves, where it does.
pub(super) fn conclusion(page: &Page<'_>) -> Option<String> {
    let cost = page.lesson.cost();
    let next = cost.forward.min(cost.uncached);
    (cost.backward < next).then(|| {
        let ratio = num::show(num::round(next / cost.backward, 1), 1);
        format!(
            "So going backwards takes {ratio} times fewer here. The deeper and wider a network, the \
             more it saves."
        )
    })
}
