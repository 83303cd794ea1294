//! Asking for answers one by one: where a student goes, what is told back, and what of it is kept.

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, NameSet};
use backprop_tutor::scenario::{self, Scenario};
use backprop_tutor::verify::asking::{Asking, Reply};
use backprop_tutor::verify::{Marker, MarkingRules, NumberProblem, Sheet, read};

fn xor() -> Scenario {
    scenario::load("xor").expect("the lecture's exercise")
}

fn lesson(scenario: &Scenario) -> Lesson<'_> {
    Lesson::new(scenario.exercise(0), Settings::default()).expect("a lesson")
}

fn name(lesson: &Lesson<'_>, text: &str) -> Name {
    lesson.naming().read(text).expect("a name")
}

/// Tries a dialogue on a sheet, of all questions or of a few.
fn with_asking(
    text: &str,
    only: Option<&[&str]>,
    check: impl FnOnce(&mut Asking<'_>, &Lesson<'_>),
) {
    let scenario = xor();
    let lesson = lesson(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let sheet = read(text.as_bytes(), "a sheet", &scenario.network).expect("a sheet");
    let only: Option<Vec<Name>> =
        only.map(|names| names.iter().map(|text| name(&lesson, text)).collect());
    let mut asking = Asking::new(&marker, only.as_deref(), sheet, &NameSet::default());
    check(&mut asking, &lesson);
}

fn asked(asking: &Asking<'_>) -> usize {
    asking.question().expect("a question").number
}

#[test]
fn answers_stand_on_the_lines_of_their_questions() {
    with_asking("", None, |asking, lesson| {
        asking.take("-0.53");
        asking.take("f_in = 1.127");
        let places: Vec<_> = asking
            .sheet()
            .answers
            .iter()
            .map(|answer| (answer.line as usize, answer.column))
            .collect();
        assert!(matches!(asking.take("f_in ="), Reply::Went));
        assert_eq!(places, [(1, 1), (asked(asking), 1)]);
        assert_eq!(asking.question().map(|asked| asked.name), Some(name(lesson, "f_in")));
        assert_eq!(asking.sheet().answers.len(), 2);
    });
}

#[test]
fn sixty_characters_of_an_answer_are_shown_and_forty_of_a_name() {
    for length in [60, 61] {
        with_asking("", None, |asking, _| {
            let text = format!("-0.53{}", "0".repeat(length - 5));
            asking.take(&text);
            asking.take("b");
            let shown = asking.question().and_then(|asked| asked.earlier).expect("an answer");
            assert_eq!(shown == text, length == 60, "{shown}");
            assert!(shown.starts_with(&text[..60]), "{shown}");
        });
    }
    for length in [40, 41] {
        with_asking("", None, |asking, _| {
            let text = "q".repeat(length);
            let Reply::NoSuchName { typed, .. } = asking.take(&format!("go {text}")) else {
                panic!("there is such a name")
            };
            assert_eq!(typed == text, length == 40, "{typed}");
            assert!(typed.starts_with(&text[..40]), "{typed}");
        });
    }
}

#[test]
fn what_is_no_number_is_told_so() {
    with_asking("", None, |asking, _| {
        let problem = NumberProblem::UnclearComma;
        assert!(matches!(asking.take("1,234"), Reply::NotANumber(found) if found == problem));
        assert!(matches!(asking.take("quux"), Reply::Unknown));
    });
}

#[test]
fn one_goes_to_questions_that_there_are() {
    with_asking("", None, |asking, _| {
        let of = asking.question().expect("a question").of;
        assert!(matches!(asking.take(&format!("go {of}")), Reply::Went));
        assert_eq!(asked(asking), of);
        let beyond = asking.take(&format!("go {}", of + 1));
        assert!(matches!(beyond, Reply::NoSuchNumber(last) if last == of));
        assert!(matches!(asking.take("go 0"), Reply::NoSuchNumber(_)));
        assert_eq!(asked(asking), of);
    });
    with_asking("", Some(&["f_in"]), |asking, lesson| {
        let not_asked = asking.take("z1_in");
        assert!(matches!(not_asked, Reply::NotAsked(found) if found == name(lesson, "z1_in")));
        let given = asking.take("W11");
        assert!(matches!(given, Reply::Given(found) if found == name(lesson, "W11")));
    });
}

#[test]
fn one_goes_on_behind_the_last_answer_and_else_at_what_is_open() {
    with_asking("z1_in = -0.53\nz2_in = 1.04", None, |asking, _| {
        let count = asking.question().expect("a question").of;
        assert_eq!(asking.progress(), (2, count));
        let (first, last) = (asked(asking), format!("go {count}"));
        asking.take("go 1");
        assert!(first > 2, "{first}");
        asking.take(&last);
    });
    // Nobody has been anywhere yet: one goes back question by question, to the first.
    with_asking(
        "z1_in = -0.53\nz2_in = 1.04",
        Some(&["z1_in", "z2_in", "f_in", "L"]),
        |asking, _| {
            let back = |asking: &mut Asking<'_>| {
                asking.take("back");
                asked(asking)
            };
            assert_eq!(asked(asking), 3);
            assert_eq!([back(asking), back(asking), back(asking)], [2, 1, 1]);
        },
    );
    // Between two answers one was left open: behind the last of them is where one was.
    with_asking(
        "z1_in = -0.53\nz1_out = 0.3705",
        Some(&["z1_in", "z1_out", "f_in"]),
        |asking, _| {
            assert_eq!(asked(asking), 3);
        },
    );
    with_asking(
        "z1_in = -0.53\nf_in = 1.127",
        Some(&["z1_in", "z2_in", "f_in", "L"]),
        |asking, _| {
            assert_eq!(asked(asking), 4);
        },
    );
    with_asking(
        "z1_in = -0.53\nL = 0.0299",
        Some(&["z1_in", "z2_in", "f_in", "L"]),
        |asking, _| {
            assert_eq!(asked(asking), 2);
        },
    );
}

#[test]
fn commands_change_nothing_on_the_sheet() {
    with_asking("", None, |asking, _| {
        for command in ["t", "task", "T"] {
            assert!(matches!(asking.take(command), Reply::Task), "{command}");
        }
        for command in ["t", "h", "l", "", "go 3", "b", "s", "1,234", "go 99999", "quux", "W11"] {
            let before = asking.sheet().clone();
            let reply = asking.take(command);
            assert!(!reply.changes_sheet() && *asking.sheet() == before, "{command}: {reply:?}");
        }
        assert!(asking.take("0.5").changes_sheet());
        assert_ne!(*asking.sheet(), Sheet::default());
    });
}
