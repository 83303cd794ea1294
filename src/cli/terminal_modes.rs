//! The modes of the terminal, put back if a signal ends the program while a
//! line is being edited.

#[cfg(unix)]
pub(super) use unix::{TerminalModes, forget_typed};

#[cfg(not(unix))]
pub(super) use elsewhere::{TerminalModes, forget_typed};

#[cfg(unix)]
mod unix {
    use std::io;
    use std::thread::{self, JoinHandle};

    use nix::sys::termios::{FlushArg, SetArg, Termios, tcflush, tcgetattr, tcsetattr};
    use signal_hook::consts::{SIGHUP, SIGQUIT, SIGTERM};
    use signal_hook::iterator::{Handle, Signals};
    use signal_hook::low_level::emulate_default_handler;

    /// Watches for signals while it lives.
    pub(in crate::cli) struct TerminalModes {
        handle: Handle,
        watcher: Option<JoinHandle<()>>,
    }

    impl TerminalModes {
        /// Keeps the modes of standard input as they are now.
        ///
        /// # Errors
        /// When standard input is no terminal, or signals cannot be watched.
        pub(in crate::cli) fn restored_on_signals() -> io::Result<Self> {
            let modes = tcgetattr(io::stdin())?;
            let mut signals = Signals::new([SIGTERM, SIGHUP, SIGQUIT])?;
            let handle = signals.handle();
            let watcher = thread::spawn(move || {
                if let Some(signal) = signals.forever().next() {
                    end(&modes, signal);
                }
            });
            Ok(Self { handle, watcher: Some(watcher) })
        }
    }

    /// Forgets what was typed and not read yet.
    pub(in crate::cli) fn forget_typed() {
        // If it fails, it is read as the next line.
        let _ = tcflush(io::stdin(), FlushArg::TCIFLUSH);
    }

    /// Restores the modes and ends the program as the signal would have.
    fn end(modes: &Termios, signal: i32) {
        // If either fails there is nobody left to tell.
        let _ = tcsetattr(io::stdin(), SetArg::TCSANOW, modes);
        let _ = emulate_default_handler(signal);
    }

    impl Drop for TerminalModes {
        fn drop(&mut self) {
            self.handle.close();
            if let Some(watcher) = self.watcher.take() {
                let _ = watcher.join();
            }
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    /// Nothing to do: a console types characters, not bytes.
    pub(in crate::cli) const fn forget_typed() {}

    /// Nothing to do: consoles have no such signals.
    pub(in crate::cli) struct TerminalModes;

    impl TerminalModes {
        /// Does nothing.
        pub(in crate::cli) fn restored_on_signals() -> std::io::Result<Self> {
            Ok(Self)
        }
    }
}
