//! Quantities that stand together in a table, group after group.

use compact_str::format_compact;

use super::Readings;
use super::block::{Align, Column, Inline, Line};
use super::page::quantity_columns;
use crate::math::Role;
use crate::name::{Name, Symbol};
use crate::num;

/// Some of them.
pub(super) struct Group<'n> {
    /// What the first row is labelled with.
    pub(super) label: String,
    /// How many there are.
    pub(super) count: usize,
    /// The quantity at a place.
    pub(super) name: Box<dyn Fn(usize) -> Name + 'n>,
}

impl<'n> Group<'n> {
    pub(super) fn new(
        label: impl Into<String>,
        count: usize,
        name: impl Fn(usize) -> Name + 'n,
    ) -> Self {
        Self { label: label.into(), count, name: Box::new(name) }
    }

    /// A row of dots for what is left out.
    pub(super) fn gap() -> Self {
        Self::new("…", 0, |_| Name::Value(Symbol::Loss))
    }

    /// The names of a list.
    pub(super) fn listed(label: impl Into<String>, names: Vec<Name>) -> Self {
        Self::new(label, names.len(), move |at| names[at])
    }
}

/// The rows of a table of quantities. Long groups are shortened; rows that are not
/// shown are not built.
pub(super) struct Quantities<'a> {
    readings: Readings<'a>,
    /// The title of a column of labels, if there is one.
    first: Option<&'static str>,
    groups: Vec<Group<'a>>,
    /// The row behind the last of each group.
    ends: Vec<usize>,
}

impl<'a> Quantities<'a> {
    pub(super) fn new(
        readings: Readings<'a>,
        first: Option<&'static str>,
        groups: Vec<Group<'a>>,
    ) -> Self {
        let mut end = 0;
        let rows = |group: &Group<'_>| {
            let shown = readings.limits.shown(group.count);
            shown + usize::from(group.count == 0 || shown < group.count)
        };
        let ends = groups.iter().map(|group| {
            end += rows(group);
            end
        });
        let ends = ends.collect();
        Self { readings, first, groups, ends }
    }

    pub(super) fn columns(&self) -> Vec<Column> {
        let first = self.first.map(|title| Column { title, align: Align::Label });
        first.into_iter().chain(quantity_columns()).collect()
    }

    pub(super) fn count(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Quantities that are not shown.
    pub(super) fn left_out(&self) -> usize {
        let left_out = |group: &Group<'_>| group.count - self.readings.limits.shown(group.count);
        self.groups.iter().map(left_out).sum()
    }

    /// The quantities that are shown.
    pub(super) fn names(&self) -> impl Iterator<Item = Name> {
        self.groups.iter().flat_map(|group| {
            (0..self.readings.limits.shown(group.count)).map(|at| (group.name)(at))
        })
    }

    pub(super) fn row(&self, row: usize) -> Vec<Line> {
        let in_group = self.ends.partition_point(|end| *end <= row);
        let group = &self.groups[in_group];
        let at = row - in_group.checked_sub(1).map_or(0, |before| self.ends[before]);
        let shown = self.readings.limits.shown(group.count);
        if at < shown {
            let mut cells = self.readings.row((group.name)(at));
            if self.first.is_some() {
                let label = if at == 0 { group.label.clone() } else { String::new() };
                cells.insert(0, vec![Inline::text(label)]);
            }
            return cells;
        }
        let mut cells = vec![Vec::new(); self.columns().len()];
        if group.count == 0 {
            cells[0] = vec![group.label.clone().into()];
        } else {
            let more = format_compact!("… {} more", num::count(group.count - shown));
            cells[usize::from(self.first.is_some())] = vec![Inline::Text(more, Role::Faint)];
        }
        cells
    }
}
