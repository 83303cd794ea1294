//! The program on a terminal of its own.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use nix::libc::{O_NONBLOCK, c_int};
use nix::pty::{Winsize, openpty};
use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{LocalFlags, Termios, tcgetattr};
use nix::unistd::Pid;

/// Nothing that the program does takes this long.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Pty {
    child: Child,
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    /// Kept open, so that the terminal outlives the program.
    terminal: OwnedFd,
    /// All that was shown and not yet expected.
    pub(crate) shown: String,
}

impl Pty {
    /// Starts the program on a terminal of this size.
    pub(crate) fn start(columns: u16, rows: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut pty = Self::start_deaf(columns, rows, args, env);
        pty.listen();
        pty
    }

    /// The same on a terminal whose end nobody reads, until somebody listens.
    pub(crate) fn start_deaf(columns: u16, rows: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let size = Winsize { ws_col: columns, ws_row: rows, ws_xpixel: 0, ws_ypixel: 0 };
        let pty = openpty(Some(&size), None).expect("there is a terminal");
        let stdio = || Stdio::from(pty.slave.try_clone().expect("a descriptor"));
        let child = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
            .args(args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("TERM", "xterm-256color")
            .env_remove("NO_COLOR")
            .envs(env.iter().copied())
            .stdin(stdio())
            .stdout(stdio())
            .stderr(stdio())
            .spawn()
            .expect("the program starts");
        Self {
            child,
            keyboard: File::from(pty.master),
            screen: channel().1,
            terminal: pty.slave,
            shown: String::new(),
        }
    }

    /// Takes what is shown from now on.
    fn listen(&mut self) {
        let mut output = self.keyboard.try_clone().expect("a descriptor");
        let (send, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        self.screen = screen;
    }

    /// Fills the terminal, so that the next write to it waits.
    pub(crate) fn fill(&self) {
        let mut options = File::options();
        options.write(true).custom_flags(O_NONBLOCK);
        let path = format!("/proc/self/fd/{}", self.terminal.as_raw_fd());
        let mut terminal = options.open(path).expect("the terminal can be opened");
        while terminal.write(&[b'.'; 64]).is_ok() {}
    }

    /// The most memory that the program has had, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("the program runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
        kilobytes.and_then(|count| count.parse::<u64>().ok()).expect("a count") << 10
    }

    /// Types keys.
    pub(crate) fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    /// Types bytes, text or not.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).expect("the terminal takes keys");
    }

    /// Waits until `text` is shown; returns all up to its end.
    pub(crate) fn expect(&mut self, text: &str) -> String {
        let shown = self.shown_within(text, PATIENCE);
        shown.unwrap_or_else(|| panic!("{text:?} is not shown; shown is {:?}", self.shown))
    }

    /// The same, if it is shown soon enough.
    pub(crate) fn shown_within(&mut self, text: &str, patience: Duration) -> Option<String> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(at) = self.shown.find(text) {
                let rest = self.shown.split_off(at + text.len());
                return Some(std::mem::replace(&mut self.shown, rest));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let bytes = self.screen.recv_timeout(left).ok()?;
            self.shown.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id() as c_int), signal).expect("the program runs");
    }

    /// Waits for the end.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the program is a child") {
                return status;
            }
            assert!(Instant::now() < deadline, "the program does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The modes of the terminal.
    pub(crate) fn modes(&self) -> Termios {
        tcgetattr(&self.terminal).expect("the terminal has modes")
    }

    /// Whether the terminal edits lines itself, as it does for a shell.
    pub(crate) fn is_cooked(&self) -> bool {
        self.modes().local_flags.contains(LocalFlags::ICANON | LocalFlags::ECHO)
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
