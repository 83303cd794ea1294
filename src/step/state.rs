//! Where the class is, and what an event does to that. No input or output.

mod modes;

use super::guess::Guess;
use super::place::Place;
use super::walkthrough::Walkthrough;
use crate::name::Name;
use crate::text::brief;

/// Something that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Another step, or more of this one.
    Go(Go),
    /// A digit of a step's number.
    Digit(u8),
    /// All beats of every step at once, or one after the other again.
    AllBeats,
    /// Asks for the name of a quantity to go to.
    Find,
    /// The tables so far, or away with them.
    Tables,
    /// The keys, or away with them.
    Help,
    /// Rows up, below 0, or down.
    Scroll(isize),
    /// Something is typed.
    Edit(Edit),
    /// What was typed, or what lies over the step, goes away.
    Close,
    /// The screen goes blank, so that the class looks at the lecturer.
    Blank,
    /// All steps, to choose from.
    List,
    /// Asks whether to leave.
    AskToLeave,
    /// The exercise is read again.
    Reload,
    /// The program is put in the background.
    Suspend,
    /// The walkthrough ends.
    Leave,
}

/// Where to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// The next beat, or step.
    Next,
    /// The step before, with all its beats.
    Back,
    /// The next part of the lesson.
    NextPart,
    /// This part from its start, or the part before.
    PreviousPart,
    /// The first step, or the one whose number was typed.
    First,
    /// The last step.
    Last,
    /// Where the class was last time.
    LastTime,
}

/// What is done to a line that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A character is added.
    Type(char),
    /// The last one is taken back.
    Erase,
    /// The line is done.
    Confirm,
}

/// What happens after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// The state is shown.
    Show,
    /// The exercise is read again, and the state goes on where it is.
    Reload,
    /// The program stops until it is called back.
    Suspend,
    /// The walkthrough ends.
    Leave,
}

/// What the keys mean at the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Mode {
    /// Going through the steps.
    #[default]
    Walking,
    /// The number of a step is typed.
    Jumping(usize),
    /// The name of a quantity is typed.
    Finding(String),
    /// A guess is typed.
    Guessing(String),
    /// The tables so far are shown, so many rows away from their end.
    Tables(usize),
    /// The keys are shown, so many rows down.
    Help(usize),
    /// All steps are shown, with one to choose.
    Listing(usize),
    /// Nothing is shown.
    Blank,
    /// Somebody asked to leave, and is asked back.
    Leaving,
    /// What is wrong with the exercise as it stands in its file now.
    Fault(String),
}

/// Where the class is.
#[derive(Clone)]
pub struct State<'a> {
    /// What is walked.
    pub walk: &'a Walkthrough<'a>,
    /// The step, from 0.
    position: usize,
    /// Beats that are seen, from 1.
    beat: usize,
    /// Whether every step shows all of its beats at once.
    all_beats: bool,
    /// What the keys mean.
    mode: Mode,
    /// What was guessed last, at this step.
    guess: Option<Guess>,
    /// Where the class was last time.
    last_time: Option<Place>,
    /// What there is to say about the last event.
    notice: Option<Notice>,
}

/// What there is to say about an event, in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something that may be good to know.
    Hint(String),
    /// What could not be done.
    Failed(String),
}

/// Characters that are taken for a name or a guess.
const LONGEST_INPUT: usize = 40;

impl<'a> State<'a> {
    /// At the start of a step, which counts from 0.
    pub fn at(walk: &'a Walkthrough<'a>, position: usize) -> Self {
        let mut state = Self {
            walk,
            position: 0,
            beat: 1,
            all_beats: false,
            mode: Mode::Walking,
            guess: None,
            last_time: None,
            notice: None,
        };
        state.go_to(position);
        state
    }

    /// With so many beats of a step seen.
    pub fn seen(walk: &'a Walkthrough<'a>, position: usize, beat: usize) -> Self {
        let mut state = Self::at(walk, position);
        state.beat = beat.clamp(1, walk.beats(state.position));
        state
    }

    /// At a place that was remembered.
    pub fn resumed(walk: &'a Walkthrough<'a>, place: &Place) -> Self {
        Self::seen(walk, walk.position_at(place), place.beat)
    }

    /// Remembers where the class was last time, and offers to go there.
    pub fn offer(&mut self, place: Place) {
        let step = self.walk.position_at(&place);
        if step != self.position && step + 1 < self.walk.steps().len() {
            self.tell(Notice::Hint(format!(
                "Last time you left at step {}: R goes there.",
                step + 1
            )));
            self.last_time = Some(place);
        }
    }

    /// Says something in the last line, until the next event.
    pub fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    /// Says what is wrong with the exercise as it stands in its file now.
    pub fn tell_fault(&mut self, report: String) {
        self.mode = Mode::Fault(report);
    }

    /// Whether every step shows all of its beats at once, from now on.
    pub const fn show_all_beats(&mut self, all: bool) {
        self.all_beats = all;
    }

    /// Where the class is, to be remembered.
    pub fn place(&self) -> Place {
        let label = self.walk.label(self.position);
        Place { step: self.position, beat: self.beat, label }
    }

    /// The step, from 0.
    pub const fn position(&self) -> usize {
        self.position
    }

    /// Beats that are seen, from 1.
    pub const fn beat(&self) -> usize {
        self.beat
    }

    /// Whether every step shows all of its beats at once.
    pub const fn all_beats(&self) -> bool {
        self.all_beats
    }

    /// What the keys mean.
    pub const fn mode(&self) -> &Mode {
        &self.mode
    }

    /// What was guessed last, at this step.
    pub const fn guess(&self) -> Option<&Guess> {
        self.guess.as_ref()
    }

    /// What there is to say about the last event.
    pub const fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Whether all of the step is seen.
    pub fn is_revealed(&self) -> bool {
        self.beat >= self.walk.beats(self.position)
    }

    /// Whether the class may guess: the value of this step is hidden.
    pub fn may_guess(&self) -> bool {
        self.walk.asks() && !self.is_revealed() && self.walk.asked(self.position).is_some()
    }

    /// Does what an event asks for; what has no meaning at the moment does
    /// nothing.
    pub fn on(&mut self, event: Event) -> Flow {
        self.notice = None;
        if event == Event::Leave {
            return Flow::Leave;
        }
        if event == Event::Suspend {
            return Flow::Suspend;
        }
        if event == Event::Reload && self.mode == Mode::Walking {
            return Flow::Reload;
        }
        match std::mem::take(&mut self.mode) {
            Mode::Walking => self.walk_on(event, None),
            Mode::Jumping(number) => self.walk_on(event, Some(number)),
            Mode::Finding(text) => self.find_on(event, text),
            Mode::Guessing(text) => self.guess_on(event, text),
            Mode::Tables(above) => self.read_tables_on(event, above),
            Mode::Help(below) => self.read_help_on(event, below),
            Mode::Listing(at) => self.list_on(event, at),
            // Any key brings the step back.
            Mode::Blank | Mode::Leaving | Mode::Fault(_) => {}
        }
        Flow::Show
    }

    /// Takes back scrolling beyond the end of what is shown.
    pub fn settle(&mut self, most: usize) {
        if let Mode::Tables(rows) | Mode::Help(rows) = &mut self.mode {
            *rows = (*rows).min(most);
        }
    }

    fn walk_on(&mut self, event: Event, number: Option<usize>) {
        match event {
            Event::Go(go) => self.go(go, number),
            Event::Digit(digit) => {
                let number = number.unwrap_or(0).saturating_mul(10);
                self.mode = Mode::Jumping(number.saturating_add(usize::from(digit)));
            }
            Event::AllBeats => {
                self.all_beats = !self.all_beats;
                self.beat = self.first_beat(self.position);
            }
            Event::Find => self.mode = Mode::Finding(String::new()),
            Event::Tables => self.mode = Mode::Tables(0),
            Event::Help => self.mode = Mode::Help(0),
            Event::List => self.mode = Mode::Listing(self.position),
            Event::Blank => self.mode = Mode::Blank,
            Event::AskToLeave => self.mode = Mode::Leaving,
            Event::Edit(Edit::Erase) => {
                let rest = number.map(|number| number / 10).filter(|number| *number > 0);
                self.mode = rest.map_or(Mode::Walking, Mode::Jumping);
            }
            Event::Edit(Edit::Type(c)) if self.may_guess() => {
                self.mode = Mode::Guessing(c.to_string());
            }
            Event::Edit(_)
            | Event::Scroll(_)
            | Event::Close
            | Event::Leave
            | Event::Reload
            | Event::Suspend => {}
        }
    }

    fn go(&mut self, go: Go, number: Option<usize>) {
        match go {
            Go::Next => self.next(),
            Go::Back => self.back(),
            Go::NextPart => self.go_to(self.walk.next_part(self.position)),
            Go::PreviousPart => self.go_to(self.walk.previous_part(self.position)),
            Go::First => self.go_to(number.map_or(0, |number| number.saturating_sub(1))),
            Go::Last => self.go_to(usize::MAX),
            Go::LastTime => {
                if let Some(place) = self.last_time.take() {
                    self.go_to(self.walk.position_at(&place));
                }
            }
        }
    }

    fn next(&mut self) {
        if !self.is_revealed() {
            self.beat += 1;
            self.guess = None;
        } else if self.position + 1 < self.walk.steps().len() {
            self.go_to(self.position + 1);
        }
    }

    fn back(&mut self) {
        if let Some(before) = self.position.checked_sub(1) {
            self.go_to(before);
            self.beat = self.walk.beats(before);
        }
    }

    fn go_to(&mut self, position: usize) {
        self.position = position.min(self.walk.steps().len() - 1);
        self.beat = self.first_beat(self.position);
        self.guess = None;
    }

    /// Beats that are seen on arrival. What is asked is hidden all the same.
    fn first_beat(&self, position: usize) -> usize {
        if !self.all_beats {
            return 1;
        }
        let beats = self.walk.beats(position);
        let hidden = self.walk.asks() && self.walk.asked(position).is_some();
        if hidden { (beats - 1).max(1) } else { beats }
    }
}

/// The step about a quantity that somebody named.
///
/// # Errors
/// Why there is none, with the nearest name.
pub fn position_of(walk: &Walkthrough<'_>, text: &str) -> Result<usize, String> {
    let shown = brief(text.trim(), LONGEST_INPUT);
    let network = walk.lesson().network();
    let name = network.find(text).map_err(|nearest| match nearest {
        Some(name) => {
            format!("{shown}: this network has no such quantity; did you mean {name}?")
        }
        None => format!(
            "{shown}: this network has no such quantity; names look like z1_in, f_out, dL/df_out, dL/dW11"
        ),
    })?;
    walk.find(name).ok_or_else(|| {
        let after = matches!(name, Name::New(_)) && !walk.lesson().settings().apply;
        if after {
            format!("{shown} comes after the update: add --apply")
        } else {
            format!("{shown}: this lesson has no step for it")
        }
    })
}
