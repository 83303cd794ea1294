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
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

/// Whether the terminal is taken over at the moment.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The largest part of a window that is drawn on, in columns and rows: more than
/// any wall shows, whatever a terminal says of itself.
const LARGEST: (u16, u16) = (1000, 400);

/// The screen, while it is taken over.
pub(super) struct Screen {
    pub(super) terminal: Terminal<CrosstermBackend<Stdout>>,
    area: Rect,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When there is no terminal that keys could be read from.
    pub(super) fn take() -> io::Result<Self> {
        give_back_in_panics();
        take()?;
        let on_screen = || {
            let area = area()?;
            Ok(Self { terminal: terminal(area)?, area })
        };
        on_screen().inspect_err(|_| give_back())
    }

    /// Begins anew where the window has another size than what was drawn.
    ///
    /// # Errors
    /// When the terminal cannot be written to, or tells no size.
    pub(super) fn fit(&mut self) -> io::Result<()> {
        let area = area()?;
        if area != self.area {
            execute!(io::stdout(), Clear(ClearType::All))?;
            self.terminal = terminal(area)?;
            self.area = area;
        }
        Ok(())
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
        self.area = area()?;
        self.terminal = terminal(self.area)?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn area() -> io::Result<Rect> {
    let (columns, rows) = crossterm::terminal::size()?;
    Ok(Rect::new(0, 0, columns.min(LARGEST.0), rows.min(LARGEST.1)))
}

fn terminal(area: Rect) -> io::Result<Terminal<CrosstermBackend<Stdout>>> {
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    Terminal::with_options(CrosstermBackend::new(io::stdout()), options)
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

/// Gives back what can be given back of a terminal that takes no more text: it may
/// never read what is under way.
#[cfg(unix)]
pub(super) fn give_back_unread() {
    use std::io::IsTerminal;
    use std::thread;
    use std::time::Duration;

    use nix::sys::termios::{FlushArg, tcflush};

    const MOMENT: Duration = Duration::from_millis(100);

    let _ = disable_raw_mode();
    let _ = tcflush(io::stdout(), FlushArg::TCOFLUSH);
    if io::stderr().is_terminal() {
        // Standard output may be waited for, and this may wait as well.
        thread::spawn(|| execute!(io::stderr(), Show, LeaveAlternateScreen));
        thread::sleep(MOMENT);
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
