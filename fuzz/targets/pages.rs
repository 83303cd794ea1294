//! Everything that is written of a lesson or of a marked sheet.

use std::io;

use backprop_tutor::document::report::{self, report as blocks};
use backprop_tutor::document::{self, Limits, figure::Figure};
use backprop_tutor::export::{html, json, latex, markdown, report_json, svg, terminal, tikz};
use backprop_tutor::lesson::{Lesson, Settings, reference};
use backprop_tutor::math::Notation;
use backprop_tutor::name::Name;
use backprop_tutor::scenario::Scenario;
use backprop_tutor::telling::{Pace, Telling, Walk};
use backprop_tutor::text::harmless;
use backprop_tutor::typeset::Terminal;
use backprop_tutor::verify::{Marker, MarkingRules, Sheet};

const NARROW: Terminal = Terminal { width: 40, colour: false, ascii: false };

/// Writes into memory, which takes everything.
fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes everything");
    String::from_utf8(out).expect("it is text")
}

fn is_harmless(page: &str) {
    for line in page.lines() {
        assert_eq!(line, harmless(line));
    }
}

/// The lesson in every format.
pub(super) fn lesson(scenario: &Scenario) -> String {
    let apply = scenario.learning_rate.is_some();
    let printed = scenario.reference.as_ref();
    let mut settings = Settings { apply, ..Settings::default() };
    if let Some(reference) = printed {
        let carried = |(name, _): &&(Name, _)| reference.carry.contains(name);
        settings.carried = reference.values.iter().filter(carried).cloned().collect();
    }
    let Ok(lesson) = Lesson::new(scenario.exercise(0), settings) else {
        return "overflow".to_owned();
    };
    let values = printed.map_or(&[][..], |reference| &reference.values);
    let checks: Vec<_> = reference::check(values, &lesson, &lesson);
    let request = |notation| document::LessonRequest {
        lesson: &lesson,
        title: &scenario.title,
        source: scenario.source.as_deref(),
        sample: None,
        digits: scenario.digits,
        limits: Limits::READABLE,
        notation,
        telling: Telling {
            walk: Walk::First,
            only: None,
            theory: true,
            has_checks: !checks.is_empty(),
            most_layers: Limits::READABLE.layers,
            pace: Pace::Sections,
        },
        checks: &checks,
        notes: printed.map_or(&[][..], |reference| &reference.notes),
    };
    let naming = lesson.naming();
    let text = written(|out| {
        terminal::write(document::page(request(Notation::Linear)), naming, NARROW, out)
    });
    is_harmless(&text);
    let object = written(|out| {
        let request = json::LessonJson {
            lesson: &lesson,
            title: &scenario.title,
            source: scenario.source.as_deref(),
            digits: scenario.digits,
            only: None,
            checks: &checks,
        };
        json::write(&request, out)
    });
    let object: serde_json::Value = serde_json::from_str(&object).expect("it is JSON");
    let passages = || document::passages(request(Notation::Stacked));
    let digits = scenario.digits;
    written(|out| html::lesson(&lesson, &scenario.title, digits, passages(), out));
    written(|out| latex::lesson(&lesson, digits, passages(), out));
    written(|out| latex::slides(request(Notation::Stacked).readings(), passages(), out));
    written(|out| markdown::page(naming, document::page(request(Notation::Stacked)), out));
    let figure =
        Figure::new(lesson.network(), |name| lesson.has(name).then(|| lesson.text(name, digits)));
    let drawn = svg::figure(&figure, svg::SvgSettings::default());
    let picture = tikz::file(&figure, tikz::TikzSettings::default());
    let extreme = if drawn.len() + picture.len() > 20_000 { "large" } else { "small" };
    let quantities = object["quantities"].as_array().map_or(0, Vec::len) / 20;
    let keys = scenario.network.layers.iter().map(|layer| layer.activation.key);
    let keys: Vec<&str> = keys.chain([scenario.network.loss.key]).collect();
    format!("{keys:?} {quantities} {} {extreme}", checks.len().min(3))
}

/// The report on a sheet, as text and as JSON.
pub(super) fn report(scenario: &Scenario, sheet: &Sheet) -> String {
    let settings = Settings { apply: true, ..Settings::default() };
    let lesson = Lesson::new(scenario.exercise(0), settings).expect("it is finite");
    let marker = Marker::new(&lesson, MarkingRules::asking(scenario.digits));
    let report = marker.mark(sheet);
    assert!(report.score().is_finite() && report.score() <= report.max_score() + 1e-9);
    let (title, digits) = (scenario.title.as_str(), scenario.digits);
    let limits = Limits::READABLE;
    let page =
        blocks(&report::ReportRequest { lesson: &lesson, title, report: &report, digits, limits });
    let text = written(|out| terminal::write(page, lesson.naming(), NARROW, out));
    is_harmless(&text);
    let object = written(|out| {
        let request =
            report_json::ReportJson { report: &report, lesson: &lesson, title, hash: 0, digits };
        report_json::write(&request, out)
    });
    serde_json::from_str::<serde_json::Value>(&object).expect("it is JSON");
    let verdicts = report.lines.iter().map(|line| format!("{:?}", line.verdict));
    let mut kinds: Vec<String> = verdicts.collect();
    kinds.dedup();
    kinds.truncate(4);
    kinds.join(" ")
}
