//! Which quantities a network has, and the known name nearest to a wrong one.

use super::activation::ActivationForm;
use super::loss::Targets;
use super::{Layer, Network};
use crate::name::{self, Name, Symbol};

/// Units of a layer whose names are offered for a mistyped one.
const OFFERED_UNITS: usize = 12;

impl Network {
    /// Whether the network has a quantity of this name. Whether the lesson
    /// updates it is another question.
    pub fn has(&self, name: Name) -> bool {
        match name {
            Name::Value(symbol) => self.has_symbol(symbol),
            Name::New(symbol) => changes(symbol) && self.has_symbol(symbol),
            Name::Derivative { of, by } => {
                self.has_symbol(of) && self.has_symbol(by) && self.has_slope(of, by)
            }
            // It has no samples: see [`Network::has_in_batch`].
            Name::OfSample { .. } => false,
        }
    }

    /// Whether so many samples have a quantity of this name together: what is of
    /// one of them, what they make, and what the step changes.
    pub fn has_in_batch(&self, name: Name, samples: usize) -> bool {
        match name {
            Name::OfSample { sample, .. } => {
                let is_own = |(_, alone)| self.has(alone);
                (sample as usize) < samples && name.alone().is_some_and(is_own)
            }
            Name::Value(symbol) | Name::New(symbol) if symbol == Symbol::Risk => {
                matches!(name, Name::Value(_))
            }
            Name::Derivative { of, by } => of == Symbol::Risk && self.parameter(by).is_some(),
            Name::Value(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. } | Symbol::Rate)) => {
                self.has_symbol(symbol)
            }
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                self.has_symbol(symbol)
            }
            Name::Value(_) | Name::New(_) => false,
        }
    }

    /// Reads a name as people type it, if so many samples have such a quantity
    /// together.
    ///
    /// # Errors
    /// What may be meant: of a name that only one sample has, the one that all
    /// of them have.
    pub fn find_in_batch(&self, text: &str, samples: usize) -> Result<Name, Option<String>> {
        let has = |name: &Name| self.has_in_batch(*name, samples);
        let together = |name: Name| {
            let other = match name {
                Name::Value(Symbol::Loss) => Some(Symbol::Risk.into()),
                Name::Derivative { of: Symbol::Loss, by } if self.parameter(by).is_some() => {
                    Some(Name::risk_by(by))
                }
                Name::OfSample { .. } => name.alone().map(|(_, alone)| alone.at_sample(0)),
                Name::Value(_) | Name::New(_) | Name::Derivative { .. } => name.of_sample(0),
            };
            other.filter(has)
        };
        let read = self.naming().read(text);
        if let Some(name) = read.filter(has) {
            return Ok(name);
        }
        let near = || {
            let near = self.naming().read(&self.nearest(text)?)?;
            together(near).or_else(|| Some(near).filter(has))
        };
        let meant = read.and_then(together).or_else(near);
        Err(meant.map(|name| self.naming().plain(name)))
    }

    fn has_symbol(&self, symbol: Symbol) -> bool {
        match symbol {
            Symbol::Input(input) => (input as usize) < self.inputs(),
            Symbol::Target(output) => {
                self.loss.targets != Targets::Unused && (output as usize) < self.outputs()
            }
            Symbol::Weight { .. } | Symbol::Bias { .. } => self.parameter(symbol).is_some(),
            Symbol::In { layer, unit } | Symbol::Out { layer, unit } => {
                self.layers.get(layer as usize).is_some_and(|layer| (unit as usize) < layer.units())
            }
            Symbol::Term(output) => self.outputs() > 1 && (output as usize) < self.outputs(),
            Symbol::Loss | Symbol::Rate => true,
            // What several samples make together: see [`Network::has_in_batch`].
            Symbol::Risk => false,
        }
    }

    /// Whether `by` leads to `of` in one link of a chain, or `of` is the loss.
    fn has_slope(&self, of: Symbol, by: Symbol) -> bool {
        let couples = |layer: &Layer| matches!(layer.activation.form, ActivationForm::Together(_));
        match (of, by) {
            (Symbol::Loss, by) => {
                !matches!(by, Symbol::Loss | Symbol::Term(_) | Symbol::Rate | Symbol::Target(_))
            }
            (Symbol::Out { layer: a, unit: k }, Symbol::In { layer: b, unit: j }) => {
                a == b && (k == j || couples(&self.layers[a as usize]))
            }
            (Symbol::In { layer: a, unit: k }, Symbol::Weight { layer: b, to, .. }) => {
                a == b && k == to
            }
            (Symbol::In { layer: a, unit: k }, Symbol::Bias { layer: b, unit }) => {
                a == b && k == unit
            }
            (Symbol::In { layer: a, .. }, Symbol::Out { layer: b, .. }) => a == b + 1,
            (Symbol::In { layer, .. }, Symbol::Input(_)) => layer == 0,
            _ => false,
        }
    }

    /// Reads a name as people type it, if the network has such a quantity.
    ///
    /// # Errors
    /// The known name nearest to the text, where one is near.
    pub fn find(&self, text: &str) -> Result<Name, Option<String>> {
        let read = self.naming().read(text);
        read.filter(|name| self.has(*name)).ok_or_else(|| self.nearest(text))
    }

    pub(super) fn nearest(&self, text: &str) -> Option<String> {
        if text.len() > 80 {
            return None;
        }
        let naming = self.naming();
        let names = self.names(OFFERED_UNITS);
        // The author's names are offered before ours.
        let mut known: Vec<String> = names.iter().map(|&name| naming.plain(name)).collect();
        if naming.own.is_some() {
            known.extend(names.iter().map(|&name| naming.ours().plain(name)));
        }
        let typed = simple(text);
        // A name that was only begun, or that goes without its layer, is nearer
        // than one with another letter.
        let same = known.iter().find(|name| simple(name) == typed);
        let begun = known.iter().find(|name| !typed.is_empty() && simple(name).starts_with(&typed));
        let near = || name::nearest(text, known.iter().map(String::as_str)).map(str::to_owned);
        same.or(begun).cloned().or_else(near)
    }

    /// Every name, as far as so many units of each layer go.
    pub(super) fn names(&self, most: usize) -> Vec<Name> {
        let few = |count: usize| 0..count.min(most) as u32;
        let mut symbols = vec![Symbol::Loss, Symbol::Rate];
        symbols.extend(few(self.inputs()).map(Symbol::Input));
        symbols.extend(few(self.outputs()).flat_map(|k| [Symbol::Target(k), Symbol::Term(k)]));
        for (layer, shape) in self.layers.iter().enumerate().take(most) {
            let layer = layer as u32;
            for unit in few(shape.units()) {
                symbols.extend([
                    Symbol::In { layer, unit },
                    Symbol::Out { layer, unit },
                    Symbol::Bias { layer, unit },
                ]);
                symbols.extend(few(shape.inputs()).map(|from| Symbol::Weight {
                    layer,
                    from,
                    to: unit,
                }));
            }
        }
        let mut names: Vec<Name> = symbols
            .iter()
            .flat_map(|&symbol| [Name::Value(symbol), Name::New(symbol), Name::loss_by(symbol)])
            .collect();
        for &by in &symbols {
            let of = |of| Name::derivative(of, by);
            match by {
                Symbol::Weight { layer, to, .. } => names.push(of(Symbol::In { layer, unit: to })),
                Symbol::Bias { layer, unit } => names.push(of(Symbol::In { layer, unit })),
                Symbol::In { layer, .. } => {
                    names
                        .extend(few(self.units(layer)).map(|k| of(Symbol::Out { layer, unit: k })));
                }
                Symbol::Out { layer, .. } if layer + 1 < self.depth() => {
                    let layer = layer + 1;
                    names.extend(few(self.units(layer)).map(|k| of(Symbol::In { layer, unit: k })));
                }
                Symbol::Input(_) => {
                    names.extend(few(self.units(0)).map(|k| of(Symbol::In { layer: 0, unit: k })));
                }
                Symbol::Out { .. }
                | Symbol::Target(_)
                | Symbol::Term(_)
                | Symbol::Loss
                | Symbol::Rate
                | Symbol::Risk => {}
            }
        }
        names.retain(|name| self.has(*name));
        names
    }
}

/// A name without case and layers: `W(1)11` and `w11` are the same.
fn simple(name: &str) -> String {
    let mut depth = 0_usize;
    let kept = name.chars().filter(|c| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    kept.collect::<String>().to_lowercase()
}

/// Whether a symbol has another value after the update.
const fn changes(symbol: Symbol) -> bool {
    !matches!(symbol, Symbol::Input(_) | Symbol::Target(_) | Symbol::Rate)
}
