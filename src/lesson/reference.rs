//! The comparison with the numbers that a book or slide prints.

use super::Lesson;
use crate::name::Name;
use crate::num::{Agreement, Written};

/// One printed number beside the computed ones.
#[derive(Clone, Debug)]
pub struct PrintedCheck<'a> {
    /// The quantity.
    pub name: Name,
    /// What the source prints.
    pub printed: &'a Written,
    /// Its value in this lesson; `None` where the lesson does not get so far.
    pub here: Option<f64>,
    /// The computed value, where the printed one is carried on instead.
    pub computed: Option<f64>,
    /// Its value when nothing is carried and nothing rounded.
    pub exact: Option<f64>,
    /// What they say together.
    pub verdict: PrintedVerdict,
}

/// What a printed number and the computed ones say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrintedVerdict {
    /// The exact value, rounded to the digits printed.
    Agrees,
    /// The exact value, cut off after the digits printed.
    CutOff,
    /// Agrees with this lesson, which carries printed or rounded numbers, but
    /// not with the exact value.
    AgreesHere,
    /// Agrees with the exact value, but not with this lesson.
    AgreesExactly,
    /// Does not follow from its own operands; carried on as printed.
    Carried,
    /// Another number.
    Differs,
    /// The lesson does not get so far.
    NotReached,
}

/// Compares printed numbers with a lesson, and with the same lesson computed
/// exactly.
pub fn check<'a>(
    printed: &'a [(Name, Written)],
    lesson: &Lesson<'_>,
    exact: &Lesson<'_>,
) -> Vec<PrintedCheck<'a>> {
    let value = |lesson: &Lesson<'_>, name| lesson.has(name).then(|| lesson.value(name));
    printed
        .iter()
        .map(|(name, printed)| {
            let (here, exact) = (value(lesson, *name), value(exact, *name));
            let computed = here.and_then(|_| lesson.computed_where_carried(*name));
            let verdict = verdict(printed, here, computed, exact);
            PrintedCheck { name: *name, printed, here, computed, exact, verdict }
        })
        .collect()
}

fn verdict(
    printed: &Written,
    here: Option<f64>,
    computed: Option<f64>,
    exact: Option<f64>,
) -> PrintedVerdict {
    let (Some(here), Some(exact)) = (here, exact) else { return PrintedVerdict::NotReached };
    match (printed.agreement(exact), printed.agreement(here)) {
        (Agreement::Rounded | Agreement::CutOff, Agreement::Differs) => {
            PrintedVerdict::AgreesExactly
        }
        (Agreement::Rounded, _) => PrintedVerdict::Agrees,
        (Agreement::CutOff, _) => PrintedVerdict::CutOff,
        (Agreement::Differs, _) if computed.is_some() => PrintedVerdict::Carried,
        (Agreement::Differs, Agreement::Rounded | Agreement::CutOff) => PrintedVerdict::AgreesHere,
        (Agreement::Differs, Agreement::Differs) => PrintedVerdict::Differs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_number_is_judged_by_its_own_digits() {
        let judge = |text: &str, here, computed, exact| {
            verdict(&Written::read(text).unwrap(), Some(here), computed, Some(exact))
        };
        assert_eq!(judge("0.12", 0.1249, None, 0.1249), PrintedVerdict::Agrees);
        assert_eq!(judge("0.12", 0.127, None, 0.127), PrintedVerdict::CutOff);
        assert_eq!(judge("1.1122", 1.1122, Some(1.127), 1.127), PrintedVerdict::Carried);
        assert_eq!(judge("0.7525", 0.7525, None, 0.7553), PrintedVerdict::AgreesHere);
        assert_eq!(judge("0.5970", 0.5973, None, 0.597), PrintedVerdict::AgreesExactly);
        assert_eq!(judge("0.7615", 0.7624, None, 0.7624), PrintedVerdict::Differs);
        assert_eq!(
            verdict(&Written::read("1").unwrap(), None, None, None),
            PrintedVerdict::NotReached
        );
    }
}
