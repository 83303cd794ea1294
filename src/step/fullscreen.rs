//! The driver for a terminal: keys and signals in, screens out.
//!
//! Two threads wait, one for keys and one for signals; both send to the loop,
//! which alone changes the state and draws. Nothing is done while nothing
//! happens.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::keys::{self, Key};
use super::screen::{Screen, give_back};
use super::signals::{self, Signal};
use super::state::{Flow, State};
use super::view;
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};

/// What the loop is told.
enum Message {
    Input(Input),
    Signal(Signal),
    /// Keys cannot be read any more.
    Broken(io::Error),
}

/// Why the walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Somebody left.
    Left,
    /// A signal asked for it; the terminal is given back, and the signal may do
    /// what it does.
    Signal(i32),
}

/// Walks on the terminal until somebody leaves.
///
/// # Errors
/// When there is no terminal to read keys from, or it goes away.
pub fn run(state: &mut State<'_>) -> io::Result<Ending> {
    crossterm::style::force_color_output(state.walk.look.colour.is_some());
    let (sender, messages) = channel();
    // Before the terminal is taken, so that no signal finds it taken for good.
    let told = sender.clone();
    signals::watch(move |signal| told.send(Message::Signal(signal)).is_ok())?;
    let mut screen = Screen::take()?;
    watch_keys(sender);
    walk(state, &mut screen, &messages)
}

fn walk(
    state: &mut State<'_>,
    screen: &mut Screen,
    messages: &Receiver<Message>,
) -> io::Result<Ending> {
    loop {
        show(state, screen)?;
        let Ok(message) = messages.recv() else { return Ok(Ending::Left) };
        match message {
            Message::Input(input) => match on_input(state, &input) {
                Flow::Show => {}
                Flow::Leave => return Ok(Ending::Left),
                Flow::Suspend => suspend(screen)?,
            },
            Message::Signal(Signal::Stop) => suspend(screen)?,
            // Stopped from outside and called back: the shell has set its modes.
            Message::Signal(Signal::Continue) => screen.take_again()?,
            Message::Signal(Signal::End(signal)) => return Ok(Ending::Signal(signal)),
            Message::Broken(error) => return Err(error),
        }
    }
}

fn show(state: &mut State<'_>, screen: &mut Screen) -> io::Result<()> {
    let mut most = 0;
    screen.fit()?;
    screen.terminal.draw(|frame| {
        let area = frame.area();
        most = view::draw(state, area, frame.buffer_mut());
    })?;
    state.settle(most);
    Ok(())
}

/// A new size needs nothing but a new picture.
fn on_input(state: &mut State<'_>, input: &Input) -> Flow {
    let Input::Key(press) = input else { return Flow::Show };
    let event = key(press).and_then(|key| keys::event(key, state));
    event.map_or(Flow::Show, |event| state.on(event))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the keys that do nothing are the library's")]
fn key(press: &KeyEvent) -> Option<Key> {
    if press.kind == KeyEventKind::Release {
        return None;
    }
    let control = press.modifiers.contains(KeyModifiers::CONTROL);
    Some(match press.code {
        KeyCode::Char(c) if control => Key::Control(c.to_ascii_lowercase()),
        KeyCode::Char(c) if !press.modifiers.contains(KeyModifiers::ALT) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}

/// Stops the program until it is called back, with the terminal as it was.
fn suspend(screen: &mut Screen) -> io::Result<()> {
    give_back();
    signals::stop()?;
    screen.take_again()
}

/// Lets a signal do what it would have done without us: the shell sees that
/// the program was ended by it.
///
/// # Errors
/// When the signal cannot be sent.
pub fn end_by(signal: i32) -> io::Result<()> {
    signals::end_by(signal)
}

fn watch_keys(sender: Sender<Message>) {
    thread::spawn(move || {
        loop {
            let message = read().map_or_else(Message::Broken, Message::Input);
            let broken = matches!(message, Message::Broken(_));
            if sender.send(message).is_err() || broken {
                return;
            }
        }
    });
}
