//! Questions as R/exams reads them: an R Markdown file for each exercise.

use std::io::{self, Write};

use super::questions::{GradedQuestion, number};
use crate::num;

/// Writes a question.
///
/// # Errors
/// When `out` cannot be written to.
pub fn question(question: &GradedQuestion<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Question\n========\n")?;
    writeln!(out, "```\n{}\n\n{}\n```\n", verbatim(question.title), verbatim(&question.task()?))?;
    writeln!(out, "Give each number with {}.\n", question.digits)?;
    for (at, item) in question.items.iter().enumerate() {
        if let Some(section) = question.section(at) {
            writeln!(out, "**{section}**\n")?;
        }
        let label = verbatim(&question.label(item));
        writeln!(out, "`` {label} `` = ##ANSWER{}##\n", at + 1)?;
    }
    writeln!(out, "Solution\n========\n\n```")?;
    for item in question.items {
        let right = question.lesson.text(item.name, question.digits);
        writeln!(out, "{} = {right}", verbatim(&question.label(item)))?;
        for other in &item.alternatives {
            let told = num::show(other.value, question.digits);
            writeln!(out, "    {told}: {}", verbatim(&other.slip.plain_sentence()))?;
        }
    }
    let all = |of: &dyn Fn(usize) -> String| {
        (0..question.items.len()).map(of).collect::<Vec<_>>().join("|")
    };
    writeln!(out, "```\n\nMeta-information\n================")?;
    writeln!(out, "exname: {}", question.id)?;
    writeln!(out, "extype: cloze")?;
    writeln!(out, "exsolution: {}", all(&|at| number(question.items[at].centre)))?;
    writeln!(out, "exclozetype: {}", all(&|_| "num".to_owned()))?;
    // Without these, 0.01 is taken, which swallows most gradients.
    writeln!(out, "extol: {}", all(&|at| number(question.items[at].half_width)))?;
    writeln!(out, "expoints: {}", question.marks().iter().sum::<u32>())?;
    writeln!(out, "exshuffle: FALSE")
}

/// Text in which nothing is run: R code stands between backticks, answers between
/// hashes.
fn verbatim(text: &str) -> String {
    text.replace('`', "'").replace("##", "# #")
}
