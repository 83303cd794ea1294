//! By how much the loss of one sample changes when one weight or bias is moved:
//! many moves side by side.
//!
//! Moving a weight changes one term of one `z_in`: the new `z_in` is the old one
//! and `(w' - w)·x`. From there on, every sum is the old one and what has changed
//! in it. No slope of anything is used.
//!
//! Moves are rows that go through the layers together. A row joins at the layer
//! of its parameter; rows that change nothing any more end.

use super::base::Base;
use super::compiled::{Choices, Compiled, CoupledLayer, Formula, Units};
use crate::expr::ValueRow;

/// So many rows go together: they and what they change stay in the caches.
pub(super) const ROWS: usize = 64;

/// One move.
#[derive(Clone, Copy)]
pub(super) struct Move {
    pub(super) layer: usize,
    pub(super) unit: usize,
    /// By how much the input of the unit changes.
    pub(super) by: f64,
    /// Where its change of the loss is added.
    pub(super) place: usize,
}

/// Moves many rows; what it needs is kept from one time to the next.
pub(super) struct Mover<'a> {
    compiled: &'a Compiled<'a>,
    choices: Choices,
    /// Inputs of the units of a layer, a row for each unit, a number in it for
    /// each move.
    z: Vec<f64>,
    /// By how much their outputs have changed.
    delta: Vec<f64>,
    pile: Vec<f64>,
}

impl<'a> Mover<'a> {
    pub(super) const fn new(compiled: &'a Compiled<'a>, choices: Choices) -> Self {
        Self { compiled, choices, z: Vec::new(), delta: Vec::new(), pile: Vec::new() }
    }

    /// Adds by how much each move changes the loss. The moves are at most
    /// [`ROWS`], ordered by layer.
    pub(super) fn add(&mut self, base: &Base, moves: &[Move], changes: &mut [f64]) {
        let Some(first) = moves.first() else { return };
        let (mut layer, mut begun) = (first.layer, 0);
        // Whether `z` is that of this layer; else nothing has changed so far.
        let mut under_way = false;
        loop {
            let fresh = moves[begun..].iter().take_while(|row| row.layer == layer).count();
            let fresh = begun..begun + fresh;
            if under_way {
                for (at, row) in fresh.clone().zip(&moves[fresh.clone()]) {
                    self.z[row.unit * moves.len() + at] += row.by;
                }
            }
            if layer + 1 == self.compiled.layers.len() {
                match (&self.compiled.layers[layer], under_way) {
                    (Units::Each(formula), true) => self.end(formula, base, moves, changes),
                    (Units::Each(formula), false) => {
                        self.end_alone(formula, base, &moves[fresh], changes);
                    }
                    (Units::Together(together), _) => {
                        // The rows before have ended.
                        let rows = if under_way { moves } else { &moves[fresh] };
                        self.end_together(together, base, rows, under_way, changes);
                    }
                }
                return;
            }
            if let Units::Each(formula) = &self.compiled.layers[layer] {
                under_way = if under_way {
                    self.go_on(formula, base, layer, moves.len())
                } else {
                    self.begin(formula, base, moves, fresh.clone())
                };
            }
            begun = fresh.end;
            match moves.get(begun) {
                _ if under_way => layer += 1,
                Some(next) => layer = next.layer,
                None => return,
            }
        }
    }

    /// What single units do, each row's own: by how much their outputs change.
    /// `z` are the rows' inputs, in order.
    fn outs_of(&mut self, formula: &Formula, base: &Base, rows: &[Move]) {
        self.delta.clear();
        self.delta.resize(rows.len(), 0.0);
        self.for_each_kind(base, rows, |mover, program, places| {
            let z: Vec<f64> = places.iter().map(|at| moved(base, &rows[*at])).collect();
            formula.program_of(program).run(&[ValueRow::Each(&z)], z.len(), &mut mover.pile);
            for (at, out) in places.iter().zip(&mover.pile) {
                mover.delta[*at] = out - base.out[rows[*at].layer][rows[*at].unit];
            }
        });
    }

    /// Calls `work` with the rows whose units go by the same program.
    fn for_each_kind(
        &mut self,
        base: &Base,
        rows: &[Move],
        mut work: impl FnMut(&mut Self, usize, &[usize]),
    ) {
        let kind = |row: &Move| Formula::kind(self.choices, base.z[row.layer][row.unit]);
        let kinds: Vec<usize> = rows.iter().map(kind).collect();
        for kind in 0..Formula::KINDS {
            let places: Vec<usize> = (0..rows.len()).filter(|at| kinds[*at] == kind).collect();
            if !places.is_empty() {
                work(self, kind, &places);
            }
        }
    }

    /// The first layer of some rows: each changes one unit. Says whether any
    /// output changes.
    fn begin(
        &mut self,
        formula: &Formula,
        base: &Base,
        moves: &[Move],
        fresh: std::ops::Range<usize>,
    ) -> bool {
        let rows = &moves[fresh.clone()];
        self.outs_of(formula, base, rows);
        if self.delta.iter().all(|delta| *delta == 0.0) {
            return false;
        }
        let layer = rows[0].layer;
        let weights = self.compiled.network.layers[layer + 1].weights.values();
        let next = &base.z[layer + 1];
        self.z.clear();
        for (to, z) in next.iter().enumerate() {
            let first = self.z.len() + fresh.start;
            self.z.resize(self.z.len() + moves.len(), *z);
            let changes = rows.iter().zip(&self.delta);
            for (z, (row, delta)) in self.z[first..].iter_mut().zip(changes) {
                *z += weights[row.unit * next.len() + to] * delta;
            }
        }
        true
    }

    /// A layer that rows go through: all its units change. Says whether any
    /// output does.
    fn go_on(&mut self, formula: &Formula, base: &Base, layer: usize, count: usize) -> bool {
        let units = base.z[layer].len();
        self.delta.clear();
        let mut moving = Vec::with_capacity(units);
        for unit in 0..units {
            let program = formula.program(self.choices, base.z[layer][unit]);
            let z = &self.z[unit * count..][..count];
            program.run(&[ValueRow::Each(z)], count, &mut self.pile);
            let out = base.out[layer][unit];
            self.delta.extend(self.pile.iter().map(|value| value - out));
            if self.delta[unit * count..].iter().any(|delta| *delta != 0.0) {
                moving.push(unit);
            }
        }
        if moving.is_empty() {
            return false;
        }
        let weights = self.compiled.network.layers[layer + 1].weights.values();
        let next = &base.z[layer + 1];
        self.z.clear();
        for (to, z) in next.iter().enumerate() {
            self.z.resize(self.z.len() + count, *z);
            let sums = &mut self.z[to * count..][..count];
            add_products(sums, &moving, &self.delta, |from| weights[from * next.len() + to]);
        }
        true
    }

    /// The loss of rows that have come through all layers.
    fn end(&mut self, formula: &Formula, base: &Base, moves: &[Move], changes: &mut [f64]) {
        let (count, last) = (moves.len(), base.z.len() - 1);
        let mut outs = Vec::new();
        for &output in &base.counting {
            let z = &self.z[output * count..][..count];
            let here = base.z[last][output];
            if self.compiled.term_needs_out {
                formula.program(self.choices, here).run(&[ValueRow::Each(z)], count, &mut outs);
            } else {
                outs.resize(count, 0.0);
            }
            let nothing = ValueRow::Same(0.0);
            let y = ValueRow::Same(base.target(output));
            let rows = [y, ValueRow::Each(z), ValueRow::Each(&outs), nothing, nothing];
            self.compiled.term.program(self.choices, here).run(&rows, count, &mut self.pile);
            self.add_terms(moves, |_| base.terms[output], changes);
        }
    }

    /// The loss of rows that begin at the last layer: each changes one output.
    fn end_alone(&mut self, formula: &Formula, base: &Base, rows: &[Move], changes: &mut [f64]) {
        self.for_each_kind(base, rows, |mover, kind, places| {
            let rows: Vec<Move> = places.iter().map(|at| rows[*at]).collect();
            let count = rows.len();
            let z: Vec<f64> = rows.iter().map(|row| moved(base, row)).collect();
            let y: Vec<f64> = rows.iter().map(|row| base.target(row.unit)).collect();
            formula.program_of(kind).run(&[ValueRow::Each(&z)], count, &mut mover.delta);
            let nothing = ValueRow::Same(0.0);
            let places = [
                ValueRow::Each(&y),
                ValueRow::Each(&z),
                ValueRow::Each(&mover.delta),
                nothing,
                nothing,
            ];
            mover.compiled.term.program_of(kind).run(&places, count, &mut mover.pile);
            mover.add_terms(&rows, |row| base.terms[row.unit], changes);
        });
    }

    /// The loss where the outputs are coupled: one that moves moves them all.
    fn end_together(
        &mut self,
        together: &CoupledLayer,
        base: &Base,
        rows: &[Move],
        under_way: bool,
        changes: &mut [f64],
    ) {
        let (count, last) = (rows.len(), base.z.len() - 1);
        let part = together.part.program(Choices::Anew, 0.0);
        let common = &base.common;
        let shift = ValueRow::Same(common.shift);
        let mut total = vec![common.total; count];
        if under_way {
            for (output, before) in common.parts.iter().enumerate() {
                let z = ValueRow::Each(&self.z[output * count..][..count]);
                part.run(&[z, shift], count, &mut self.pile);
                for (total, part) in total.iter_mut().zip(&self.pile) {
                    *total += part - before;
                }
            }
        } else {
            let z: Vec<f64> = rows.iter().map(|row| moved(base, row)).collect();
            part.run(&[ValueRow::Each(&z), shift], count, &mut self.pile);
            for ((total, part), row) in total.iter_mut().zip(&self.pile).zip(rows) {
                *total += part - common.parts[row.unit];
            }
        }
        let (mut z, mut outs) = (Vec::new(), vec![0.0; count]);
        for &output in &base.counting {
            z.clear();
            if under_way {
                z.extend_from_slice(&self.z[output * count..][..count]);
            } else {
                let stays = base.z[last][output];
                z.extend(
                    rows.iter()
                        .map(|row| if row.unit == output { moved(base, row) } else { stays }),
                );
            }
            if self.compiled.term_needs_out {
                part.run(&[ValueRow::Each(&z), shift], count, &mut self.pile);
                let share = together.share.program(Choices::Anew, 0.0);
                share.run(&[ValueRow::Each(&self.pile), ValueRow::Each(&total)], count, &mut outs);
            }
            let y = ValueRow::Same(base.target(output));
            let places =
                [y, ValueRow::Each(&z), ValueRow::Each(&outs), shift, ValueRow::Each(&total)];
            let program = self.compiled.term.program(Choices::Anew, 0.0);
            program.run(&places, count, &mut self.pile);
            self.add_terms(rows, |_| base.terms[output], changes);
        }
    }

    /// Adds by how much the terms on the pile differ from what they were.
    fn add_terms(&self, rows: &[Move], before: impl Fn(&Move) -> f64, changes: &mut [f64]) {
        for (row, term) in rows.iter().zip(&self.pile) {
            changes[row.place] += (term - before(row)) / self.compiled.divisor;
        }
    }
}

/// The input of the unit that a move changes.
fn moved(base: &Base, row: &Move) -> f64 {
    base.z[row.layer][row.unit] + row.by
}

/// Adds to every sum the products of weights and changes, four at a time.
fn add_products(sums: &mut [f64], moving: &[usize], delta: &[f64], weight: impl Fn(usize) -> f64) {
    let count = sums.len();
    let row = |from: usize| &delta[from * count..][..count];
    let mut fours = moving.chunks_exact(4);
    for four in &mut fours {
        let [a, b, c, d] = [0, 1, 2, 3].map(|at| (weight(four[at]), row(four[at])));
        for (at, sum) in sums.iter_mut().enumerate() {
            *sum += (a.0 * a.1[at] + b.0 * b.1[at]) + (c.0 * c.1[at] + d.0 * d.1[at]);
        }
    }
    for &from in fours.remainder() {
        let (weight, row) = (weight(from), row(from));
        sums.iter_mut().zip(row).for_each(|(sum, delta)| *sum += weight * delta);
    }
}
