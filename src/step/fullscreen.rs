//! The driver for a terminal: keys and signals in, screens out.
//!
//! Two threads wait, one for keys and one for signals; both send to the loop,
//! which alone changes the state and draws. Nothing is done while nothing
//! happens.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

use super::camera::Camera;
use super::keys::Key;
use super::screen::{Screen, give_back};
use super::signals::{self, Interruption};
use super::state::Flow;
use super::view::Play;
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};

/// What the loop is told.
enum Message {
    Input(Input),
    Signal(Interruption),
    /// Keys cannot be read any more.
    Broken(io::Error),
}

/// Why it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Somebody left.
    Left,
    /// The exercise is to be read again; the stage is still there.
    Reload,
    /// A signal asked for it; once the stage is gone, the signal may do what it
    /// does.
    Signal(i32),
}

/// The terminal, taken over until this is dropped.
pub struct Stage {
    screen: Screen,
    messages: Receiver<Message>,
    started: Instant,
}

impl Stage {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When there is no terminal to read keys from.
    pub fn take(colour: bool) -> io::Result<Self> {
        crossterm::style::force_color_output(colour);
        let (sender, messages) = channel();
        // Before the terminal is taken, so that no signal finds it taken for good.
        let told = sender.clone();
        signals::watch(move |signal| told.send(Message::Signal(signal)).is_ok())?;
        let screen = Screen::take()?;
        watch_keys(sender);
        Ok(Self { screen, messages, started: Instant::now() })
    }

    /// Seconds since it was taken.
    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Shows something until it ends; a camera may stand beside it.
    ///
    /// # Errors
    /// When the terminal goes away.
    pub fn play(
        &mut self,
        play: &mut dyn Play,
        mut camera: Option<&mut Camera>,
    ) -> io::Result<Ending> {
        loop {
            self.show(play, camera.as_deref_mut())?;
            let Ok(message) = self.messages.recv() else { return Ok(Ending::Left) };
            match message {
                Message::Input(input) => match on_input(play, &input) {
                    Flow::Show => {}
                    Flow::Leave => return Ok(Ending::Left),
                    Flow::Reload => return Ok(Ending::Reload),
                    Flow::Suspend => self.suspend()?,
                },
                Message::Signal(Interruption::Stop) => self.suspend()?,
                // Stopped from outside and called back: the shell has set its modes.
                Message::Signal(Interruption::Continue) => self.screen.take_again()?,
                Message::Signal(Interruption::End(signal)) => return Ok(Ending::Signal(signal)),
                Message::Broken(error) => return Err(error),
            }
        }
    }

    fn show(&mut self, play: &mut dyn Play, camera: Option<&mut Camera>) -> io::Result<()> {
        self.screen.fit()?;
        let drawn = self.screen.terminal.draw(|frame| {
            let area = frame.area();
            play.draw(area, frame.buffer_mut());
        })?;
        let size = (drawn.area.width, drawn.area.height);
        let at = self.seconds();
        camera.map_or(Ok(()), |camera| camera.shoot(play, size, at))
    }

    /// Stops the program until it is called back, with the terminal as it was.
    fn suspend(&mut self) -> io::Result<()> {
        give_back();
        signals::stop()?;
        self.screen.take_again()
    }
}

/// A new size needs nothing but a new picture.
fn on_input(play: &mut dyn Play, input: &Input) -> Flow {
    let Input::Key(press) = input else { return Flow::Show };
    key(press).map_or(Flow::Show, |key| play.on_key(key))
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
