//! Signals, as the walkthrough needs them. Elsewhere than on Unix there are
//! none.

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere nothing sends one"))]
pub(super) enum Interruption {
    /// To end, as this signal does.
    End(i32),
    /// To stop until the program is called back.
    Stop,
    /// To go on.
    Continue,
}

#[cfg(unix)]
mod system {
    use std::io;
    use std::thread;
    use std::time::Duration;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use super::Interruption;
    use crate::step::screen;

    /// How long a program that was told to end may go on.
    const PATIENCE: Duration = Duration::from_secs(1);

    /// Tells of every signal from now on, until `tell` says that nobody
    /// listens. Whoever is told to end and does not, since the terminal takes no
    /// more text, is ended.
    pub(in crate::step) fn watch(
        tell: impl Fn(Interruption) -> bool + Send + 'static,
    ) -> io::Result<()> {
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT])?;
        thread::spawn(move || {
            for signal in &mut signals {
                let signal = match signal {
                    SIGTSTP => Interruption::Stop,
                    SIGCONT => Interruption::Continue,
                    signal => Interruption::End(signal),
                };
                if !tell(signal) {
                    return;
                }
                if let Interruption::End(signal) = signal {
                    thread::sleep(PATIENCE);
                    screen::give_back_unread();
                    let _ = end_by(signal);
                }
            }
        });
        Ok(())
    }

    /// Stops the program; returns when it is called back.
    pub(in crate::step) fn stop() -> io::Result<()> {
        emulate_default_handler(SIGTSTP)
    }

    /// Lets a signal do what it would have done without us: the shell sees
    /// that the program was ended by it.
    pub(in crate::step) fn end_by(signal: i32) -> io::Result<()> {
        emulate_default_handler(signal)
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;

    use super::Interruption;

    pub(in crate::step) fn watch(_: impl Fn(Interruption) -> bool) -> io::Result<()> {
        Ok(())
    }

    pub(in crate::step) fn stop() -> io::Result<()> {
        Ok(())
    }

    pub(in crate::step) fn end_by(_: i32) -> io::Result<()> {
        Ok(())
    }
}

pub(super) use system::{end_by, stop, watch};
