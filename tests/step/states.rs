//! Where the class is, and what every key does to that. No terminal here.

use std::collections::HashSet;

use backprop_tutor::num;
use backprop_tutor::step::Walkthrough;
use backprop_tutor::step::keys::{self, Key};
use backprop_tutor::step::state::{Flow, Mode, State, position_of};
use backprop_tutor::verify::{self, Marker, MarkingRules};
use proptest::prelude::*;

use crate::class::{APPLY, How, press, screen, typed, with_walk};

const ASK: How = How {
    apply: true,
    ask: true,
    ascii: false,
    exact: false,
    walk: APPLY.walk,
    pace: APPLY.pace,
    only: None,
};

const NEXT: [Key; 8] = [
    Key::Char(' '),
    Key::Enter,
    Key::Char('n'),
    Key::Char('l'),
    Key::Char('j'),
    Key::Right,
    Key::Down,
    Key::PageDown,
];

const BACK: [Key; 7] = [
    Key::Char('p'),
    Key::Char('h'),
    Key::Char('k'),
    Key::Left,
    Key::Up,
    Key::PageUp,
    Key::Backspace,
];

fn all_keys() -> Vec<Key> {
    let mut keys: Vec<Key> = (' '..='~').map(Key::Char).collect();
    keys.extend(['δ', '−', '\u{1b}', '\u{202e}'].map(Key::Char));
    keys.extend(('a'..='z').map(Key::Control));
    keys.extend(NEXT);
    keys.extend(BACK);
    keys.extend([Key::Escape, Key::Home, Key::End]);
    keys
}

/// All that a state is.
fn print(state: &State<'_>) -> String {
    let all = state.all_beats();
    let (mode, guess, notice) = (state.mode(), state.guess(), state.notice());
    format!("{} {} {all} {mode:?} {guess:?} {notice:?}", state.position(), state.beat())
}

fn is_sound(state: &State<'_>) {
    let (position, beat) = (state.position(), state.beat());
    assert!(position < state.walk.steps().len());
    assert!((1..=state.walk.beats(position)).contains(&beat), "{}", print(state));
}

/// One state of every kind at a position.
fn every_mode<'a>(walk: &'a Walkthrough<'a>, position: usize) -> Vec<State<'a>> {
    let starts = ["", " ", "  ", "a", "12", "/", "/f_o", "t", "?", "-0.2", "/nonsense\n", "i", "b"];
    let at = |keys: &str| {
        let mut state = State::at(walk, position);
        press(&mut state, typed(keys));
        state
    };
    starts.map(at).to_vec()
}

#[test]
fn every_key_in_every_state_leaves_a_sound_state() {
    for how in [&APPLY, &ASK] {
        with_walk("xor", how, |walk| {
            for position in [0, 1, 5, 8, 9, 16, 29, walk.steps().len() - 1] {
                for state in every_mode(walk, position) {
                    for key in all_keys() {
                        let mut state = state.clone();
                        press(&mut state, [key]);
                        is_sound(&state);
                    }
                }
            }
        });
    }
}

#[test]
fn keys_without_a_meaning_do_nothing() {
    let meant: HashSet<char> = " nljphk][gG/at?qibrR.0123456789".chars().collect();
    with_walk("xor", &APPLY, |walk| {
        for position in 0..walk.steps().len() {
            let state = State::at(walk, position);
            for key in all_keys() {
                let Key::Char(c) = key else { continue };
                assert_eq!(keys::event(key, &state).is_some(), meant.contains(&c), "{c:?}");
            }
            for c in ('a'..='z').filter(|c| !matches!(c, 'c' | 'z' | 'p')) {
                assert_eq!(keys::event(Key::Control(c), &state), None, "Ctrl-{c}");
            }
        }
    });
}

#[test]
fn all_keys_for_the_same_do_the_same() {
    with_walk("xor", &APPLY, |walk| {
        for keys in [&NEXT[..], &BACK[..]] {
            let after = |key: &Key| {
                let mut state = State::at(walk, 9);
                press(&mut state, [*key]);
                print(&state)
            };
            assert!(keys.iter().all(|key| after(key) == after(&keys[0])));
        }
    });
}

#[test]
fn stepping_and_jumping_come_to_the_same() {
    for scenario in ["xor", "deep", "softmax-cross-entropy"] {
        with_walk(scenario, &APPLY, |walk| {
            let mut stepped = State::at(walk, 0);
            for position in 0..walk.steps().len() {
                let mut jumped = State::at(walk, walk.steps().len() / 2);
                press(&mut jumped, typed(&format!("{}g", position + 1)));
                assert_eq!(print(&stepped), print(&jumped));
                assert_eq!(screen(&stepped, (80, 24)), screen(&jumped, (80, 24)));
                press(&mut stepped, vec![Key::Char(' '); walk.beats(position)]);
            }
            // At the end there is nowhere to go.
            assert_eq!(stepped.position(), walk.steps().len() - 1);
            assert!(stepped.is_revealed());
        });
    }
}

#[test]
fn back_lands_on_the_step_before_with_all_of_it() {
    with_walk("xor", &ASK, |walk| {
        for position in 1..walk.steps().len() {
            let mut state = State::at(walk, position);
            press(&mut state, [Key::Char('p')]);
            assert_eq!((state.position(), state.beat()), (position - 1, walk.beats(position - 1)));
        }
        let mut first = State::at(walk, 0);
        press(&mut first, [Key::Char('p')]);
        assert_eq!((first.position(), first.beat()), (0, 1));
    });
}

#[test]
fn parts_follow_each_other_both_ways() {
    with_walk("deep", &APPLY, |walk| {
        let part = |position: usize| walk.step(position).part;
        let starts: Vec<usize> =
            (0..walk.steps().len()).filter(|&at| at == 0 || part(at) != part(at - 1)).collect();
        assert_eq!(starts.len(), 10);
        let mut state = State::at(walk, 0);
        for &start in &starts {
            assert_eq!(state.position(), start);
            press(&mut state, typed("]"));
        }
        assert_eq!(state.position(), walk.steps().len() - 1);
        for &start in starts.iter().rev() {
            press(&mut state, typed("["));
            assert_eq!(state.position(), start);
        }
        // From the middle of a part, first to its start.
        let mut state = State::at(walk, starts[3] + 2);
        press(&mut state, typed("["));
        assert_eq!(state.position(), starts[3]);
    });
}

#[test]
fn every_quantity_is_found_by_its_name() {
    for scenario in ["xor", "deep", "softmax-cross-entropy", "mazur"] {
        with_walk(scenario, &APPLY, |walk| {
            let lesson = walk.lesson();
            for step in walk.steps() {
                let Some(name) = step.quantity(lesson) else { continue };
                let mut state = State::at(walk, 0);
                press(&mut state, typed(&format!("/{}\n", lesson.naming().plain(name))));
                let found = walk.step(state.position());
                assert_eq!(found.quantity(lesson), Some(name));
            }
        });
    }
}

#[test]
fn what_is_no_step_is_found_where_it_is_used_or_explained() {
    with_walk("xor", &APPLY, |walk| {
        let of = |text: &str| position_of(walk, text);
        assert_eq!(of("W11"), Ok(0));
        assert_eq!(of("df_in/du2"), of("dL/du2"));
        assert_eq!(of("δ1"), of("dL/dz1_in"));
        let wrong = "f_otu: this network has no such quantity; did you mean f_out?";
        assert_eq!(of("f_otu"), Err(wrong.to_owned()));
        assert_eq!(of("dL/dx1"), Err("dL/dx1: this lesson has no step for it".to_owned()));
    });
    with_walk("xor", &How::default(), |walk| {
        let wrong = "L_new comes after the update: add --apply";
        assert_eq!(position_of(walk, "L_new"), Err(wrong.to_owned()));
    });
}

#[test]
fn a_number_too_large_goes_to_the_last_step() {
    with_walk("xor", &APPLY, |walk| {
        for number in ["64", "999999999999999999999999999999"] {
            let mut state = State::at(walk, 3);
            press(&mut state, typed(&format!("{number}g")));
            assert_eq!(state.position(), walk.steps().len() - 1);
        }
        let mut state = State::at(walk, 3);
        press(&mut state, typed("12"));
        press(&mut state, [Key::Escape]);
        assert_eq!((state.position(), state.mode()), (3, &Mode::Walking));
    });
}

#[test]
fn all_beats_at_once_and_back() {
    with_walk("xor", &APPLY, |walk| {
        let mut state = State::at(walk, 1);
        press(&mut state, typed("a"));
        for position in 1..walk.steps().len() {
            assert_eq!((state.position(), state.beat()), (position, walk.beats(position)));
            press(&mut state, typed(" "));
        }
        press(&mut state, typed("ag"));
        assert_eq!((state.position(), state.beat()), (0, 1));
    });
}

#[test]
fn a_blank_screen_comes_back_with_any_key() {
    with_walk("xor", &APPLY, |walk| {
        for (blank, back) in [('b', Key::Char('x')), ('.', Key::Right), ('b', Key::Escape)] {
            let mut state = State::at(walk, 4);
            let before = screen(&state, (80, 24));
            press(&mut state, [Key::Char(blank)]);
            assert_eq!(screen(&state, (80, 24)).trim(), "");
            press(&mut state, [back]);
            assert_eq!(screen(&state, (80, 24)), before);
        }
    });
}

#[test]
fn a_step_is_chosen_from_the_list() {
    with_walk("xor", &APPLY, |walk| {
        for open in [Key::Char('i'), Key::Control('p')] {
            let mut state = State::at(walk, 4);
            press(&mut state, [open]);
            let list = screen(&state, (80, 24));
            assert!(list.contains("▸  5") && list.contains("Forward pass"), "{list}");
            press(&mut state, [Key::Down, Key::Down, Key::Up, Key::Enter]);
            assert_eq!((state.position(), state.mode()), (5, &Mode::Walking));
        }
    });
}

#[test]
fn leaving() {
    with_walk("xor", &APPLY, |walk| {
        for key in [Key::Char('q'), Key::Control('c')] {
            assert_eq!(press(&mut State::at(walk, 4), [key]), Flow::Leave);
        }
        // A remote control sends Escape by mistake: it asks first.
        for (answer, flow) in
            [(Key::Enter, Flow::Leave), (Key::Char('y'), Flow::Leave), (Key::Escape, Flow::Show)]
        {
            let mut state = State::at(walk, 4);
            assert_eq!(press(&mut state, [Key::Escape]), Flow::Show);
            assert_eq!(state.mode(), &Mode::Leaving);
            assert!(screen(&state, (80, 24)).contains("Leave the lesson?"));
            assert_eq!(press(&mut state, [answer]), flow);
            assert_eq!(state.position(), 4);
        }
        // What lies over the step goes first; Ctrl-C always leaves.
        for over in ["t", "?", "/z", "12", "i", "b"] {
            let mut state = State::at(walk, 4);
            press(&mut state, typed(over));
            assert_eq!(press(&mut state.clone(), [Key::Control('c')]), Flow::Leave);
            assert_eq!(press(&mut state, [Key::Escape]), Flow::Show);
            assert_eq!(state.mode(), &Mode::Walking);
        }
        assert_eq!(press(&mut State::at(walk, 4), [Key::Control('z')]), Flow::Suspend);
    });
}

/// What is said about a guess at a quantity.
fn guess(walk: &Walkthrough<'_>, name: &str, text: &str) -> (bool, bool, String) {
    let mut state = State::at(walk, position_of(walk, name).unwrap());
    press(&mut state, typed(&format!("{text}\n")));
    let screen = screen(&state, (100, 30));
    (state.guess().is_some_and(|guess| guess.right), state.is_revealed(), screen)
}

#[test]
fn right_guesses_are_revealed_and_wrong_ones_explained() {
    with_walk("xor", &ASK, |walk| {
        let (right, revealed, screen) = guess(walk, "dL/df_out", "-0.2475");
        assert!(right && revealed && screen.contains("-0.2475 is right."), "{screen}");
        let (right, revealed, screen) = guess(walk, "dL/df_out", "0.2475");
        assert!(!right && !revealed, "{screen}");
        assert!(screen.contains("0.2475: not yet. A minus sign is lost"), "{screen}");
        assert!(!screen.contains("= -0.2475"), "{screen}");
        // Computed from the carried f_in: right from the numbers on the screen.
        let (right, _, screen) = guess(walk, "dL/db2", "-0.0052");
        assert!(right, "{screen}");
        // What the source prints, and what is right, are both accepted.
        assert!(guess(walk, "f_in", "1.1122").0 && guess(walk, "f_in", "1.1270").0);
        let (right, _, screen) = guess(walk, "dL/df_out", "-0,2.5");
        assert!(!right && screen.contains("-0,2.5 cannot be read"), "{screen}");
    });
}

#[test]
fn every_value_on_the_screen_is_a_right_guess() {
    for scenario in ["xor", "deep", "softmax-cross-entropy", "mazur"] {
        with_walk(scenario, &ASK, |walk| {
            for position in 0..walk.steps().len() {
                let Some(name) = walk.asked(position) else { continue };
                let text = walk.readings.text(name);
                let judged = walk.judge(name, &text).unwrap();
                assert!(judged.right, "{scenario} {}: {:?}", position + 1, judged.said);
            }
        });
    }
}

/// One line is marked as it is on a whole sheet.
#[test]
fn lines_alone_are_judged_as_on_a_sheet() {
    for scenario in ["mazur", "deep", "softmax-cross-entropy"] {
        with_walk(scenario, &ASK, |walk| {
            let (lesson, digits) = (walk.lesson(), walk.readings.digits);
            let slips = |line: &verify::ReportLine| {
                line.slips().iter().map(|f| f.slip.code()).collect::<Vec<_>>()
            };
            let all = Marker::new(lesson, MarkingRules::asking(digits));
            for position in 0..walk.steps().len() {
                let Some(name) = walk.asked(position) else { continue };
                let value = lesson.value(name);
                for guess in [value, -value, value + 0.01, value * 0.5, 1.0] {
                    let text = num::show(guess, digits);
                    let line = format!("{} = {text}", lesson.naming().plain(name));
                    let sheet = verify::read(line.as_bytes(), "", lesson.network()).unwrap();
                    let alone = Marker::of_lines(lesson, MarkingRules::asking(digits), &[name]);
                    let alone = alone.mark(&sheet);
                    let whole = all.mark(&sheet);
                    let whole = whole.lines.iter().find(|line| line.name() == name).unwrap();
                    assert_eq!(alone.lines[0].verdict, whole.verdict, "{line}");
                    assert_eq!(slips(&alone.lines[0]), slips(whole), "{line}");
                }
            }
        });
    }
}

#[test]
fn a_number_in_front_of_g_is_a_step_even_where_a_guess_is_awaited() {
    with_walk("xor", &ASK, |walk| {
        let mut state = State::at(walk, 5);
        press(&mut state, typed("12"));
        assert_eq!(state.mode(), &Mode::Guessing("12".to_owned()));
        press(&mut state, typed("g"));
        assert_eq!((state.position(), state.mode()), (11, &Mode::Walking));
    });
}

#[test]
fn without_asking_nothing_is_guessed() {
    with_walk("xor", &APPLY, |walk| {
        let mut state = State::at(walk, 9);
        press(&mut state, typed("-"));
        assert_eq!(state.mode(), &Mode::Walking);
        assert_eq!(walk.judge(walk.asked(9).unwrap(), "1"), None);
    });
}

#[test]
fn a_value_is_not_on_the_screen_before_it_is_revealed() {
    with_walk("xor", &APPLY, |walk| {
        // A number that stands nowhere else when its step begins.
        for (name, value) in [
            ("z1_in", "-0.53"),
            ("z1_out", "0.3705"),
            ("f_in", "1.1122"),
            ("f_out", "0.7525"),
            ("L", "0.0306"),
            ("dL/df_out", "-0.2475"),
            ("df_out/df_in", "0.1862"),
            ("dL/du1", "-0.0171"),
            ("f_out_new", "0.7615"),
        ] {
            let position = position_of(walk, name).unwrap();
            let mut state = State::at(walk, position);
            for _ in 1..walk.beats(position) {
                assert!(!screen(&state, (200, 60)).contains(value), "{name}");
                press(&mut state, typed(" "));
            }
            assert!(screen(&state, (200, 60)).contains(value), "{name}");
        }
    });
}

fn any_key() -> impl Strategy<Value = Key> {
    prop::sample::select(all_keys())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_keys_leads_astray(
        keys in prop::collection::vec(any_key(), 0..120),
        ask in any::<bool>(),
        deep in any::<bool>(),
        (width, height) in (1_u16..220, 1_u16..70),
    ) {
        let how = How { ask, ..APPLY };
        with_walk(if deep { "deep" } else { "xor" }, &how, |walk| {
            let mut state = State::at(walk, 0);
            for key in keys {
                press(&mut state, [key]);
                is_sound(&state);
            }
            screen(&state, (width, height));
        });
    }
}
