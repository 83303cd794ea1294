//! What all parts of the page share: what is written, the tables that
//! quantities stand in, and the remarks that are due once.

use std::ops::Deref;
use std::rc::Rc;

use compact_str::CompactString;

use super::Readings;
use super::block::{Align, Block, Column, Inline, Line, Table};
use super::long_table::LongTable;
use super::quantities::{Group, Quantities};
use crate::lesson::Lesson;
use crate::math::{Form, Sign};
use crate::name::Name;

/// How much of the lesson is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Rows of one group of a table; a longer one shows only its first few.
    pub rows: usize,
    /// Rows of a group that is too long.
    pub first_rows: usize,
    /// Layers; the middle of a deeper network is left out.
    pub layers: usize,
    /// Addends of one sum.
    pub addends: usize,
    /// Rows and columns of a matrix.
    pub matrix: usize,
}

impl Limits {
    /// What a person reads.
    pub const READABLE: Self = Self { rows: 16, first_rows: 4, layers: 10, addends: 8, matrix: 6 };
    /// What an audience reads on a slide.
    pub const SLIDE: Self = Self { rows: 6, first_rows: 3, addends: 4, ..Self::READABLE };
    /// Everything; of matrices what still looks like one, since their numbers stand
    /// in tables too.
    pub const NONE: Self = Self {
        rows: usize::MAX,
        first_rows: usize::MAX,
        layers: usize::MAX,
        addends: usize::MAX,
        matrix: 100,
    };

    /// Rows shown of a group of so many.
    pub(super) const fn shown(self, rows: usize) -> usize {
        if rows <= self.rows { rows } else { self.first_rows }
    }
}

/// Parameters of a network whose tables are made row by row.
const LONG: usize = 20_000;

/// A page that is being written.
pub(super) struct Page<'a> {
    readings: Readings<'a>,
    blocks: Vec<Block<'a>>,
    section: usize,
    /// Whether the reader knows that factors are rounded for show.
    told_of_rounding: bool,
}

/// A page says `page.name(of)`, as its readings do.
impl<'a> Deref for Page<'a> {
    type Target = Readings<'a>;

    fn deref(&self) -> &Self::Target {
        &self.readings
    }
}

impl<'a> Page<'a> {
    pub(super) const fn new(readings: Readings<'a>) -> Self {
        Self { readings, blocks: Vec::new(), section: 0, told_of_rounding: false }
    }

    /// An empty page of another lesson, read in the same way.
    pub(super) const fn of_lesson<'b>(&self, lesson: &'b Lesson<'b>) -> Page<'b>
    where
        'a: 'b,
    {
        Page::new(Readings { lesson, ..self.readings })
    }

    /// What has been written since the last time.
    pub(super) fn take_blocks(&mut self) -> Vec<Block<'a>> {
        std::mem::take(&mut self.blocks)
    }

    // What is written.

    pub(super) fn push(&mut self, block: Block<'a>) {
        self.blocks.push(block);
    }

    pub(super) fn heading(&mut self, title: &'static str) {
        self.section += 1;
        self.push(Block::Heading(self.section, title));
    }

    pub(super) fn subheading(&mut self, line: impl IntoIterator<Item = Inline>) {
        self.push(Block::Subheading(line.into_iter().collect()));
    }

    pub(super) fn prose(&mut self, line: impl IntoIterator<Item = Inline>) {
        self.push(Block::Prose(line.into_iter().collect()));
    }

    pub(super) fn say(&mut self, text: impl Into<CompactString>) {
        self.prose([Inline::text(text)]);
    }

    /// A quantity as its formula, its numbers and its value, one under the
    /// other; what repeats the line above is left out.
    pub(super) fn derivation(&mut self, name: Name) {
        let mut rights = self.rights(name);
        let is_signal = self.lesson.naming().is_signal(name);
        if is_signal {
            rights.insert(0, self.full_name(name));
        }
        self.push(Block::Equation { left: self.name(name), rights });
        if !is_signal {
            self.say_what_signals_are(name);
        }
        self.remark_on_rounding([name]);
        self.remark_on_carried([name]);
    }

    /// Says what `δ1` stands for, where a formula uses it.
    fn say_what_signals_are(&mut self, name: Name) {
        let mut first = None;
        if let Some(expr) = self.lesson.expression(name) {
            let naming = self.lesson.naming();
            expr.for_each_leaf(&mut |leaf| {
                if naming.is_signal(leaf) {
                    first.get_or_insert(leaf);
                }
            });
        }
        if let Some(signal) = first {
            let (short, full) = (self.name(signal), self.full_name(signal));
            self.prose([
                short.into(),
                " stands for ".into(),
                full.into(),
                ", an error signal.".into(),
            ]);
        }
    }

    /// Says which carried numbers stand behind a quantity.
    pub(super) fn remark_on_carried_behind(&mut self, name: Name) {
        for carried in self.lesson.carried_behind(name) {
            if carried == name {
                continue;
            }
            let Some(computed) = self.lesson.computed_where_carried(carried) else { continue };
            self.prose([
                "Behind this stands ".into(),
                self.name(carried).into(),
                " = ".into(),
                self.value(carried).into(),
                ", carried as the source prints it; it comes to ".into(),
                Inline::text(self.show(computed)),
                " here".into(),
                Inline::hint(", and --exact goes on with that"),
                ".".into(),
            ]);
        }
    }

    // Tables of quantities.

    /// A table with a row for each quantity, group after group.
    pub(super) fn quantity_table(&mut self, first: Option<&'static str>, groups: Vec<Group<'a>>) {
        let quantities = Rc::new(Quantities::new(self.readings, first, groups));
        let (columns, count) = (quantities.columns(), quantities.count());
        if self.is_long() {
            let rows = Rc::clone(&quantities);
            let table = LongTable::new(columns, count, move |at| rows.row(at));
            self.push(Block::LongTable(table));
        } else {
            let rows = (0..count).map(|at| quantities.row(at)).collect();
            let left_out = quantities.left_out();
            self.push(Block::Table(Table { columns, rows, left_out }));
        }
        self.remark_on_rounding(quantities.names());
        self.remark_on_carried(quantities.names());
    }

    /// Whether tables are not to stand in memory as a whole.
    fn is_long(&self) -> bool {
        self.limits == Limits::NONE && self.lesson.network().parameters() > LONG
    }

    /// The layers that are shown: all, or of a deep network the first and last.
    pub(super) fn layers(&self) -> Vec<u32> {
        let depth = self.lesson.network().depth();
        let half = (self.limits.layers / 2).try_into().unwrap_or(u32::MAX);
        if depth as usize <= self.limits.layers {
            (0..depth).collect()
        } else {
            (0..half).chain(depth - half..depth).collect()
        }
    }

    /// Rows shown of a group.
    pub(super) fn shown(&self, rows: usize) -> usize {
        self.limits.shown(rows)
    }

    // Remarks that are due once.

    /// Says once that numbers are rounded for show, at the first line whose
    /// printed numbers do not give the printed value.
    pub(super) fn remark_on_rounding(&mut self, names: impl IntoIterator<Item = Name>) {
        if self.told_of_rounding {
            return;
        }
        let told = |name| Some((name, self.as_printed(name)?));
        let Some((name, product)) = names.into_iter().find_map(told) else { return };
        self.told_of_rounding = true;
        self.prose([
            "(The numbers are rounded for show only; all digits are carried. So a line worked out as \
             printed may differ in its last digit: here "
                .into(),
            self.name(name).into(),
            format!(" would come to {product}.)").into(),
        ]);
    }

    /// Says why a number is carried, where the scenario says it.
    pub(super) fn remark_on_carried(&mut self, names: impl IntoIterator<Item = Name>) {
        let remarks: Vec<Line> =
            names.into_iter().filter_map(|name| self.readings.remark_on_carried(name)).collect();
        for remark in remarks {
            self.prose(remark);
        }
    }
}

/// Columns of a table of [`Readings::row`]s.
pub fn quantity_columns() -> Vec<Column> {
    Column::all([
        ("quantity", Align::Label),
        ("formula", Align::Flowing),
        ("with numbers", Align::Flowing),
        ("value", Align::Decimal),
    ])
}

/// `a = b`
pub(super) fn equals(left: impl Into<Form>, right: impl Into<Form>) -> Form {
    Form::Row(vec![left.into(), Form::Sign(Sign::Equals), right.into()])
}
