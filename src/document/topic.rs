//! Topics as blocks: what each of them says on a page.

use super::block::{Block, Inline, told};
use super::page::Page;
use super::{
    Readings, backward, check, concept, cost, forward, matrix_form, network, summary, update,
};
use crate::lesson::reference::PrintedCheck;
use crate::name::Name;
use crate::telling::{Concept, Part, Subject, Topic};

/// A page that is told topic by topic.
pub(super) struct Teller<'a> {
    page: Page<'a>,
    checks: &'a [PrintedCheck<'a>],
    backward: backward::Seen,
    heading: Option<&'static str>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(page: Page<'a>, checks: &'a [PrintedCheck<'a>]) -> Self {
        Self { page, checks, backward: backward::Seen::default(), heading: None }
    }

    pub(super) const fn page(&mut self) -> &mut Page<'a> {
        &mut self.page
    }

    /// The blocks of topics that stand together, under their heading.
    pub(super) fn tell(&mut self, topics: &[Topic]) -> Vec<Block<'a>> {
        let title = topics.first().map(|topic| heading(*topic));
        if let Some(title) = title.filter(|title| self.heading != Some(title)) {
            self.heading = Some(title);
            self.page.heading(title);
            opening(&mut self.page, topics[0]);
        }
        self.subjects(topics)
    }

    /// The same without a heading.
    pub(super) fn subjects(&mut self, topics: &[Topic]) -> Vec<Block<'a>> {
        let page = &mut self.page;
        let Some(topic) = topics.first() else { return Vec::new() };
        if !is_in_table(topic) {
            self.subject(topic.subject);
        } else if topic.part == Part::Update {
            update::table(page, topics);
        } else {
            forward::table(page, (topic.part == Part::Forward).then_some("step"), topics);
        }
        self.page.take_blocks()
    }

    /// A topic of a page about the quantity `name` alone; `is_last`: of all.
    pub(super) fn about(&mut self, name: Name, topics: &[Topic], is_last: bool) -> Vec<Block<'a>> {
        for topic in topics {
            let page = &mut self.page;
            if let Subject::Quantity(told) = topic.subject {
                // What is carried is told in the end, in a sentence.
                if told != name && page.is_carried(told) {
                    continue;
                }
                if let Name::New(symbol) = told {
                    let is_parameter = page.lesson.is_parameter(symbol);
                    page.say(if is_parameter { "And the update:" } else { "After the update:" });
                }
            }
            self.subject(topic.subject);
        }
        if is_last {
            self.page.remark_on_carried_behind(name);
        }
        self.page.take_blocks()
    }

    fn subject(&mut self, subject: Subject) {
        let page = &mut self.page;
        match subject {
            Subject::Concept(concept) => concept::write(page, concept),
            Subject::Network => network::write(page),
            Subject::Alike(alike) => backward::alike(page, alike),
            Subject::LeftOut(first, last) => page.say_left_out(first, last),
            Subject::Coupled(layer) => self.backward.coupled(page, layer),
            Subject::Chain(walked) => self.backward.chain(page, walked),
            Subject::Signal { layer, unit, known } => backward::signal(page, layer, unit, known),
            Subject::Shortcut(output) => backward::shortcut(page, output),
            Subject::Quantity(name) => page.derivation(name),
            Subject::OldAndNew => update::matrices(page),
            Subject::Losses => {
                let losses = update::losses(page);
                page.prose(losses);
            }
            Subject::MatrixForm => matrix_form::introduce(page),
            Subject::MatrixLayer(layer) => matrix_form::layer(page, layer),
            Subject::Cost => cost::write(page),
            Subject::Check => check::write(page, self.checks),
            Subject::Summary => summary::write(page),
        }
    }
}

/// The blocks of one topic, without a heading.
pub fn topic<'a>(
    readings: Readings<'a>,
    checks: &'a [PrintedCheck<'a>],
    topic: Topic,
) -> Vec<Block<'a>> {
    Teller::new(Page::new(readings), checks).subjects(&[topic])
}

/// What a topic stands under.
pub const fn heading(topic: Topic) -> &'static str {
    match topic.part {
        Part::Goal => "The goal",
        Part::Network => network::TITLE,
        Part::Forward => "Forward pass",
        Part::Backward(_) => "Backward pass",
        Part::Update => "Update",
        Part::After => "Forward pass with the new weights",
        Part::Closing => closing(topic.subject),
    }
}

const fn closing(subject: Subject) -> &'static str {
    if matches!(subject, Subject::Cost | Subject::Concept(Concept::ForwardBrackets)) {
        cost::TITLE
    } else if matches!(subject, Subject::Check) {
        check::TITLE
    } else if matches!(subject, Subject::Summary | Subject::Concept(Concept::Closing)) {
        summary::TITLE
    } else {
        matrix_form::TITLE
    }
}

/// What a topic of its own is called.
pub const fn title(part: Part, subject: Subject) -> &'static str {
    if let Subject::Concept(concept) = subject {
        return concept.title();
    }
    if matches!(subject, Subject::OldAndNew) {
        return "Old and new weights";
    }
    heading(Topic { part, subject })
}

/// What is said first under a heading.
fn opening(page: &mut Page<'_>, topic: Topic) {
    match topic.part {
        Part::Forward => forward::opening(page),
        Part::Backward(_) => backward::opening(page),
        Part::Update => {
            page.prose(told(update::RULE));
        }
        Part::Goal | Part::Network | Part::After | Part::Closing => {}
    }
}

/// How many topics from the first on stand together in one table.
pub(super) fn run(topics: &[Topic]) -> usize {
    let part = topics.first().map(|topic| topic.part);
    let together = |topic: &&Topic| is_in_table(topic) && Some(topic.part) == part;
    topics.iter().take_while(together).count().max(1)
}

/// Whether a topic stands in one table with those beside it.
const fn is_in_table(topic: &Topic) -> bool {
    matches!(topic.part, Part::Forward | Part::After | Part::Update)
        && matches!(topic.subject, Subject::Alike(_) | Subject::LeftOut(..))
}

/// Says which layers go the same way and are left out.
impl Page<'_> {
    pub(super) fn say_left_out(&mut self, first: u32, last: u32) {
        self.prose([
            format!("Layers {} to {} go the same way", first + 1, last + 1).into(),
            Inline::hint(" (--all shows them)"),
            ".".into(),
        ]);
    }
}
