//! From top to bottom: where units stand so that their wires are clearest. It
//! knows no texts, columns or glyphs.

use super::channel::Channel;
use super::price;
use super::stage::{FigureStage, INPUT_ROWS, least_rows};

/// Where everything is from top to bottom, without the headings.
#[derive(Clone)]
pub(super) struct FigureRows {
    pub(super) count: usize,
    /// Per stage and unit, the row of its name, which is that of its first port.
    pub(super) units: Vec<Vec<usize>>,
    /// Per layer and source, which track from the left is its.
    pub(super) tracks: Vec<Vec<usize>>,
}

/// Rows that may be added where the wires are clearer with them.
const MOST_SPARE_ROWS: usize = 3;

/// Places tried for the units of a stage, the most balanced ones.
const MOST_PLACES: usize = 80;

/// Empty rows between units, at most.
const MOST_GAP: usize = 4;

impl FigureRows {
    /// The clearest arrangement; `None` if all are ambiguous.
    pub(super) fn of(stages: &[FigureStage], height: usize) -> Option<Self> {
        let least = least_rows(stages);
        let mut best = None;
        let mut limit = price::FAULT;
        for count in least..=height.min(least + MOST_SPARE_ROWS) {
            let extra = (count - least) * price::ROW;
            let Some(limit_within) = limit.checked_sub(extra) else { break };
            if let Some((cost, rows)) = Self::within(stages, count, limit_within) {
                limit = cost + extra;
                best = Some(rows);
            }
        }
        best
    }

    /// The best places of all stages and their price, if it is below `limit`:
    /// the shortest way through the stages, since the price of a place depends
    /// on the stage before only.
    fn within(stages: &[FigureStage], count: usize, limit: usize) -> Option<(usize, Self)> {
        let places: Vec<Vec<Place>> = stages.iter().map(|stage| places(stage, count)).collect();
        let mut ways: Vec<Vec<Way>> =
            vec![places[0].iter().map(|place| Way { cost: place.cost, before: 0 }).collect()];
        let mut order = Vec::new();
        for pair in places.windows(2) {
            let reached = &ways[ways.len() - 1];
            let places = pair[1].iter();
            ways.push(
                places.map(|place| Way::to(place, &pair[0], reached, limit, &mut order)).collect(),
            );
        }
        let last = &ways[ways.len() - 1];
        let mut at = (0..last.len()).min_by_key(|&at| last[at].cost)?;
        let cost = last[at].cost;
        if cost >= limit {
            return None;
        }
        let mut units = Vec::new();
        for (places, ways) in places.iter().zip(&ways).rev() {
            units.push(places[at].units.clone());
            at = ways[at].before;
        }
        units.reverse();
        let channels = units.windows(2).map(|pair| Channel { sources: &pair[0], units: &pair[1] });
        let tracks = channels.map(Channel::tracks).collect();
        Some((cost, Self { count, units, tracks }))
    }
}

/// A way to place the units of a stage.
struct Place {
    units: Vec<usize>,
    cost: usize,
}

/// The cheapest way to a place, and the place of the stage before on it.
struct Way {
    cost: usize,
    before: usize,
}

impl Way {
    /// The cheapest way to `place`; one that costs `limit` if none is cheaper.
    /// Wires are arranged in `order` only where the places alone do not cost
    /// too much already.
    fn to(
        place: &Place,
        before: &[Place],
        reached: &[Self],
        limit: usize,
        order: &mut Vec<usize>,
    ) -> Self {
        let mut best = Self { cost: limit, before: 0 };
        for (before, (source, way)) in before.iter().zip(reached).enumerate() {
            let cost_of_places = way.cost + place.cost;
            if cost_of_places < best.cost {
                let channel = Channel { sources: &source.units, units: &place.units };
                let cost = cost_of_places + channel.arrange(order);
                if cost < best.cost {
                    best = Self { cost, before };
                }
            }
        }
        best
    }
}

/// Ways to place the units of a stage, the most balanced first.
fn places(stage: &FigureStage, count: usize) -> Vec<Place> {
    let mut places =
        if stage.sources == 0 { input_places(stage, count) } else { layer_places(stage, count) };
    places.sort_by_key(|place| place.cost);
    places.truncate(MOST_PLACES);
    places
}

/// Units at equal distances.
fn layer_places(stage: &FigureStage, count: usize) -> Vec<Place> {
    let mut places = Vec::new();
    let gaps = if stage.units == 1 { 1..=1 } else { stage.least_gap()..=MOST_GAP };
    for gap in gaps {
        let Some(spare) = count.checked_sub(stage.rows(gap)) else { break };
        for top in 0..=spare {
            let units = (0..stage.units).map(|k| top + k * (stage.unit_rows + gap)).collect();
            let cost = price::LEAN * spare.abs_diff(2 * top) + price::GAP * gap;
            places.push(Place { units, cost });
        }
    }
    places
}

/// Inputs spread between any two rows: with no ports of their own, they can
/// stand where their wires run best.
fn input_places(stage: &FigureStage, count: usize) -> Vec<Place> {
    let mut places = Vec::new();
    let steps = stage.units - 1;
    let last = count - INPUT_ROWS;
    for first in 0..=last {
        let reaches = if steps == 0 { 0..=0 } else { steps * INPUT_ROWS..=last - first };
        for reach in reaches {
            let units = (0..=steps).map(|j| first + spread(j * reach, steps)).collect();
            let cost = price::INPUTS_LEAN * last.abs_diff(2 * first + reach);
            places.push(Place { units, cost });
        }
    }
    places
}

/// `part / whole`, rounded.
fn spread(part: usize, whole: usize) -> usize {
    (2 * part + whole) / (2 * whole).max(1)
}
