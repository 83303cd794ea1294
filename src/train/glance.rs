//! Which observations the losses of the curve are taken over.
//!
//! Going through all of them after each epoch costs a third to a half of what the
//! epoch itself costs, so where there are many, a point of the curve looks at a fixed
//! part of them. The first loss and the last are always over all, and so is every
//! one that decides whether to go on. None of this touches a weight.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

use super::data::Data;
use super::descent::Plan;
use super::real::Real;

/// Epochs' worth of observations for one that is looked at. Looking at one costs up
/// to half of a step on it, so this makes at most 3 % of the time.
const SPARSE: usize = 16;

/// Fewer say too little: the losses of so many have a mean that is off by about 4 %
/// of how much they differ.
const FEWEST: usize = 512;

/// Multiplications of an epoch up to which a curve over everything is too cheap to
/// be thinned: some 70 ms for all its points.
const CHEAP: usize = 20_000_000;

/// What it costs to look at an observation with a network of no size.
const EACH: usize = 4_000;

/// What a point of the curve looks at.
#[derive(Debug)]
pub(super) struct Glance<R> {
    /// The observations, where they are not all.
    pub(super) part: Option<Data<R>>,
    /// Epochs from one point to the next.
    pub(super) spacing: u64,
}

impl<R: Real> Glance<R> {
    /// What the curve of a plan looks at, with an engine that does so many
    /// multiplications in a step.
    pub(super) fn of(data: &Data<R>, plan: &Plan, work: usize) -> Self {
        let count = data.len();
        let is_cheap = work.saturating_add(EACH).saturating_mul(count) <= CHEAP;
        if is_cheap || plan.until.is_some() {
            return Self { part: None, spacing: 1 };
        }
        let seen = (count / SPARSE).max(FEWEST).min(count);
        let part = (seen < count).then(|| spread(data, seen));
        Self { part, spacing: (SPARSE * seen).div_ceil(count) as u64 }
    }
}

/// So many observations, one from each of as many pieces that the data is cut into:
/// evenly spread, but in no step that something in the data might keep too.
fn spread<R: Real>(data: &Data<R>, count: usize) -> Data<R> {
    let mut generator = Pcg64::new(0, 0);
    let start = |piece: usize| (piece as u128 * data.len() as u128 / count as u128) as usize;
    let rows = (0..count).map(|piece| {
        let (from, to) = (start(piece), start(piece + 1));
        from + (generator.next_u64() % (to - from) as u64) as usize
    });
    data.chosen(rows)
}

#[cfg(test)]
mod tests {
    use super::super::engine::Rule;
    use super::*;

    fn numbered(count: usize) -> Data<f64> {
        let mut data = Data::new(1, 0);
        (0..count).for_each(|row| data.push(&[row as f64], &[]));
        data
    }

    fn plan(until: Option<f64>) -> Plan {
        let rule = Rule { rate: 1.0, mean: true, update_biases: true };
        Plan { epochs: 10, batch: 1, rule, until, seed: None, traces: Vec::new() }
    }

    #[test]
    fn a_part_has_one_of_each_piece_and_is_always_the_same() {
        for (count, of) in [(1, 1), (3, 10), (512, 2_049), (625, 10_007)] {
            let data = numbered(of);
            let part = spread(&data, count);
            assert_eq!(part, spread(&data, count));
            assert_eq!(part.len(), count);
            for piece in 0..count {
                let row = part.x(piece)[0] as usize;
                assert!(piece * of / count <= row && row < (piece + 1) * of / count, "{piece}");
            }
        }
        // Classes that come by turns are all there, though 16 and 10 have a factor in common.
        let part = spread(&numbered(16_000), 1_000);
        for class in 0..10 {
            let of_class = (0..1_000).filter(|row| part.x(*row)[0] as usize % 10 == class);
            assert!((60..=140).contains(&of_class.count()), "{class}");
        }
    }

    #[test]
    fn looking_is_a_sixteenth_of_the_work_or_costs_next_to_nothing() {
        for work in [1, 100, 7_000, 300_000, 1_600_000] {
            for count in [1, 4, 200, 1_797, 4_000, 5_000, 60_000] {
                let data = numbered(count);
                let Glance { part, spacing } = Glance::of(&data, &plan(None), work);
                let seen = part.as_ref().map_or(count, Data::len);
                let is_cheap = (work + EACH) * count <= CHEAP;
                assert_eq!(is_cheap, spacing as usize * count < SPARSE * seen, "{work} {count}");
                assert!(seen >= FEWEST.min(count));
                assert!(!is_cheap || part.is_none());
                let all = Glance::of(&data, &plan(Some(0.1)), work);
                assert!(all.part.is_none() && all.spacing == 1, "a goal is held against all");
            }
        }
    }
}
