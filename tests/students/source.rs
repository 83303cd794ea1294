//! Published examples as sheets: what the source prints, marked by the exact
//! numbers and not by what the source prints. Its errors are wrong, and what
//! comes of them follows.

use std::fmt::Write;

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::scenario::{self, embedded};
use backprop_tutor::verify::{Marker, MarkingRules, read};

#[test]
fn what_sources_print_gets_the_verdicts_it_deserves() {
    let mut marks = String::new();
    for entry in embedded::all().iter().filter(|entry| entry.data.is_none()) {
        let scenario = scenario::load(entry.name).expect("shipped");
        let Some(reference) = &scenario.reference else { continue };
        let apply = scenario.learning_rate.is_some();
        let settings = Settings { apply, ..Settings::default() };
        let lesson = Lesson::new(scenario.exercise(0), settings).expect("finite");
        let naming = lesson.naming();
        let printed = reference.values.iter();
        let sheet: String = printed
            .map(|(name, written)| format!("{} = {}\n", naming.plain(*name), written.text()))
            .collect();
        let sheet = read(sheet.as_bytes(), "sheet", lesson.network()).expect("a sheet");
        let marker = Marker::new(&lesson, MarkingRules::asking(scenario.digits));
        let report = marker.mark(&sheet);
        let _ = writeln!(
            marks,
            "{}: {} of {} answered",
            entry.name,
            sheet.answers.len(),
            report.lines.len()
        );
        for line in report.lines.iter().filter(|line| line.written().is_some()) {
            let remarks: Vec<&str> = line.remarks().map(|remark| remark.code()).collect();
            let slips = line.slips().iter().map(|finding| {
                let doubt = if finding.certain { "" } else { "?" };
                format!("{}{doubt}", finding.slip.code())
            });
            let told: Vec<String> = remarks.into_iter().map(str::to_owned).chain(slips).collect();
            let _ = writeln!(
                marks,
                "  {} = {}: {} {} (exact {})",
                naming.ours().plain(line.name()),
                line.written().as_deref().unwrap_or_default(),
                line.verdict.key(),
                told.join(", "),
                line.expected()
            );
        }
    }
    insta::assert_snapshot!(marks);
}
