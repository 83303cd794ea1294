//! Marking, tried on many students: honest ones must never be accused, careless
//! ones must be caught, and no cause may be stated that is not so.

mod careless;
mod class;
mod honest;
mod slips;
mod units;
