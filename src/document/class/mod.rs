//! The page about a class: the table of students, and what their sheets say
//! together.

pub mod feedback;
mod numbers;
mod words;

pub use words::{note, whom};

use compact_str::{CompactString, format_compact};

use super::block::{Align, Block, Column, Inline, Line as Text, Table, told};
use super::report::name;
use crate::class::{FirstWrong, LineCounts, Marked, Statistics, Trouble, Who};
use crate::math::Role;
use crate::num;

/// A student and what their sheet came to.
pub type StudentRow = (Who, Result<Marked, Trouble>);

/// Rows of students that a page has, unless all are asked for.
pub const MOST_ROWS: usize = 5_000;

/// The page of a class.
pub struct ClassRequest<'a> {
    /// The title of the exercise.
    pub title: &'a str,
    /// The students, in the order that they are shown.
    pub rows: &'a [StudentRow],
    /// Students beyond those rows.
    pub left_out: usize,
    /// What all of them say.
    pub statistics: &'a Statistics,
    /// Whether every line and every number is shown, however many.
    pub all: bool,
}

/// The page of a class.
pub fn page<'a>(request: &ClassRequest<'_>) -> Vec<Block<'a>> {
    let statistics = request.statistics;
    let mut blocks = vec![Block::Title(request.title.to_owned())];
    blocks.push(Block::Prose(vec![Inline::Text(headline(statistics).into(), Role::Heading)]));
    blocks.push(Block::Table(students(request)));
    if statistics.marked > 0 {
        blocks.push(Block::Heading(1, "The lines"));
        blocks.extend(lines(request));
        blocks.push(Block::Heading(2, "The slips"));
        blocks.extend(slips(statistics));
        blocks.push(Block::Heading(3, "Wrong numbers that students share"));
        blocks.extend(numbers::shared(request));
    }
    blocks
}

fn headline(statistics: &Statistics) -> String {
    let sheets = num::counted(statistics.marked, "sheet");
    let mut told = format!("{sheets} marked");
    if statistics.troubles > 0 {
        told.push_str(&format!(", {} not", num::count(statistics.troubles)));
    }
    if statistics.marked > 0 {
        let percent = |share: f64| num::show(share * 100.0, 0);
        told.push_str(&format!(
            "; {} % of the points on average, half of them {} % or more",
            percent(statistics.mean()),
            percent(statistics.quantile(0.5)),
        ));
    }
    told + "."
}

fn students(request: &ClassRequest<'_>) -> Table {
    let columns = Column::all([
        ("student", Align::Label),
        ("score", Align::Decimal),
        ("of", Align::Decimal),
        ("look first at", Align::Label),
        ("what happened", Align::Flowing),
    ]);
    let rows = request.rows.iter().map(row).collect();
    Table { columns, rows, left_out: request.left_out }
}

fn row((who, result): &StudentRow) -> Vec<Text> {
    let student = vec![Inline::text(whom(who))];
    match result {
        Ok(marked) => {
            let points = |points: f64| vec![Inline::text(num::show(points, 2))];
            let first = marked.first_wrong.as_ref().map(first_wrong).unwrap_or_default();
            let (score, most) = (points(marked.score), points(marked.max_score));
            vec![student, score, most, first, vec![Inline::text(happened(marked))]]
        }
        Err(trouble) => {
            let why = Inline::Text(trouble.message.as_str().into(), Role::Wrong);
            vec![student, Vec::new(), Vec::new(), Vec::new(), vec![why]]
        }
    }
}

fn first_wrong(first: &FirstWrong) -> Text {
    vec![name(first.name), Inline::text(format_compact!(" = {}", first.written))]
}

/// The slip of the first wrong line, and what else there is to say.
fn happened(marked: &Marked) -> CompactString {
    let mut told: Vec<String> = Vec::new();
    if let Some(first) = marked.first_wrong.as_ref().filter(|first| !first.slips.is_empty()) {
        let codes: Vec<&str> = first.slips.iter().map(|slip| slip.code()).collect();
        told.push(codes.join(" or ") + if first.is_certain { "" } else { "?" });
    }
    told.extend(marked.notes.iter().map(note));
    told.join("; ").into()
}

fn lines<'a>(request: &ClassRequest<'_>) -> Vec<Block<'a>> {
    let mut lines = request.statistics.lines();
    let all = lines.len();
    if !request.all {
        // What nobody had trouble with needs no row: blank sheets lack every line.
        let most = lines.iter().map(|line| line.counts.right).max().unwrap_or(0);
        lines.retain(|line| line.counts.right < most);
    }
    if lines.is_empty() {
        return vec![Block::Prose(vec!["No line is harder than another.".into()])];
    }
    let columns = Column::all([
        ("quantity", Align::Label),
        ("right", Align::Count),
        ("follows", Align::Count),
        ("wrong", Align::Count),
        ("missing", Align::Count),
        ("unclear", Align::Count),
        ("first", Align::Count),
        ("%", Align::Count),
    ]);
    let left = all - lines.len();
    let rows = lines.iter().map(line).collect();
    let told = "How many students have a line right, right from their own numbers, wrong, left open, \
                or unclear as a number; for how many it is the first wrong one; and the share that \
                has it.";
    let mut blocks =
        vec![Block::Prose(vec![told.into()]), Block::Table(Table { columns, rows, left_out: 0 })];
    if left > 0 {
        let told = match left {
            1 => "1 more line is right as often as any (--all shows it).".to_owned(),
            _ => format!("{left} more lines are right as often as any (--all shows them)."),
        };
        blocks.push(Block::Prose(vec![Inline::Text(told.into(), Role::Faint)]));
    }
    blocks
}

fn line(line: &LineCounts) -> Vec<Text> {
    let count = |count: usize| vec![Inline::text(num::count(count))];
    let counts = line.counts;
    let percent = vec![Inline::text(num::show(line.share() * 100.0, 0))];
    vec![
        vec![name(line.name)],
        count(counts.right),
        count(counts.follows),
        count(counts.wrong),
        count(counts.missing),
        count(counts.unreadable),
        count(line.first),
        percent,
    ]
}

fn slips<'a>(statistics: &Statistics) -> Vec<Block<'a>> {
    let slips = statistics.slips();
    if slips.is_empty() {
        return vec![Block::Prose(vec!["No slip is stated as the cause of a number.".into()])];
    }
    let columns = Column::all([
        ("slip", Align::Label),
        ("students", Align::Count),
        ("first", Align::Count),
        ("what happened", Align::Flowing),
    ]);
    let rows = slips.iter().map(|(slip, students, first)| {
        vec![
            vec![Inline::text(slip.code())],
            vec![Inline::text(num::count(*students))],
            vec![Inline::text(num::count(*first))],
            told(slip.sentence()),
        ]
    });
    vec![Block::Table(Table { columns, rows: rows.collect(), left_out: 0 })]
}
