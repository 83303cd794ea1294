//! From keys to events: what a key asks for depends on what is shown.

use super::state::{Edit, Event, Go, Mode, State};

/// A key, as far as the walkthrough cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character.
    Char(char),
    /// A character with the control key.
    Control(char),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Backspace.
    Backspace,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the start.
    Home,
    /// To the end.
    End,
}

/// Rows of a page in the tables.
const PAGE: isize = 10;

/// What a key asks for in a state; `None`: nothing.
pub fn event(key: Key, state: &State<'_>) -> Option<Event> {
    if let Key::Control(c) = key {
        return match c {
            'c' => Some(Event::Leave),
            'z' => Some(Event::Suspend),
            'p' if *state.mode() == Mode::Walking => Some(Event::List),
            _ => None,
        };
    }
    match state.mode() {
        Mode::Jumping(_) if key == Key::Escape => Some(Event::Close),
        Mode::Jumping(_) if key == Key::Backspace => Some(Event::Edit(Edit::Erase)),
        Mode::Walking | Mode::Jumping(_) => walking(key, state),
        Mode::Finding(_) => typing(key),
        Mode::Guessing(_) => guessing(key),
        Mode::Tables(_) | Mode::Help(_) => reading(key),
        Mode::Listing(_) => choosing(key),
        // Any key brings the step back.
        Mode::Blank | Mode::Fault(_) => Some(Event::Close),
        Mode::Leaving => match key {
            Key::Enter | Key::Char('y' | 'q') => Some(Event::Leave),
            Key::Char(_)
            | Key::Control(_)
            | Key::Escape
            | Key::Backspace
            | Key::Left
            | Key::Right
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown
            | Key::Home
            | Key::End => Some(Event::Close),
        },
    }
}

fn walking(key: Key, state: &State<'_>) -> Option<Event> {
    match key {
        Key::Char(' ' | 'n' | 'l' | 'j') | Key::Enter | Key::Right | Key::Down | Key::PageDown => {
            Some(Event::Go(Go::Next))
        }
        Key::Char('p' | 'h' | 'k') | Key::Left | Key::Up | Key::PageUp | Key::Backspace => {
            Some(Event::Go(Go::Back))
        }
        Key::Char(']') => Some(Event::Go(Go::NextPart)),
        Key::Char('[') => Some(Event::Go(Go::PreviousPart)),
        Key::Char('g') | Key::Home => Some(Event::Go(Go::First)),
        Key::Char('G') | Key::End => Some(Event::Go(Go::Last)),
        Key::Char('/') => Some(Event::Find),
        Key::Char('a') => Some(Event::AllBeats),
        Key::Char('t') => Some(Event::Tables),
        Key::Char('?') => Some(Event::Help),
        Key::Char('i') => Some(Event::List),
        Key::Char('r') => Some(Event::Reload),
        Key::Char('R') => Some(Event::Go(Go::LastTime)),
        Key::Char('q') => Some(Event::Leave),
        Key::Escape => Some(Event::AskToLeave),
        Key::Char(c) if state.may_guess() && begins_number(c) => Some(Event::Edit(Edit::Type(c))),
        Key::Char('.' | 'b') => Some(Event::Blank),
        Key::Char(c) => c.to_digit(10).map(|digit| Event::Digit(digit as u8)),
        Key::Control(_) => None,
    }
}

const fn begins_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ',' | '−')
}

fn typing(key: Key) -> Option<Event> {
    match key {
        Key::Char(c) => Some(Event::Edit(Edit::Type(c))),
        Key::Enter => Some(Event::Edit(Edit::Confirm)),
        Key::Escape => Some(Event::Close),
        Key::Backspace => Some(Event::Edit(Edit::Erase)),
        Key::Control(_)
        | Key::Left
        | Key::Right
        | Key::Up
        | Key::Down
        | Key::PageUp
        | Key::PageDown
        | Key::Home
        | Key::End => None,
    }
}

fn guessing(key: Key) -> Option<Event> {
    if key == Key::Char(' ') {
        Some(Event::Go(Go::Next))
    } else if key == Key::Char('g') {
        Some(Event::Go(Go::First))
    } else {
        typing(key)
    }
}

fn choosing(key: Key) -> Option<Event> {
    if matches!(key, Key::Enter | Key::Char(' ')) {
        return Some(Event::Edit(Edit::Confirm));
    }
    if key == Key::Char('i') {
        return Some(Event::List);
    }
    reading(key).filter(|event| matches!(event, Event::Close | Event::Scroll(_)))
}

fn reading(key: Key) -> Option<Event> {
    match key {
        Key::Char('t') => Some(Event::Tables),
        Key::Char('?') => Some(Event::Help),
        Key::Char('q') | Key::Escape => Some(Event::Close),
        Key::Char('j' | 'n' | 'l') | Key::Down | Key::Enter => Some(Event::Scroll(1)),
        Key::Char('k' | 'p' | 'h') | Key::Up | Key::Backspace => Some(Event::Scroll(-1)),
        Key::Char(' ') | Key::PageDown => Some(Event::Scroll(PAGE)),
        Key::PageUp => Some(Event::Scroll(-PAGE)),
        Key::Char('g') | Key::Home => Some(Event::Scroll(isize::MIN)),
        Key::Char('G') | Key::End => Some(Event::Scroll(isize::MAX)),
        Key::Char(_) | Key::Control(_) | Key::Left | Key::Right => None,
    }
}
