//! What of a large network is shown: the units and layers on the path, the first
//! ones and the last, with dots for the others.

use super::Figure;
use super::light::Light;
use crate::name::{Name, Symbol};

/// How much of a network is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Units of a layer, or inputs, at most; at least 2.
    pub units: usize,
    /// Layers at most; at least 2.
    pub layers: usize,
}

impl Detail {
    /// Everything.
    pub const ALL: Self = Self { units: usize::MAX, layers: usize::MAX };

    /// As much as a reader takes in.
    pub const READABLE: Self = Self { units: 6, layers: 6 };

    /// Which of `count` things are shown: those that must be, then the first ones
    /// and the last.
    pub(super) fn places(most: usize, count: usize, must: &[usize]) -> Vec<usize> {
        if count <= most {
            return (0..count).collect();
        }
        // Where some are left out, dots take the place of one.
        let room = most.saturating_sub(1).max(1);
        let mut places: Vec<usize> = must.iter().copied().filter(|at| *at < count).collect();
        places.sort_unstable();
        places.dedup();
        places.truncate(room);
        if places.len() < room && !places.contains(&(count - 1)) {
            places.push(count - 1);
        }
        for at in 0..count {
            if places.len() >= room {
                break;
            }
            if !places.contains(&at) {
                places.push(at);
            }
        }
        places.sort_unstable();
        places
    }
}

impl Figure<'_> {
    /// The layers that are shown.
    pub(super) fn shown_layers(&self, detail: Detail) -> Vec<u32> {
        let depth = self.network().depth() as usize;
        let must: Vec<usize> =
            self.named().filter_map(|symbol| Some(symbol.unit()?.0 as usize)).collect();
        let around = must.iter().flat_map(|&layer| [layer, layer.saturating_sub(1), layer + 1]);
        let around: Vec<usize> = around.collect();
        Detail::places(detail.layers, depth, &around).into_iter().map(|at| at as u32).collect()
    }

    /// The inputs that are shown.
    pub(super) fn shown_inputs(&self, detail: Detail) -> Vec<u32> {
        let must = self.named().filter_map(|symbol| {
            let (Symbol::Input(input) | Symbol::Weight { layer: 0, from: input, .. }) = symbol
            else {
                return None;
            };
            Some(input as usize)
        });
        let must: Vec<usize> = must.collect();
        let places = Detail::places(detail.units, self.network().inputs(), &must);
        places.into_iter().map(|at| at as u32).collect()
    }

    /// The units of a layer that are shown.
    pub(super) fn shown_units(&self, layer: u32, detail: Detail) -> Vec<u32> {
        let must = self.named().filter_map(|symbol| {
            if let Symbol::Weight { layer: at, from, .. } = symbol
                && at == layer + 1
            {
                return Some(from as usize);
            }
            symbol.unit().filter(|(at, _)| *at == layer).map(|(_, unit)| unit as usize)
        });
        let must: Vec<usize> = must.collect();
        let places = Detail::places(detail.units, self.network().units(layer), &must);
        places.into_iter().map(|at| at as u32).collect()
    }

    /// The symbols that the lit factors name, the brightest first.
    fn named(&self) -> impl Iterator<Item = Symbol> + '_ {
        let lamps = &self.highlight.lamps;
        let of = move |light: Light| lamps.iter().filter(move |lamp| lamp.light == light);
        let ordered = [Light::Current, Light::Known, Light::Ahead].into_iter().flat_map(of);
        let factors = ordered.flat_map(|lamp| symbols(lamp.factor));
        factors.chain(self.highlight.path.iter().copied())
    }
}

fn symbols(name: Name) -> Vec<Symbol> {
    match name {
        Name::Value(symbol) | Name::New(symbol) => vec![symbol],
        Name::Derivative { of, by } | Name::OfSample { of, by: Some(by), .. } => vec![by, of],
        Name::OfSample { of, by: None, .. } => vec![of],
    }
}
