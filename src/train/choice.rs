//! Which engine trains a network.

use super::engine::{Engine, Unknown};
use super::layout::FlatLayout;
use super::matrix::{self, MatrixEngine};
use super::real::Real;
use super::{lanes, small};
use crate::network::Network;

/// The fastest engine for a network and batches of at most so many
/// observations.
///
/// # Errors
/// An activation or a loss that training does not know.
pub fn engine<R: Real>(
    network: &Network,
    batch: usize,
    threads: usize,
) -> Result<Box<dyn Engine<R>>, Unknown> {
    let layout = FlatLayout::of::<R>(network).map_err(Unknown)?;
    let narrow = small::engine(network, &layout).or_else(|| lanes::engine(network, &layout));
    match narrow {
        Some(narrow) => Ok(narrow),
        None => Ok(Box::new(MatrixEngine::new(network, layout, batch, threads))),
    }
}

/// Whether more than one thread helps with batches of so many observations.
pub fn is_worth_sharing(network: &Network, batch: usize) -> bool {
    FlatLayout::of::<f64>(network).is_ok_and(|layout| matrix::is_worth_sharing(&layout, batch))
}

/// The matrix engine, whatever the size of the network.
///
/// # Errors
/// An activation or a loss that training does not know.
pub fn matrix_engine<R: Real>(
    network: &Network,
    batch: usize,
    threads: usize,
) -> Result<Box<dyn Engine<R>>, Unknown> {
    let layout = FlatLayout::of::<R>(network).map_err(Unknown)?;
    Ok(Box::new(MatrixEngine::new(network, layout, batch, threads)))
}
