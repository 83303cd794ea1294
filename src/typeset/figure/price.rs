//! What makes an arrangement worse, and by how much. It knows no arrangement.

pub(super) const FAULT: usize = 10_000;
pub(super) const ROW: usize = 8;
pub(super) const SHARED_ROW: usize = 10;
pub(super) const CROSSING: usize = 3;
pub(super) const BEND: usize = 3;
pub(super) const LEAN: usize = 2;
pub(super) const INPUTS_LEAN: usize = 1;
pub(super) const GAP: usize = 1;
