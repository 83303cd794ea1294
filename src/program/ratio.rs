//! What yours is to the right one, entry by entry, where nothing has a name:
//! a scale, a slope or an input too many or too few shows in it.

use super::compare::ComparedArray;

/// How an array stands to the right one.
#[derive(Clone, Debug, PartialEq)]
pub enum Ratio {
    /// One factor for all entries.
    Constant(f64),
    /// One factor per unit: a slope or a signal.
    PerUnit(Vec<f64>),
    /// One factor per input: what is multiplied by the signal.
    PerInput(Vec<f64>),
}

/// Differences of a ratio that rounding explains.
const NOISE: f64 = 1e-4;

/// The ratio of an array of rows so long, if it has one.
pub(crate) fn ratio(target: &ComparedArray, columns: usize) -> Option<Ratio> {
    let (given, right) = (&target.given, &target.right);
    if given.len() != right.len() || given.is_empty() || columns == 0 {
        return None;
    }
    let largest = right.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let at = |place: usize| {
        let solid = right[place].abs() > 1e-3 * largest;
        solid.then(|| given[place] / right[place])
    };
    let rows = given.len() / columns;
    // The one ratio of some places; `None` where they differ or there is none.
    let one = |places: &mut dyn Iterator<Item = usize>| -> Option<Option<f64>> {
        let mut found: Option<f64> = None;
        for ratio in places.filter_map(at) {
            match found {
                None => found = Some(ratio),
                Some(known) if (known - ratio).abs() <= NOISE * known.abs().max(NOISE) => {}
                Some(_) => return None,
            }
        }
        Some(found)
    };
    if let Some(Some(factor)) = one(&mut (0..given.len())) {
        return (given.len() > 1).then_some(Ratio::Constant(factor));
    }
    let all = |count: usize, places: &dyn Fn(usize) -> Vec<usize>| -> Option<Vec<f64>> {
        let each = (0..count).map(|of| one(&mut places(of).into_iter()));
        let each = each.collect::<Option<Vec<_>>>()?;
        Some(each.into_iter().map(|ratio| ratio.unwrap_or(f64::NAN)).collect())
    };
    if rows > 1
        && let Some(ratios) =
            all(columns, &|column| (0..rows).map(|row| row * columns + column).collect())
    {
        return Some(Ratio::PerUnit(ratios));
    }
    if columns > 1
        && let Some(ratios) = all(rows, &|row| (row * columns..(row + 1) * columns).collect())
    {
        return Some(Ratio::PerInput(ratios));
    }
    None
}
