//! The built program in a pseudo-terminal: what is on the screen, and that the
//! terminal always comes back.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// A terminal with the program in it.
pub(crate) struct Projector {
    master: Box<dyn MasterPty + Send>,
    /// Held open, so that the modes outlive the program.
    _slave: Box<dyn SlavePty + Send>,
    keyboard: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    child: Box<dyn Child + Send + Sync>,
    /// The modes of the terminal before the program started.
    modes: String,
    /// The user's state folder.
    _home: tempfile::TempDir,
}

/// The program that is driven: what Cargo built for the tests, unless the gate
/// says which.
pub(crate) fn program() -> String {
    let built = || env!("CARGO_BIN_EXE_backprop-tutor").to_owned();
    std::env::var("BACKPROP_TUTOR_BINARY").unwrap_or_else(|_| built())
}

const PATIENCE: Duration = Duration::from_secs(20);

fn size((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Projector {
    fn show(arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(program());
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        Self::run(command)
    }

    pub(crate) fn run(mut command: CommandBuilder) -> Self {
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env_remove("NO_COLOR");
        let home = tempfile::tempdir().unwrap();
        if command.get_env("XDG_STATE_HOME").is_none_or(|set| set.is_empty()) {
            command.env("XDG_STATE_HOME", home.path());
        }
        let pair = native_pty_system().openpty(size((80, 24))).unwrap();
        let modes = modes_of(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24, 80, 0)));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let seen = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                seen.lock().unwrap().process(&bytes[..count]);
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Self {
            master: pair.master,
            _slave: pair.slave,
            keyboard,
            screen,
            child,
            modes,
            _home: home,
        }
    }

    pub(crate) fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits for the screen to show something.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(&format!("{text:?} on the screen"), || self.text().contains(text));
    }

    pub(crate) fn wait(&self, what: &str, mut done: impl FnMut() -> bool) {
        let start = Instant::now();
        while !done() {
            assert!(start.elapsed() < PATIENCE, "no {what}:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.screen.lock().unwrap().screen_mut().set_size(rows, columns);
        self.master.resize(size((columns, rows))).unwrap();
    }

    fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.child.process_id().unwrap() as i32).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// Whether the terminal is as it was before the program started.
    fn is_given_back(&self) -> bool {
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        !screen.alternate_screen() && !screen.hide_cursor() && modes_of(&*self.master) == self.modes
    }

    fn is_taken(&self) -> bool {
        let alternate = self.screen.lock().unwrap().screen().alternate_screen();
        alternate && modes_of(&*self.master) != self.modes
    }

    /// Waits for the program to end, and looks at the terminal it leaves.
    pub(crate) fn end(mut self) -> portable_pty::ExitStatus {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "the program does not end:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        };
        self.wait("terminal as it was", || self.is_given_back());
        status
    }

    /// What the kernel says the program is doing: `T` is stopped.
    fn doing(&self) -> char {
        let pid = self.child.process_id().unwrap();
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
        stat.rsplit(") ").next().and_then(|rest| rest.chars().next()).unwrap()
    }
}

fn modes_of(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

#[test]
fn the_whole_lesson_and_back() {
    let mut projector = Projector::show(&["run", "xor", "--apply", "--step"]);
    projector.wait_for("step 1 of 51");
    assert!(projector.is_taken());
    projector.press("a");
    for step in 2..=51 {
        projector.press(" ");
        projector.wait_for(&format!("step {step} of 51"));
        if step == 20 {
            projector.resize(120, 40);
            projector.wait("wider header", || projector.text().lines().any(|l| l.len() > 100));
            projector.resize(40, 10);
            projector.wait_for("This window is too small.");
            projector.resize(80, 24);
            projector.wait_for("step 20 of 51");
        }
    }
    projector.wait_for("Looking back");
    for step in (1..51).rev() {
        projector.press("\u{1b}[D");
        projector.wait_for(&format!("step {step} of 51"));
    }
    projector.press("/dL/dW11\r");
    projector.wait_for("step 25 of 51");
    projector.press("q");
    assert!(projector.end().success());
}

#[test]
fn every_way_to_leave_gives_the_terminal_back() {
    for keys in ["q", "\u{3}", "\u{1b}"] {
        let mut projector = Projector::show(&["run", "xor", "--step"]);
        projector.wait_for("step 1 of 41");
        projector.press(keys);
        if keys == "\u{1b}" {
            projector.wait_for("Leave the lesson?");
            projector.press("\r");
        }
        assert!(projector.end().success());
    }
}

#[test]
fn signals_end_the_program_and_give_the_terminal_back() {
    let signals =
        [(Signal::INT, "Interrupt"), (Signal::TERM, "Terminated"), (Signal::HUP, "Hangup")];
    for (signal, name) in signals {
        let mut projector = Projector::show(&["run", "xor", "--step"]);
        projector.press(" ");
        projector.wait_for("step 1 of 41");
        projector.wait("raw mode", || projector.is_taken());
        projector.signal(signal);
        assert_eq!(projector.end().signal(), Some(name));
    }
}

#[test]
fn the_program_can_be_paused_and_called_back() {
    let mut projector = Projector::show(&["run", "xor", "--step"]);
    projector.wait_for("step 1 of 41");
    for way in ["key", "signal"] {
        projector.wait("raw mode", || projector.is_taken());
        match way {
            "key" => projector.press("\u{1a}"),
            _ => projector.signal(Signal::TSTP),
        }
        projector.wait("stopped program", || projector.doing() == 'T');
        projector.wait("terminal as it was", || projector.is_given_back());
        projector.signal(Signal::CONT);
        projector.wait("raw mode", || projector.is_taken());
        projector.wait_for("step 1 of 41");
    }
    projector.press("2g");
    projector.wait_for("step 2 of 41");
    projector.press("q");
    assert!(projector.end().success());
}

#[test]
fn keys_come_from_the_terminal_when_input_is_a_pipe() {
    let mut command = CommandBuilder::new("sh");
    let program = program();
    command.args(["-c", &format!("cat scenarios/xor.json | '{program}' run - --step")]);
    command.env("TERM", "xterm-256color");
    let mut projector = Projector::run(command);
    projector.wait_for("step 1 of 41");
    projector.press("2g");
    projector.wait_for("step 2 of 41");
    projector.press("q");
    assert!(projector.end().success());
}

#[test]
fn a_dumb_terminal_gets_lines() {
    let mut command = CommandBuilder::new(program());
    command.args(["run", "neuron", "--step"]);
    command.env("TERM", "dumb");
    let projector = Projector::run(command);
    projector.wait_for("Step 23 of 23: What it was for");
    assert!(!projector.screen.lock().unwrap().screen().alternate_screen());
    assert!(projector.end().success());
}

#[test]
fn guesses_are_judged_on_the_screen() {
    let mut projector = Projector::show(&["run", "xor", "--step", "--ask", "--from", "dL/df_out"]);
    projector.wait_for("0-9 guess");
    projector.press("0.2475\r");
    projector.wait_for("A minus sign is lost");
    projector.press("-0.2475\r");
    projector.wait_for("-0.2475 is right.");
    projector.press("q");
    assert!(projector.end().success());
}

/// A panic while the terminal is taken, in a process of its own.
#[test]
fn panics_give_the_terminal_back() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "terminal::panic_on_stage", "--ignored", "--nocapture"]);
    command.env("TERM", "xterm-256color");
    let mut projector = Projector::run(command);
    projector.wait_for("step 1 of 41");
    projector.wait("raw mode", || projector.is_taken());
    projector.press("!");
    projector.wait_for("as was to be expected");
    projector.wait("terminal as it was", || projector.is_given_back());
    projector.signal(Signal::KILL);
    projector.end();
}

#[test]
#[ignore = "run by the test above, in a terminal of its own"]
fn panic_on_stage() {
    use crate::class::{How, with_walk};
    use backprop_tutor::step::fullscreen::Stage;
    use backprop_tutor::step::state::State;
    with_walk("xor", &How::default(), |walk| {
        std::thread::spawn(|| {
            std::thread::sleep(Duration::from_millis(700));
            panic!("as was to be expected");
        });
        Stage::take(false).unwrap().play(&mut State::at(walk, 0), None).unwrap();
    });
}
