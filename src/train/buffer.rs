//! Numbers in one piece of memory that begins at a line of the cache.

use super::real::Real;

/// Bytes of a line of the cache, and of the widest register.
const LINE: usize = 64;

/// A piece of memory.
#[derive(Debug)]
pub(super) struct Buffer<R> {
    memory: Vec<R>,
    start: usize,
}

impl<R: Real> Buffer<R> {
    /// So many zeros.
    pub(super) fn zeros(length: usize) -> Self {
        let memory = vec![R::ZERO; length + LINE / size_of::<R>()];
        let start = memory.as_ptr().align_offset(LINE).min(memory.len() - length);
        let mut buffer = Self { memory, start };
        buffer.memory.truncate(start + length);
        buffer
    }

    /// All of them.
    #[inline(always)]
    pub(super) fn values(&self) -> &[R] {
        &self.memory[self.start..]
    }

    /// All of them, to be written.
    #[inline(always)]
    pub(super) fn values_mut(&mut self) -> &mut [R] {
        &mut self.memory[self.start..]
    }
}
