//! The terminal taken over for the whole screen, and given back as it was:
//! at the end, on an error, in a panic, before a signal ends the program, and
//! while it is in the background.

use std::io::{self, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

/// Whether the terminal is taken over at the moment.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The screen, while it is taken over.
pub(super) struct Screen {
    pub(super) terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When there is no terminal that keys could be read from.
    pub(super) fn take() -> io::Result<Self> {
        give_back_in_panics();
        take()?;
        match Terminal::new(CrosstermBackend::new(io::stdout())) {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Takes the terminal over again, whatever became of its modes meanwhile.
    ///
    /// # Errors
    /// As [`Screen::take`].
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        give_back();
        take()?;
        // Nothing that was drawn is on the screen any more. Asking the library
        // to clear would ask the terminal where its cursor is, and the answer
        // goes to whoever reads the keys.
        self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All), Hide)
        .inspect_err(|_| give_back())
}

/// Gives the terminal back, if it is taken. What cannot be done is left: there
/// may be no terminal any more.
pub(super) fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(out, Show, LeaveAlternateScreen);
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}

/// A panic message belongs on the screen that is left behind.
fn give_back_in_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
        }));
    });
}
