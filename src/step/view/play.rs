//! What can be on the stage: it is drawn, it takes keys, and it says where it is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::step::keys::{self, Key};
use crate::step::state::{Flow, State};

/// Something that a terminal shows and that keys change.
pub trait Play {
    /// Draws it as it is now.
    fn draw(&mut self, area: Rect, buffer: &mut Buffer);

    /// Does what a key asks for.
    fn on_key(&mut self, key: Key) -> Flow;

    /// The step that is shown, from 0, and what it is about; `None` where there
    /// are no steps.
    fn place(&self) -> Option<(usize, String)> {
        None
    }
}

impl Play for State<'_> {
    fn draw(&mut self, area: Rect, buffer: &mut Buffer) {
        let most = super::draw(self, area, buffer);
        self.settle(most);
    }

    fn on_key(&mut self, key: Key) -> Flow {
        keys::event(key, self).map_or(Flow::Show, |event| self.on(event))
    }

    fn place(&self) -> Option<(usize, String)> {
        Some((self.position(), self.walk.label(self.position())))
    }
}
