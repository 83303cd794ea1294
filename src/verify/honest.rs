//! What honest work comes to where nothing was handed in yet.

use super::handed_in::{HandedIn, Shortens};
use super::marker::Marker;
use super::marking::Marking;
use super::sheet::Sheet;
use crate::expr::Interval;
use crate::name::Name;

impl Marker<'_> {
    /// Everything that somebody may honestly come to in a line who rounds to the
    /// digits asked wherever they like, the exact value included.
    pub fn honest(&self, name: Name) -> Interval {
        let nothing = Sheet::default();
        let handed_in = HandedIn::by(self, &nothing, Shortens::AsShown);
        let mut marking = Marking::new(self, &handed_in);
        marking.settle(name);
        marking.theirs.carried(name).hull(Interval::point(self.truth.expected(name)))
    }
}
