//! Marking, tried on many students: honest ones must never be accused, careless
//! ones must be caught, and no cause may be stated that is not so.

mod careless;
mod class;
#[path = "../common/mod.rs"]
mod common;
mod honest;
mod key;
mod nothing;
mod routes;
mod slips;
mod source;
mod told;
mod units;
mod ways;
