//! A camera beside the stage: what is shown becomes a recording, with a marker
//! for each step.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::state::State;
use super::view::Play;
use super::walkthrough::Walkthrough;
use crate::export::cast::{Cast, Kind};

/// Seconds that a beat is shown where nobody presses keys.
const BEAT: f64 = 2.0;

/// Seconds longer that the last beat of a step is shown.
const LAST_BEAT: f64 = 1.5;

/// Clears the screen and hides the cursor.
const CLEAN: &str = "\u{1b}[2J\u{1b}[H\u{1b}[?25l";

/// What was drawn since it was looked at last.
#[derive(Clone, Default)]
struct Drawn(Rc<RefCell<Vec<u8>>>);

impl Write for Drawn {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Records what is on the stage.
pub struct Camera {
    cast: Cast,
    drawn: Drawn,
    terminal: Option<(Rect, Terminal<CrosstermBackend<Drawn>>)>,
    /// The step that the last marker stands at.
    marked: Option<usize>,
}

impl Camera {
    /// Before the first picture.
    pub fn new(title: &str) -> Self {
        let cast = Cast { title: title.to_owned(), ..Cast::default() };
        Self { cast, drawn: Drawn::default(), terminal: None, marked: None }
    }

    /// Takes a picture, so many seconds from the start; in it is only what has
    /// changed since the last.
    ///
    /// # Errors
    /// None in practice: it draws into memory.
    pub fn shoot(&mut self, play: &mut dyn Play, size: (u16, u16), at: f64) -> io::Result<()> {
        let area = Rect::new(0, 0, size.0, size.1);
        if self.terminal.as_ref().is_none_or(|(known, _)| *known != area) {
            self.set_up(area, at)?;
        }
        if let Some((step, label)) = play.place()
            && self.marked.replace(step) != Some(step)
        {
            self.cast.events.push((at, Kind::Marker, format!("{}. {label}", step + 1)));
        }
        if let Some((_, terminal)) = &mut self.terminal {
            terminal.draw(|frame| play.draw(frame.area(), frame.buffer_mut()))?;
        }
        let bytes = std::mem::take(&mut *self.drawn.0.borrow_mut());
        if !bytes.is_empty() {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            self.cast.events.push((at, Kind::Output, text));
        }
        Ok(())
    }

    fn set_up(&mut self, area: Rect, at: f64) -> io::Result<()> {
        if self.terminal.is_none() {
            (self.cast.width, self.cast.height) = (area.width, area.height);
        } else {
            let size = format!("{}x{}", area.width, area.height);
            self.cast.events.push((at, Kind::Resize, size));
        }
        self.cast.events.push((at, Kind::Output, CLEAN.to_owned()));
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let backend = CrosstermBackend::new(self.drawn.clone());
        self.terminal = Some((area, Terminal::with_options(backend, options)?));
        Ok(())
    }

    /// What was recorded; `at` its end the last picture has been seen.
    pub fn stop(mut self, at: f64) -> Cast {
        self.cast.events.push((at, Kind::Output, "\u{1b}[?25h".to_owned()));
        self.cast
    }
}

/// Records the steps from a position on, beat by beat, as if somebody walked.
///
/// # Errors
/// None in practice: it draws into memory.
pub fn record(walk: &Walkthrough<'_>, from: usize, size: (u16, u16)) -> io::Result<Cast> {
    crossterm::style::force_color_output(walk.look.colour.is_some());
    let mut camera = Camera::new(walk.title);
    let mut at = 0.0;
    for position in from..walk.steps().len() {
        for beat in 1..=walk.beats(position) {
            camera.shoot(&mut State::seen(walk, position, beat), size, at)?;
            at += BEAT;
        }
        at += LAST_BEAT;
    }
    Ok(camera.stop(at))
}
