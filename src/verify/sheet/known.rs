//! The names that can be answered, by the very bytes that `sheet` prints: for
//! sheets that were printed and filled in.

use rustc_hash::FxHashMap;

use crate::name::{Name, Symbol};
use crate::network::Network;

/// Names of a network that are kept; a larger one is nobody's exercise, and its
/// sheets are read name by name.
pub(super) const MOST: usize = 20_000;

/// The same where they are learned for a single sheet.
pub(super) const MOST_FOR_ONE_SHEET: usize = 500;

/// Names by their bytes.
#[derive(Debug, Default)]
pub(super) struct KnownNames {
    names: FxHashMap<Box<[u8]>, (Name, usize)>,
}

impl KnownNames {
    pub(super) fn new(network: &Network, most: usize) -> Self {
        let mut symbols = vec![Symbol::Loss];
        let (mut slopes, mut before) = (Vec::new(), network.inputs());
        for (layer, shape) in network.layers.iter().enumerate() {
            // Every weight has three names, every pair of units at most one.
            let (units, at) = (shape.units(), layer as u32);
            let pairs = units.saturating_mul(units.saturating_add(before.saturating_mul(4)));
            if symbols.len() * 3 + slopes.len() + pairs > most {
                return Self::default();
            }
            for unit in 0..units as u32 {
                let incoming = Symbol::In { layer: at, unit };
                let bias = Symbol::Bias { layer: at, unit };
                symbols.extend([incoming, Symbol::Out { layer: at, unit }, bias]);
                slopes.push((incoming, bias));
                for other in 0..units as u32 {
                    slopes.push((
                        Symbol::Out { layer: at, unit },
                        Symbol::In { layer: at, unit: other },
                    ));
                }
                for from in 0..before as u32 {
                    let weight = Symbol::Weight { layer: at, from, to: unit };
                    symbols.push(weight);
                    slopes.push((incoming, weight));
                    if let Some(before) = at.checked_sub(1) {
                        slopes.push((incoming, Symbol::Out { layer: before, unit: from }));
                    }
                }
            }
            before = units;
        }
        symbols.extend((0..before as u32).map(Symbol::Term));
        let values = symbols
            .iter()
            .flat_map(|&symbol| [Name::Value(symbol), Name::New(symbol), Name::loss_by(symbol)]);
        let slopes = slopes.iter().map(|&(of, by)| Name::derivative(of, by));
        let names = values.chain(slopes);
        let naming = network.naming();
        let names = names.filter(|name| network.has(*name) && !name.is_given()).enumerate();
        let entry = |(at, name)| (naming.plain(name).into_bytes().into_boxed_slice(), (name, at));
        Self { names: names.map(entry).collect() }
    }

    /// The quantity of exactly this name, and its place among all.
    pub(super) fn get(&self, name: &[u8]) -> Option<(Name, usize)> {
        self.names.get(name).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}
