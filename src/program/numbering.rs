//! How the numbers in names become layers: from 0, from 1, or every other one.

use super::arrange::{Lie, exact, lie};
use super::array::Array;
use super::engine::problem::MatrixProblem;
use super::names::{LayerWord, Meaning};

/// How the numbers of names become layers.
#[derive(Clone, Debug)]
pub(crate) struct Numbering {
    pub(crate) parameters: Offset,
    pub(crate) others: Offset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offset {
    /// Layers count from 1.
    One,
    /// From 0.
    Zero,
    /// From 0, with an activation between two: `nn.Sequential`.
    EveryOther,
}

impl Offset {
    pub(crate) fn layer(self, number: usize, depth: usize) -> Option<usize> {
        let layer = match self {
            Self::One => number.checked_sub(1)?,
            Self::Zero => number,
            Self::EveryOther if number.is_multiple_of(2) => number / 2,
            Self::EveryOther => return None,
        };
        (layer < depth).then_some(layer)
    }
}

impl Numbering {
    /// The numbering that gives each array of parameters a layer of its shape.
    pub(crate) fn of(
        problem: &MatrixProblem,
        arrays: &[Array],
        meanings: &[Option<(Meaning, LayerWord)>],
    ) -> Self {
        let of_parameters = |meaning| {
            !matches!(
                meaning,
                Meaning::Sums
                    | Meaning::Outputs
                    | Meaning::ByOutputs
                    | Meaning::BySums
                    | Meaning::Loss
                    | Meaning::Given
            )
        };
        let pick = |wanted: &dyn Fn(Meaning) -> bool, usual: Option<Offset>| {
            let numbered: Vec<(&Array, Meaning, usize, bool)> = arrays
                .iter()
                .zip(meanings)
                .filter_map(|(array, found)| match found {
                    Some((meaning, LayerWord::Number { number, in_list })) if wanted(*meaning) => {
                        Some((array, *meaning, *number, *in_list))
                    }
                    _ => None,
                })
                .collect();
            let in_list = numbered.iter().any(|(.., in_list)| *in_list);
            let from_zero = numbered.iter().any(|(_, _, number, _)| *number == 0);
            let mut offsets = if in_list && from_zero {
                vec![Offset::Zero, Offset::EveryOther, Offset::One]
            } else {
                vec![Offset::One, Offset::Zero, Offset::EveryOther]
            };
            if let Some(usual) = usual {
                offsets.insert(0, usual);
            }
            let misfits = |offset: &Offset| {
                let wrong = |(array, meaning, number, _): &&(&Array, Meaning, usize, bool)| {
                    offset.layer(*number, problem.depth()).is_none_or(|layer| {
                        lie(problem, array, exact(*meaning, layer, false).0) == Lie::Wrong
                    })
                };
                numbered.iter().filter(wrong).count()
            };
            let best = offsets.iter().map(&misfits).min();
            offsets.iter().find(|offset| Some(misfits(offset)) == best).copied()
        };
        let parameters = pick(&of_parameters, None).unwrap_or(Offset::One);
        let others = pick(&|meaning| !of_parameters(meaning), None).unwrap_or(parameters);
        Self { parameters, others }
    }
}
