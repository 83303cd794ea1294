//! What a report says in words: of a verdict, of a slip, of a remark. Pages,
//! questions and reports for programs take their sentences from here.

use crate::document::block::{Inline, Line as Text, told as marked};
use crate::lesson::Lesson;
use crate::math::{Form, Role};
use crate::name::{Name, Spelling};
use crate::num::{self, Precision};
use crate::verify::{Help, LineVerdict, Remark, ReportLine, SheetQuestion, SlipFinding};

/// A verdict in words, and its role.
pub const fn verdict(verdict: LineVerdict) -> (&'static str, Role) {
    match verdict {
        LineVerdict::Right => ("right", Role::Forward),
        LineVerdict::AsPrinted => ("as printed by the source", Role::Forward),
        LineVerdict::Follows => ("follows from yours", Role::Known),
        LineVerdict::Wrong => ("wrong", Role::Wrong),
        LineVerdict::Missing => ("not answered", Role::Faint),
        LineVerdict::Unreadable => ("not a number", Role::Wrong),
    }
}

/// What the evidence says happened in a wrong line: a sentence for every slip
/// that gives the written number.
pub fn what_happened(line: &ReportLine) -> Vec<Text> {
    let mut sentences = Vec::new();
    let mut told: Option<&SlipFinding> = None;
    for finding in line.slips() {
        let again = told.is_some_and(|told| told.slip == finding.slip);
        sentences.push(sentence(finding, again, told.is_some()));
        told = Some(finding);
    }
    sentences
}

/// What happened, or would have; `again`: the same slip at another place, `or`:
/// another way to the same number.
pub fn sentence(finding: &SlipFinding, again: bool, or: bool) -> Text {
    let mut text: Text = Vec::new();
    if !again {
        text.push(
            match (finding.certain, or) {
                (true, false) => "",
                (true, true) => "Or: ",
                (false, false) => "It would come out if this is what happened: ",
                (false, true) => "Or if this is: ",
            }
            .into(),
        );
        text.extend(marked(finding.slip.sentence()));
    }
    if let Some(behind) = &finding.behind {
        let on_the_way =
            if finding.certain { " It happened on the way, in " } else { " On the way, in " };
        text.extend([on_the_way.into(), name(behind.name), ".".into()]);
    }
    if let Some(detail) = &finding.detail {
        text.push(if again { "Or it comes out if " } else { " It comes out if " }.into());
        text.push(name(detail.operand));
        text.push(format!(" is taken to be {} instead of {}.", detail.misread, detail.text).into());
    }
    text
}

/// A remark in words.
pub fn remark(lesson: &Lesson<'_>, digits: Precision, remark: Remark) -> String {
    let spelling = Spelling { greek: true, ..Spelling::PLAIN };
    let spelled = |name| lesson.naming().spelled(name, spelling).to_string();
    match remark {
        Remark::CutOff => "cut off, not rounded".to_owned(),
        Remark::RoundedInside => "with a result inside the line rounded".to_owned(),
        Remark::FewDigits => format!("fewer digits than the {digits} asked"),
        Remark::TellsNothing => {
            "too few digits to tell it from nothing done, so no credit".to_owned()
        }
        Remark::Unreadable(line, problem) => format!("line {line} of the sheet: {problem}"),
        Remark::Working => "the number behind the last = counts".to_owned(),
        Remark::Computed => "worked out from what is written".to_owned(),
        Remark::Trivial(operand) => {
            format!("your {} leaves nothing to compute, so no credit", spelled(operand))
        }
        Remark::ByChance => {
            "with so few digits it may be near by chance, as most of the sheet comes from nothing \
             before, so no credit"
                .to_owned()
        }
        Remark::SameSlip(first) => {
            format!("the slip of {} again, held against you once", spelled(first))
        }
        Remark::Copies(same) => {
            format!(
                "repeats your {}, and nothing shows how that came about, so no credit",
                spelled(same)
            )
        }
        Remark::CopiesAgain(first) => format!(
            "the slip of {} again; it only copies a number that is there, so no credit",
            spelled(first)
        ),
        Remark::MinusConvention => {
            "the opposite sign throughout, as where -∂L/∂z is called the error signal".to_owned()
        }
        Remark::NotAsked => "not asked, 0 points".to_owned(),
        Remark::Repeats => "known before, 0 points".to_owned(),
        Remark::Helped(help) => {
            let Help { hints, corrections } = help;
            let parts = [(hints, "hint"), (corrections, "correction")];
            let told = parts.into_iter().filter(|(count, _)| *count > 0);
            let told = told.map(|(count, one)| num::counted(count.into(), one));
            let off = match help.quarters() {
                0 | 1 => "a quarter off",
                2 => "half off",
                3 => "three quarters off",
                _ => "no credit left",
            };
            format!("{}: {off}", told.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A question about the whole sheet.
pub fn question(question: &SheetQuestion) -> String {
    match question {
        SheetQuestion::Layout(layers) => {
            let which = match layers.as_slice() {
                [only] => format!("the weights of layer {}", only + 1),
                _ => "the square matrices of weights".to_owned(),
            };
            format!(
                "Are {which} meant with one row per unit? Read so, every line is right. Here a row \
                 holds the weights from one unit; \"rows\": \"units\" in the scenario changes that."
            )
        }
        SheetQuestion::WeightNames(layers) => {
            let which = match layers.as_slice() {
                [only] => format!("of layer {}", only + 1),
                _ => "of the square matrices".to_owned(),
            };
            format!(
                "Does the first number in the name of a weight {which} say where it leads to? Read \
                 so, every line is right. Here it says where the weight comes from: W12 leads from \
                 1 to 2."
            )
        }
        SheetQuestion::AllSamples => {
            "Are these the numbers of all samples together? It is marked by \
             one sample; run --batch --verify marks them by R, dR/dW11 and L@2."
                .to_owned()
        }
        SheetQuestion::OtherExercise(name) => {
            format!("This looks like a sheet for {name}: is it marked by the right exercise?")
        }
    }
}

/// A quantity in running text.
pub fn name(name: Name) -> Inline {
    Inline::Math(Form::FullName(name, Role::Plain))
}
