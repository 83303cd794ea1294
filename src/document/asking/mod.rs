//! What a student sees who is asked for the answers one by one: the opening,
//! and what each typed line brings.

mod hint;
mod open;

use compact_str::format_compact;

use super::block::{Block, Inline, Line as Text};
use super::report::{name, remark, sentence, verdict};
use super::{Limits, Readings, task};
use crate::lesson::{Lesson, Section};
use crate::math::{Notation, Role};
use crate::num::Precision;
use crate::verify::asking::{AskedQuestion, Reply};
use crate::verify::{LineVerdict, ReportLine};

/// What the questions are about.
#[derive(Clone, Copy)]
pub struct AskingRequest<'a> {
    /// The exact lesson that answers are marked by.
    pub lesson: &'a Lesson<'a>,
    /// The digits that are asked for.
    pub digits: Precision,
    /// How much is shown.
    pub limits: Limits,
}

/// Where the answers are kept.
#[derive(Clone, Copy)]
pub struct AnswersPlace<'a> {
    /// The file.
    pub kept_in: &'a str,
    /// A sheet that somebody wrote by hand, which they were asked to be kept in.
    pub by_hand: Option<&'a str>,
}

/// What the student can type, in short.
const KEYS: &str = "Type a number. Or: ? shows a hint (for a quarter of the line), s skips, b \
                    goes back, q stops; help shows what else there is.";

/// The same with all there is.
const COMMANDS: [(&str, &str); 8] = [
    ("0.03", "answers the line that is asked; a remark may follow behind a #"),
    ("L = 0.03", "answers the line L, whichever is asked"),
    ("L, go 7, :7", "goes to the line of that name or number"),
    ("?", "shows a hint, up to four, each for a quarter of the line"),
    ("s, b", "skips the line; goes back to the one before"),
    ("list", "lists the open lines with their numbers"),
    ("task", "shows the task again"),
    ("q", "stops; the same command goes on there"),
];

/// How the questions begin: the title, the task, where answers are kept, what is
/// answered already, and the keys.
pub fn opening<'a>(
    request: AskingRequest<'a>,
    title: &str,
    place: AnswersPlace<'_>,
    (answered, of): (usize, usize),
) -> Vec<Block<'a>> {
    let digits = request.digits;
    let questions = if of == 1 { "One question".to_owned() } else { format!("{of} questions") };
    let AnswersPlace { kept_in, by_hand } = place;
    let mut words = format!(
        "{questions}, in the order of the lesson; answer with {digits}. Your answers are kept in \
         {kept_in}, and the same command goes on where you stopped."
    );
    if let Some(by_hand) = by_hand {
        words.push_str(&format!(
            " {by_hand} was not written by this program: it stays as it is, and its answers count."
        ));
    }
    if answered > 0 {
        let are = if answered == 1 { "is" } else { "are" };
        words.push_str(&format!(" {answered} of {of} {are} answered already."));
    }
    let mut blocks = vec![Block::Title(title.to_owned())];
    blocks.extend(request.task());
    blocks.extend([Block::Prose(vec![words.into()]), Block::Prose(vec![KEYS.into()])]);
    blocks
}

impl<'a> AskingRequest<'a> {
    fn task(self) -> Vec<Block<'a>> {
        let Self { lesson, digits, limits } = self;
        task::task(Readings { lesson, digits, limits, notes: &[], notation: Notation::Linear })
    }
}

/// What stands above the first question of a section.
pub fn section(section: Section) -> Block<'static> {
    Block::Subheading(vec![section_title(section).into()])
}

/// What the parts of a sheet are called.
pub const fn section_title(section: Section) -> &'static str {
    match section {
        Section::Given => "given",
        Section::Forward => "forward pass",
        Section::Loss => "loss",
        Section::Backward => "backward pass",
        Section::Update => "update",
        Section::After => "forward pass with the new weights",
    }
}

/// What stands in front of the cursor: `3/34  z1_in =`, the numbers as wide as
/// they will be; with an earlier answer, which Enter keeps, in brackets.
pub fn prompt(question: &AskedQuestion) -> Text {
    let of = question.of.to_string();
    let (number, width) = (question.number, of.len());
    let mut text = vec![
        Inline::Text(format_compact!("{number:>width$}/{of}  "), Role::Faint),
        name(question.name),
    ];
    if let Some(earlier) = &question.earlier {
        text.push(format!(" [{earlier}, Enter keeps it]").into());
    }
    text.push(" = ".into());
    text
}

/// What a typed line brings.
pub fn reply<'a>(request: AskingRequest<'a>, reply: &Reply<'_>) -> Vec<Block<'a>> {
    let say = |text: &'static str| vec![Block::Prose(vec![text.into()])];
    match reply {
        Reply::Judged(line) => vec![Block::Prose(judged(request, line, &["b".into()]))],
        Reply::Elsewhere(line) => {
            let mut text: Text = vec!["Taken for ".into(), name(line.name()), ": ".into()];
            text.extend(judged(request, line, &["go ".into(), name(line.name())]));
            vec![Block::Prose(text)]
        }
        Reply::Hint(level, line) => hint::hint(request, *level, line),
        Reply::HintWaits(open) => vec![Block::Prose(open::waits(open))],
        Reply::NotANumber(problem) => vec![Block::Prose(vec![
            Inline::Text("This cannot be taken: ".into(), Role::Wrong),
            format!("{problem}.").into(),
        ])],
        Reply::Unknown => {
            let words = "That is neither a number nor a command. You can type:";
            vec![Block::Prose(vec![words.into()]), commands()]
        }
        Reply::Commands => vec![commands()],
        Reply::NoSuchName { typed, nearest } => {
            let mut words = format!("There is no `{typed}` here");
            words.push_str(&match nearest {
                Some(nearest) => format!("; did you mean {nearest}?"),
                None => ".".to_owned(),
            });
            words.push_str(" list shows what is open, help the commands.");
            vec![Block::Prose(vec![words.into()])]
        }
        Reply::NoSuchNumber(of) => {
            let words = format!("The questions go from 1 to {of}; list shows what is open.");
            vec![Block::Prose(vec![words.into()])]
        }
        Reply::Given(of) => vec![Block::Prose(vec![
            name(*of),
            " is given, not asked; task shows its value.".into(),
        ])],
        Reply::NotAsked(of) => vec![Block::Prose(vec![name(*of), " is not asked here.".into()])],
        Reply::List(open) => open::list(open),
        Reply::Task => request.task(),
        Reply::AtFirst => say("This is the first question."),
        Reply::Nothing => say(KEYS),
        Reply::Skipped => vec![Block::Prose(vec![faint("Left open.")])],
        Reply::Kept | Reply::Back | Reply::Went | Reply::Stopped => Vec::new(),
    }
}

/// What is told where the keyboard sent bytes that are no text.
pub fn unreadable_bytes() -> Block<'static> {
    let words = "A character came that is not UTF-8, so the line was not read. Type it again.";
    Block::Prose(vec![words.into()])
}

fn commands<'a>() -> Block<'a> {
    Block::Facts(COMMANDS.map(|(typed, does)| (typed, vec![does.into()])).to_vec())
}

fn faint(text: &str) -> Inline {
    Inline::Text(text.into(), Role::Faint)
}

/// A verdict; of a wrong line, what to type to come back to it.
fn judged(request: AskingRequest<'_>, line: &ReportLine<'_>, again: &[Inline]) -> Text {
    let (_, role) = verdict(line.verdict);
    let words = match line.verdict {
        LineVerdict::Right => "Right",
        LineVerdict::AsPrinted => "As printed by the source, so it counts",
        LineVerdict::Follows => "Right from your own numbers before",
        LineVerdict::Wrong | LineVerdict::Missing | LineVerdict::Unreadable => "Not right",
    };
    let remarks = line.remarks().map(|told| remark(request.lesson, request.digits, told));
    let said: Vec<String> = std::iter::once(words.to_owned()).chain(remarks).collect();
    let mut text: Text = vec![Inline::Text(format_compact!("{}.", said.join("; ")), role)];
    if line.verdict == LineVerdict::Wrong {
        let mut told = None;
        for finding in line.slips() {
            text.push(" ".into());
            text.extend(sentence(finding, told == Some(finding.slip), told.is_some()));
            told = Some(finding.slip);
        }
        text.push(faint(" ("));
        text.extend(again.iter().cloned());
        text.push(faint(": try again)"));
    }
    text
}
