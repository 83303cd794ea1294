//! What an event does where something lies over the step, or something is typed.
//! What means nothing there leaves all as it is.

use super::{Edit, Event, Go, LONGEST_INPUT, Mode, Notice, State, position_of};

impl State<'_> {
    pub(super) fn find_on(&mut self, event: Event, mut text: String) {
        if let Event::Edit(Edit::Confirm) = event {
            self.find(&text);
            return;
        }
        // One erased more than there is takes the search back.
        let is_over = event == Event::Edit(Edit::Erase) && text.is_empty();
        if event == Event::Close || is_over {
            return;
        }
        if let Event::Edit(change) = event {
            edit(&mut text, change);
        }
        self.mode = Mode::Finding(text);
    }

    fn find(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        match position_of(self.walk, text) {
            Ok(position) => self.go_to(position),
            Err(why) => self.notice = Some(Notice::Failed(why)),
        }
    }

    pub(super) fn guess_on(&mut self, event: Event, mut text: String) {
        if let Event::Edit(Edit::Confirm) = event {
            self.judge(&text);
            return;
        }
        if event == Event::Close {
            return;
        }
        if let Event::Go(go) = event {
            // A whole number in front of `g` was meant for a step.
            match (go, text.parse()) {
                (Go::First, Ok(number)) => self.go(go, Some(number)),
                (Go::First, Err(_)) => self.mode = Mode::Guessing(text),
                _ => self.go(go, None),
            }
            return;
        }
        if let Event::Edit(change) = event {
            edit(&mut text, change);
            if text.is_empty() {
                return;
            }
        }
        self.mode = Mode::Guessing(text);
    }

    fn judge(&mut self, text: &str) {
        let Some(name) = self.walk.asked(self.position) else { return };
        self.guess = self.walk.judge(name, text);
        if self.guess.as_ref().is_some_and(|guess| guess.right) {
            self.beat = self.walk.beats(self.position);
        }
    }

    pub(super) fn read_tables_on(&mut self, event: Event, above: usize) {
        self.mode = if let Event::Scroll(by) = event {
            Mode::Tables(above.saturating_add_signed(by.saturating_neg()))
        } else if matches!(event, Event::Close | Event::Tables) {
            Mode::Walking
        } else if event == Event::Help {
            Mode::Help(0)
        } else {
            Mode::Tables(above)
        };
    }

    pub(super) fn list_on(&mut self, event: Event, at: usize) {
        let last = self.walk.steps().len() - 1;
        if let Event::Edit(Edit::Confirm) = event {
            self.go_to(at);
        } else if let Event::Scroll(by) = event {
            self.mode = Mode::Listing(at.saturating_add_signed(by).min(last));
        } else if !matches!(event, Event::Close | Event::List) {
            self.mode = Mode::Listing(at);
        }
    }

    pub(super) fn read_help_on(&mut self, event: Event, below: usize) {
        self.mode = if let Event::Scroll(by) = event {
            Mode::Help(below.saturating_add_signed(by))
        } else if matches!(event, Event::Close | Event::Help) {
            Mode::Walking
        } else if event == Event::Tables {
            Mode::Tables(0)
        } else {
            Mode::Help(below)
        };
    }
}

fn edit(text: &mut String, change: Edit) {
    match change {
        Edit::Type(c) if text.chars().count() < LONGEST_INPUT && !c.is_control() => text.push(c),
        Edit::Erase => {
            text.pop();
        }
        Edit::Type(_) | Edit::Confirm => {}
    }
}
