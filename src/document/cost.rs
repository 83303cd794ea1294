//! Section "Why backwards": what caching saves, counted for this network.

use compact_str::{CompactString, format_compact};

use super::block::{Align, Block, Column, Inline, Table};
use super::page::Page;
use crate::num;

/// The title of the section.
pub(super) const TITLE: &str = "Why backwards";

pub(super) fn write(page: &mut Page<'_>) {
    let cost = page.lesson.cost();
    let weights = page.lesson.network().weights();
    page.say(format!(
        "Multiplications for the gradients of {} of this network, once the forward pass and the \
         factors are known:",
        if weights == 1 {
            "the one weight".into()
        } else {
            format_compact!("all {} weights", num::count(weights))
        }
    ));
    let backwards = if page.lesson.network().is_one_neuron() {
        "backwards, the common part computed once and cached"
    } else {
        "backwards, each error signal computed once and cached"
    };
    let rows = [
        (backwards, cost.backward),
        ("forwards, each weight followed to the loss on its own", cost.forward),
        ("no caching, each chain multiplied out from the start", cost.uncached),
    ];
    let rows =
        rows.map(|(way, count)| vec![vec![Inline::text(way)], vec![Inline::text(shown(count))]]);
    let columns = vec![
        Column { title: "way", align: Align::Flowing },
        Column { title: "multiplications", align: Align::Count },
    ];
    page.push(Block::Table(Table { columns, rows: rows.into(), left_out: 0 }));
    if let Some(sentence) = conclusion(page) {
        page.say(sentence);
    }
}

/// Without caching, a count can leave the range of whole numbers.
fn shown(count: f64) -> CompactString {
    if count < 1e15 { num::count(count as usize) } else { num::show(count, 0) }
}

/// How much caching saves, where it does.
fn conclusion(page: &Page<'_>) -> Option<String> {
    let cost = page.lesson.cost();
    let next = cost.forward.min(cost.uncached);
    (cost.backward < next).then(|| {
        format!(
            "So going backwards takes {} multiplications here instead of {}. The deeper and wider a \
             network, the more it saves.",
            shown(cost.backward),
            shown(next)
        )
    })
}
