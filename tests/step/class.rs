//! A class: an exercise that is walked, with a screen to look at.

use backprop_tutor::document::{Limits, Readings};
use backprop_tutor::lesson::reference::{self, PrintedCheck};
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::math::Notation;
use backprop_tutor::name::Name;
use backprop_tutor::num::Written;
use backprop_tutor::scenario::{self, Scenario};
use backprop_tutor::step::keys::{self, Key};
use backprop_tutor::step::state::{Flow, State};
use backprop_tutor::step::{Judge, StepLook, Walkthrough, view};
use backprop_tutor::telling::{Pace, Telling, Walk};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// How an exercise is walked.
#[derive(Clone, Default)]
pub(crate) struct How {
    pub(crate) apply: bool,
    pub(crate) ask: bool,
    pub(crate) ascii: bool,
    pub(crate) exact: bool,
    pub(crate) walk: Walk,
    pub(crate) pace: Pace,
    pub(crate) only: Option<&'static str>,
}

pub(crate) const APPLY: How = How {
    apply: true,
    ask: false,
    ascii: false,
    exact: false,
    walk: Walk::First,
    pace: Pace::Lecture,
    only: None,
};

/// Walks an exercise as `run --step` does.
pub(crate) fn with_walk<T>(
    scenario: &str,
    how: &How,
    then: impl FnOnce(&Walkthrough<'_>) -> T,
) -> T {
    let scenario = scenario::load(scenario).unwrap();
    with_scenario(&scenario, how, then)
}

pub(crate) fn with_scenario<T>(
    scenario: &Scenario,
    how: &How,
    then: impl FnOnce(&Walkthrough<'_>) -> T,
) -> T {
    let exercise = scenario.exercise(0);
    let only = how.only.map(|name| scenario.network.find(name).unwrap());
    let carried = |settings: Settings| {
        let Some(reference) = scenario.reference.as_ref().filter(|_| !how.exact) else {
            return settings;
        };
        let carried = reference.values.iter().filter(|(name, _)| reference.carry.contains(name));
        Settings { carried: carried.cloned().collect(), ..settings }
    };
    let settings = Settings { apply: how.apply, ..Settings::default() };
    let exact = Lesson::new(exercise, settings.clone()).unwrap();
    let lesson = Lesson::new(exercise, carried(settings)).unwrap();
    let printed: &[(Name, Written)] = scenario.reference.as_ref().map_or(&[], |r| &r.values);
    let notes = scenario.reference.as_ref().map_or(&[][..], |r| &r.notes);
    let checks: Vec<PrintedCheck<'_>> = reference::check(printed, &lesson, &exact);
    let readings = Readings {
        lesson: &lesson,
        digits: scenario.digits,
        limits: Limits::READABLE,
        notes,
        notation: Notation::Linear,
    };
    let look = StepLook { colour: None, ascii: how.ascii };
    let judge = how.ask.then_some(Judge { exact: &exact, printed });
    let telling = telling(how, only, !checks.is_empty());
    then(&Walkthrough::new(&scenario.title, readings, &checks, look, telling, judge))
}

/// How an exercise is told.
pub(crate) fn telling(how: &How, only: Option<Name>, has_checks: bool) -> Telling {
    let (walk, pace, most_layers) = (how.walk, how.pace, Limits::READABLE.layers);
    Telling { walk, only, theory: true, has_checks, most_layers, pace }
}

/// Presses keys; a screen is drawn after each, as the driver does.
pub(crate) fn press(state: &mut State<'_>, keys: impl IntoIterator<Item = Key>) -> Flow {
    for key in keys {
        if let Some(event) = keys::event(key, state) {
            let flow = state.on(event);
            if flow != Flow::Show {
                return flow;
            }
        }
        let most = view::draw(state, SMALL, &mut Buffer::empty(SMALL));
        state.settle(most);
    }
    Flow::Show
}

const SMALL: Rect = Rect { x: 0, y: 0, width: 80, height: 24 };

/// Characters as keys.
pub(crate) fn typed(text: &str) -> Vec<Key> {
    text.chars().map(|c| if c == '\n' { Key::Enter } else { Key::Char(c) }).collect()
}

/// The cells of a screen.
pub(crate) fn buffer(state: &State<'_>, (width, height): (u16, u16)) -> Buffer {
    let area = Rect { x: 0, y: 0, width, height };
    let mut buffer = Buffer::empty(area);
    view::draw(state, area, &mut buffer);
    buffer
}

/// A screen as text, without blanks at the ends of lines.
pub(crate) fn screen(state: &State<'_>, size: (u16, u16)) -> String {
    let buffer = buffer(state, size);
    let mut text = String::new();
    for row in buffer.content.chunks(usize::from(size.0)) {
        let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
