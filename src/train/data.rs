//! Observations in two flat matrices, one row each: what goes in, and what
//! should come out.

use super::real::Real;
use crate::network::{Network, Sample};

/// The observations that a network is trained on, or tried on.
#[derive(Clone, Debug, PartialEq)]
pub struct Data<R> {
    inputs: usize,
    targets: usize,
    count: usize,
    x: Vec<R>,
    y: Vec<R>,
}

impl<R: Real> Data<R> {
    /// No observations yet, for rows of so many inputs and targets. A loss
    /// without targets has rows of none.
    pub const fn new(inputs: usize, targets: usize) -> Self {
        Self { inputs, targets, count: 0, x: Vec::new(), y: Vec::new() }
    }

    /// The samples of a network.
    pub fn of(network: &Network, samples: &[Sample]) -> Self {
        let targets = samples.first().map_or(0, |sample| sample.y.len());
        let mut data = Self::new(network.inputs(), targets);
        for sample in samples {
            data.push(&sample.x, &sample.y);
        }
        data
    }

    /// Adds an observation.
    ///
    /// # Panics
    /// If it has another shape than the others.
    pub fn push(&mut self, x: &[f64], y: &[f64]) {
        assert_eq!((x.len(), y.len()), (self.inputs, self.targets), "observations have one shape");
        self.x.extend(x.iter().copied().map(R::of));
        self.y.extend(y.iter().copied().map(R::of));
        self.count += 1;
    }

    /// The observations that are chosen, and the others.
    pub fn part(self, chosen: impl Fn(usize) -> bool) -> (Self, Self) {
        let mut parts = [true, false].map(|_| Self::new(self.inputs, self.targets));
        for row in 0..self.count {
            let part = &mut parts[usize::from(!chosen(row))];
            part.x.extend_from_slice(self.x(row));
            part.y.extend_from_slice(self.y(row));
            part.count += 1;
        }
        let [those, others] = parts;
        (those, others)
    }

    /// These observations, in this order.
    pub(super) fn chosen(&self, rows: impl Iterator<Item = usize>) -> Self {
        let mut those = Self::new(self.inputs, self.targets);
        for row in rows {
            those.x.extend_from_slice(self.x(row));
            those.y.extend_from_slice(self.y(row));
            those.count += 1;
        }
        those
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// What goes in at an observation.
    #[inline(always)]
    pub fn x(&self, row: usize) -> &[R] {
        &self.x[row * self.inputs..][..self.inputs]
    }

    /// What should come out.
    #[inline(always)]
    pub fn y(&self, row: usize) -> &[R] {
        &self.y[row * self.targets..][..self.targets]
    }

    /// What goes in at several observations that follow each other.
    #[inline(always)]
    pub(super) fn rows(&self, first: usize, count: usize) -> &[R] {
        &self.x[first * self.inputs..][..count * self.inputs]
    }

    /// An observation, as it was read.
    pub fn sample(&self, row: usize) -> Sample {
        let wide = |values: &[R]| values.iter().map(|value| value.wide()).collect();
        Sample { x: wide(self.x(row)), y: wide(self.y(row)) }
    }
}

/// The observations of one update.
#[derive(Clone, Copy, Debug)]
pub struct Observations<'a> {
    /// The first of them, in the order they are taken in.
    pub first: usize,
    /// How many.
    pub count: usize,
    /// The order they are taken in, where it is not that of the data.
    pub order: Option<&'a [u32]>,
}

impl Observations<'_> {
    /// The observation at a place of the batch.
    #[inline(always)]
    pub fn row(&self, at: usize) -> usize {
        match self.order {
            Some(order) => order[self.first + at] as usize,
            None => self.first + at,
        }
    }

    /// A part of the batch, of at most so many.
    pub(super) fn part(&self, first: usize, most: usize) -> Self {
        let count = most.min(self.count.saturating_sub(first));
        Self { first: self.first + first, count, order: self.order }
    }
}
