//! Units that stand exactly at a kink, whose slope may be taken from either side.

/// Units at a kink that are turned in all ways.
const MOST_TURNED: usize = 8;

/// All units at kinks turned, each alone, and where they are few all ways.
pub(super) fn ways(at_kinks: &[(usize, usize, usize)]) -> Vec<Vec<(usize, usize, usize)>> {
    if at_kinks.is_empty() {
        return Vec::new();
    }
    let mut ways = vec![at_kinks.to_vec()];
    if at_kinks.len() <= MOST_TURNED {
        ways.extend((1..(1_usize << at_kinks.len()) - 1).map(|chosen| {
            let of = |(at, kink): (usize, &(usize, usize, usize))| {
                (chosen >> at & 1 == 1).then_some(*kink)
            };
            at_kinks.iter().enumerate().filter_map(of).collect()
        }));
    }
    ways
}
