//! The verdict on one number: whether somebody who works honestly can come to
//! it, and from what.
//!
//! In this order: the **exact** value lies in what the digits claim; the line's
//! **operands**, as they were handed in, lead there; they do with **results
//! inside the line rounded**; or the last digits were **cut off**. First from
//! operands that are right, then from the student's own.

use super::claim::Claim;
use super::own_number::DEEPEST;
use super::precision::Shortening;
use super::reach::Reach;
use super::theirs::Theirs;
use crate::expr::{Expr, Interval};
use crate::lesson::PaperForm;

/// How an honest number came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HonestWay {
    /// It is the exact value, rounded.
    Exact,
    /// It is what the operands give, rounded.
    Operands,
    /// It comes out if results inside the line are rounded as well.
    RoundedInside,
    /// It is cut off instead of rounded.
    CutOff,
    /// Their numbers lead out of the range of an f64: nothing is known against
    /// it.
    Unknown,
}

/// A number that honest work leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Honest {
    pub(super) way: HonestWay,
    /// Whether it takes numbers of the student that are not right.
    pub(super) follows: bool,
    /// The formula that leads there.
    pub(super) form: usize,
}

/// What a number claims: by its digits, and as the result of work with the digits that
/// somebody works with. Who works with two and writes one has rounded once more, or left
/// a zero out.
pub(super) struct Claims<'c> {
    pub(super) written: &'c Claim,
    pub(super) worked: &'c Claim,
}

/// How a number comes out right, if it does from right operands.
pub(super) fn right(
    claims: &Claims<'_>,
    expected: f64,
    forms: &[Expr],
    theirs: &Theirs<'_, '_>,
) -> Option<Honest> {
    let found = |(form, way)| Honest { way, follows: false, form };
    let clean = |form: &Expr| !theirs.is_tainted_form(form);
    let inside = ways(claims, forms, theirs, &clean).map(found);
    match inside {
        // Rounding inside the line explains it as well as cutting off does.
        Some(Honest { way: HonestWay::Operands | HonestWay::RoundedInside, .. }) => inside,
        Some(Honest { way: HonestWay::Exact | HonestWay::CutOff | HonestWay::Unknown, .. })
        | None => {
            let cut_off = claims.written.is_cut_off_from(Interval::point(expected));
            if cut_off { Some(found((0, HonestWay::CutOff))) } else { inside }
        }
    }
}

/// How a number follows from the student's own numbers, if it does.
pub(super) fn follows(
    claims: &Claims<'_>,
    forms: &[Expr],
    theirs: &Theirs<'_, '_>,
) -> Option<Honest> {
    let own = |form: &Expr| theirs.is_tainted_form(form);
    ways(claims, forms, theirs, &own).map(|(form, way)| Honest { way, follows: true, form })
}

/// How a number comes of ways that are worked from what stands on paper, or from the
/// exact values.
pub(super) fn from_paper(
    claim: &Claim,
    forms: &[PaperForm],
    theirs: &Theirs<'_, '_>,
) -> Option<Honest> {
    let found = forms.iter().filter_map(|form| {
        let mut follows = false;
        form.for_each_leaf(&mut |leaf| follows |= theirs.is_tainted(leaf));
        let shortenings = theirs.working.shortenings().iter();
        let mut ways = shortenings.filter_map(|shortening| {
            let way = match shortening {
                Shortening::Rounded => HonestWay::RoundedInside,
                Shortening::CutOff => HonestWay::CutOff,
            };
            let reach =
                Reach::from_paper(form, theirs.working, *shortening, &|leaf| theirs.on_paper(leaf));
            let mut pieces = reach.pieces().iter().filter(|piece| piece.width().is_finite());
            let fits = |piece: &Interval| {
                let is_cut_off = way == HonestWay::CutOff && claim.is_cut_off_from(*piece);
                is_cut_off || claim.is_rounded_from(*piece)
            };
            pieces.any(fits).then_some(way)
        });
        ways.next().map(|way| Honest { way, follows, form: 0 })
    });
    found.min_by_key(|honest| honest.follows)
}

/// Whether a number is what the student's own numbers, retyped, give, rounded.
pub(super) fn follows_plainly(claim: &Claim, forms: &[Expr], theirs: &Theirs<'_, '_>) -> bool {
    let mut own = forms.iter().filter(|form| theirs.is_tainted_form(form));
    own.any(|form| claim.is_rounded_from(Interval::point(theirs.worth(form))))
}

fn ways(
    claims: &Claims<'_>,
    forms: &[Expr],
    theirs: &Theirs<'_, '_>,
    counts: &dyn Fn(&Expr) -> bool,
) -> Option<(usize, HonestWay)> {
    let forms: Vec<(usize, &Expr)> =
        forms.iter().enumerate().filter(|(_, form)| counts(form)).collect();
    // Whoever types in what is written has points, which may lie on a border.
    let retyped: Vec<Interval> =
        forms.iter().map(|(_, form)| Interval::point(theirs.worth(form))).collect();
    let at = |points: &[Interval], fits: &dyn Fn(Interval) -> bool, way| {
        let at = points.iter().position(|point| fits(*point))?;
        Some((forms[at].0, way))
    };
    let (written, claim) = (claims.written, claims.worked);
    if let Some(found) = at(&retyped, &|point| written.is_rounded_from(point), HonestWay::Operands)
    {
        return Some(found);
    }
    let bounds_of = |form: &Expr| match theirs.is_tainted_form(form) {
        true => theirs.enclose(form),
        false => theirs.enclose_clean(form),
    };
    let bounds: Vec<Interval> = forms.iter().map(|(_, form)| bounds_of(form)).collect();
    let among = |fits: &dyn Fn(Interval) -> bool, way| at(&bounds, fits, way);
    among(&|bounds| claim.is_rounded_from(bounds), HonestWay::Operands)
        .or_else(|| inside(claim, &forms, theirs))
        .or_else(|| at(&retyped, &|point| written.is_cut_off_from(point), HonestWay::CutOff))
        .or_else(|| {
            // In a sheet that rounds, one line may be cut off, but what lies
            // anywhere within its operands is no evidence for it.
            let cut_off = &|bounds| theirs.working.cuts() && claim.is_cut_off_from(bounds);
            among(cut_off, HonestWay::CutOff)
        })
        .or_else(|| ties(claim, &forms, theirs))
        .or_else(|| among(&|bounds| !bounds.width().is_finite(), HonestWay::Unknown))
}

/// The ways with an operand that lies just between two numbers, and may have been
/// rounded either way.
fn ties(
    claim: &Claim,
    forms: &[(usize, &Expr)],
    theirs: &Theirs<'_, '_>,
) -> Option<(usize, HonestWay)> {
    let points = |leaf| theirs.points(leaf, DEEPEST);
    let whole = claim.at_most();
    let bordered = |leaf| theirs.bordered(leaf).hull(theirs.exact(leaf));
    let near = forms.iter().filter(|(_, form)| theirs.hull(form, &bordered).overlaps(whole));
    for (at, form) in near {
        for shortening in theirs.working.shortenings() {
            let reach = Reach::of(form, theirs.working, *shortening, &points);
            if reach.pieces().iter().any(|piece| claim.is_rounded_from(*piece)) {
                return Some((*at, HonestWay::Operands));
            }
        }
    }
    None
}

/// The ways with results inside the line shortened.
fn inside(
    claim: &Claim,
    forms: &[(usize, &Expr)],
    theirs: &Theirs<'_, '_>,
) -> Option<(usize, HonestWay)> {
    let whole = claim.at_most();
    // A line that was left out is what its right operands make of it, where these
    // are what counts.
    let is_clean = forms.iter().all(|(_, form)| !theirs.is_tainted_form(form));
    let left_out = |leaf| if is_clean { theirs.clean(leaf) } else { theirs.carried(leaf) };
    let carried = |leaf| left_out(leaf).hull(theirs.exact(leaf));
    let near: Vec<(usize, &Expr, Interval)> = forms
        .iter()
        .map(|(at, form)| (*at, *form, theirs.hull(form, &carried).widened(claim.noise)))
        .filter(|(_, _, hull)| hull.overlaps(whole))
        .collect();
    let pieces = |leaf| match theirs.is_own(leaf) {
        true => theirs.pieces(leaf),
        false => Reach::new([left_out(leaf)]),
    };
    let reach = |form: &Expr, how| Reach::of(form, theirs.working, how, &pieces);
    for shortening in theirs.working.shortenings() {
        for (at, form, hull) in &near {
            let reach = reach(form, *shortening);
            let pieces = || reach.pieces().iter().filter_map(|piece| piece.intersection(*hull));
            if pieces().any(|piece| claim.is_rounded_from(piece)) {
                let way = match shortening {
                    Shortening::Rounded => HonestWay::RoundedInside,
                    Shortening::CutOff => HonestWay::CutOff,
                };
                return Some((*at, way));
            }
            if *shortening == Shortening::CutOff
                && pieces().any(|piece| claim.is_cut_off_from(piece))
            {
                return Some((*at, HonestWay::CutOff));
            }
        }
    }
    None
}
