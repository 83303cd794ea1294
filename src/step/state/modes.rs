//! What an event does where something lies over the step, or something is typed.

use super::{Edit, Event, Go, LONGEST_INPUT, Mode, Notice, State, position_of};

impl State<'_> {
    pub(super) fn find_on(&mut self, event: Event, mut text: String) {
        match event {
            Event::Close => {}
            Event::Edit(Edit::Confirm) => self.find(&text),
            // One more than there is to take back.
            Event::Edit(Edit::Erase) if text.is_empty() => {}
            Event::Edit(change) => {
                edit(&mut text, change);
                self.mode = Mode::Finding(text);
            }
            Event::Go(_)
            | Event::Digit(_)
            | Event::AllBeats
            | Event::Find
            | Event::Tables
            | Event::Help
            | Event::Scroll(_)
            | Event::List
            | Event::Blank
            | Event::AskToLeave
            | Event::Reload
            | Event::Suspend
            | Event::Leave => self.mode = Mode::Finding(text),
        }
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
        match event {
            Event::Close => {}
            Event::Edit(Edit::Confirm) => self.judge(&text),
            Event::Edit(change) => {
                edit(&mut text, change);
                if !text.is_empty() {
                    self.mode = Mode::Guessing(text);
                }
            }
            // A whole number in front of `g` was meant for a step.
            Event::Go(Go::First) => match text.parse() {
                Ok(number) => self.go(Go::First, Some(number)),
                Err(_) => self.mode = Mode::Guessing(text),
            },
            Event::Go(go) => self.go(go, None),
            Event::Digit(_)
            | Event::AllBeats
            | Event::Find
            | Event::Tables
            | Event::Help
            | Event::Scroll(_)
            | Event::List
            | Event::Blank
            | Event::AskToLeave
            | Event::Reload
            | Event::Suspend
            | Event::Leave => self.mode = Mode::Guessing(text),
        }
    }

    fn judge(&mut self, text: &str) {
        let Some(name) = self.walk.asked(self.position) else { return };
        self.guess = self.walk.judge(name, text);
        if self.guess.as_ref().is_some_and(|guess| guess.right) {
            self.beat = self.walk.beats(self.position);
        }
    }

    pub(super) fn read_tables_on(&mut self, event: Event, above: usize) {
        self.mode = match event {
            Event::Close | Event::Tables => Mode::Walking,
            Event::Help => Mode::Help(0),
            Event::Scroll(by) => Mode::Tables(above.saturating_add_signed(by.saturating_neg())),
            Event::Go(_)
            | Event::Digit(_)
            | Event::AllBeats
            | Event::Find
            | Event::Edit(_)
            | Event::List
            | Event::Blank
            | Event::AskToLeave
            | Event::Reload
            | Event::Suspend
            | Event::Leave => Mode::Tables(above),
        };
    }

    pub(super) fn list_on(&mut self, event: Event, at: usize) {
        let last = self.walk.steps().len() - 1;
        match event {
            Event::Edit(Edit::Confirm) => self.go_to(at),
            Event::Scroll(by) => self.mode = Mode::Listing(at.saturating_add_signed(by).min(last)),
            Event::Close | Event::List => {}
            Event::Go(_)
            | Event::Digit(_)
            | Event::AllBeats
            | Event::Find
            | Event::Tables
            | Event::Help
            | Event::Edit(_)
            | Event::Blank
            | Event::AskToLeave
            | Event::Reload
            | Event::Suspend
            | Event::Leave => self.mode = Mode::Listing(at),
        }
    }

    pub(super) fn read_help_on(&mut self, event: Event, below: usize) {
        self.mode = match event {
            Event::Close | Event::Help => Mode::Walking,
            Event::Tables => Mode::Tables(0),
            Event::Scroll(by) => Mode::Help(below.saturating_add_signed(by)),
            Event::Go(_)
            | Event::Digit(_)
            | Event::AllBeats
            | Event::Find
            | Event::Edit(_)
            | Event::List
            | Event::Blank
            | Event::AskToLeave
            | Event::Reload
            | Event::Suspend
            | Event::Leave => Mode::Help(below),
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
