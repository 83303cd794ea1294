//! What the tests share. None of it uses a formula, a derivative or a rounding
//! of the crate: each is written here a second time, in another way.

#![allow(dead_code, reason = "every test uses a part of it")]

pub(crate) mod decimal;
pub(crate) mod plain;
pub(crate) mod program;
#[cfg(unix)]
pub(crate) mod pty;
pub(crate) mod reading;
pub(crate) mod report;
pub(crate) mod tracked;
pub(crate) mod truth;
