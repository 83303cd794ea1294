//! The page of a program's own arrays: what they are, each with its verdict,
//! the first that is wrong, and the line that makes it so.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "most arrays and facts matter in one sentence only"
)]

mod table;
mod told;
mod words;

use compact_str::CompactString;

use super::Limits;
use super::block::{Block, Inline};
use crate::math::Role;
use crate::num;
use crate::program::{ProgramFinding, ProgramVerdict};

/// What is said where not all pairs of slips were tried.
const BOUNDED: &str = "Two slips at once: there are too many pairs in so large a network to try them \
                       all. A smaller network, or fewer samples, has them all tried.";

/// What the page is about.
pub struct ProgramRequest<'a> {
    /// The title of the exercise.
    pub title: &'a str,
    /// What the arrays are called together: the file, made harmless.
    pub file: &'a str,
    /// What was found out.
    pub finding: &'a ProgramFinding,
    /// How much is shown.
    pub limits: Limits,
}

/// The page.
pub fn page<'a>(request: &ProgramRequest<'_>) -> Vec<Block<'a>> {
    let finding = request.finding;
    let mut blocks = vec![Block::Title(request.title.to_owned())];
    blocks.push(say(words::facts(finding, request.file)));
    blocks.push(together(finding));
    blocks.push(Block::Table(table::table(finding, request.limits)));
    match &finding.verdict {
        ProgramVerdict::Agrees { unseen } => blocks.extend(told::unseen(unseen)),
        ProgramVerdict::Explained { explanations, decider } => {
            blocks.extend(told::explained(finding, explanations, *decider));
        }
        ProgramVerdict::Unnamed(trouble) => blocks.extend(told::unnamed(finding, trouble)),
    }
    if finding.is_bounded {
        blocks.push(say(BOUNDED));
    }
    blocks.extend(words::unused(finding).map(say));
    blocks
}

/// The headline.
fn together<'a>(finding: &ProgramFinding) -> Block<'a> {
    let all = finding.arrays.len();
    let text = match finding.first_wrong() {
        None if all == 1 => "The array agrees.".to_owned(),
        None => format!("All {} arrays agree.", num::count(all)),
        Some(first) => {
            let wrong = finding.arrays.iter().filter(|array| !array.is_right()).count();
            let name = words::name(first);
            let are = match (wrong, all) {
                (1, 1) => "The array is wrong".to_owned(),
                (1, _) => format!("1 of {all} arrays is wrong"),
                (_, _) if wrong == all => format!("All {all} arrays are wrong"),
                (_, _) => format!("{wrong} of {all} arrays are wrong"),
            };
            format!("{are}. The first one, in the order of computation: {name}.")
        }
    };
    Block::Prose(vec![Inline::Text(text.into(), Role::Heading)])
}

fn say<'a>(text: impl Into<CompactString>) -> Block<'a> {
    Block::Prose(vec![Inline::text(text)])
}
