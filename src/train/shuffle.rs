//! The order in which an epoch takes the observations.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

/// Orders, each a permutation of the one before. The same seed gives the same
/// orders on every machine, now and later: the generator is specified, and so
/// is what is made of its numbers here.
#[derive(Clone, Debug)]
pub struct Shuffle {
    generator: Pcg64,
    order: Vec<u32>,
}

/// The stream of the generator; any number will do, always the same.
const STREAM: u128 = 0x5851_f42d_4c95_7f2d_1405_7b7e_f767_814f;

impl Shuffle {
    /// The file's order, to be shuffled from a seed.
    pub fn new(count: usize, seed: u64) -> Self {
        Self { generator: Pcg64::new(u128::from(seed), STREAM), order: (0..count as u32).collect() }
    }

    /// The order of the next epoch (Fisher and Yates).
    pub fn next_order(&mut self) {
        for last in (1..self.order.len()).rev() {
            // The remainder favours small numbers by less than 1 in 10^10.
            let other = (self.generator.next_u64() % (last as u64 + 1)) as usize;
            self.order.swap(last, other);
        }
    }

    /// The order of this epoch.
    pub fn order(&self) -> &[u32] {
        &self.order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_permutations_and_a_seed_fixes_them() {
        let mut shuffle = Shuffle::new(8, 7);
        shuffle.next_order();
        // These must never change: saved runs name their seed.
        assert_eq!(shuffle.order(), [5, 7, 1, 4, 0, 6, 2, 3]);
        let mut sorted = shuffle.order().to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..8).collect::<Vec<u32>>());
        let (mut again, mut other) = (Shuffle::new(8, 7), Shuffle::new(8, 8));
        again.next_order();
        other.next_order();
        assert_eq!(again.order(), shuffle.order());
        assert_ne!(other.order(), shuffle.order());
    }

    #[test]
    fn every_order_is_as_likely() {
        let mut shuffle = Shuffle::new(3, 1);
        let mut counts = std::collections::HashMap::new();
        for _ in 0..60_000 {
            shuffle.next_order();
            *counts.entry(shuffle.order().to_vec()).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 6);
        assert!(counts.values().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
    }
}
