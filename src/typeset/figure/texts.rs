//! The texts beside the wires, and how wide they are at most: names, and numbers
//! aligned at their points. It does not know where they stand.

use compact_str::CompactString;

use super::FigureRequest;
use crate::document::figure::ports;
use crate::name::{Name, Spelling, Symbol};

/// Every text of the drawing has its width here, known or not.
pub(super) struct Texts {
    pub(super) inputs: UnitTexts,
    pub(super) layers: Vec<LayerTexts>,
    pub(super) loss: UnitTexts,
}

pub(super) struct LayerTexts {
    pub(super) weight_name: usize,
    pub(super) weight: Decimals,
    pub(super) gradient: Decimals,
    pub(super) units: UnitTexts,
}

pub(super) struct UnitTexts {
    pub(super) name: usize,
    pub(super) value_name: usize,
    pub(super) value: Decimals,
}

/// The widest texts in front of a decimal point, and from it on.
#[derive(Clone, Copy, Default)]
pub(super) struct Decimals {
    whole: usize,
    fraction: usize,
}

impl Decimals {
    fn of(text: &str) -> Self {
        let whole = text.find(['.', 'e']).unwrap_or(text.len());
        Self { whole, fraction: width(text) - whole.min(width(text)) }
    }

    pub(super) fn with(self, text: &str) -> Self {
        let other = Self::of(text);
        Self { whole: self.whole.max(other.whole), fraction: self.fraction.max(other.fraction) }
    }

    pub(super) const fn width(self) -> usize {
        self.whole + self.fraction
    }

    /// Columns in front of a text that is aligned with the others.
    pub(super) fn indent(self, text: &str) -> usize {
        self.whole - Self::of(text).whole.min(self.whole)
    }
}

pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// The words in front of a unit's two values.
const IN: &str = "in";
const OUT: &str = "out";

impl Texts {
    pub(super) fn of(request: &FigureRequest) -> Self {
        let network = request.figure.network();
        let inputs: Vec<Symbol> = (0..network.inputs() as u32).map(Symbol::Input).collect();
        let layers = (0..network.depth()).map(|layer| LayerTexts::of(request, layer)).collect();
        Self {
            inputs: UnitTexts {
                name: widest(inputs.iter().map(|&symbol| name_of(request, symbol))),
                value_name: 0,
                value: decimals(request, values_of(inputs)),
            },
            layers,
            loss: UnitTexts {
                name: width(&name_of(request, Symbol::Loss)),
                value_name: 0,
                value: decimals(request, vec![Symbol::Loss.into()]),
            },
        }
    }
}

impl LayerTexts {
    fn of(request: &FigureRequest, layer: u32) -> Self {
        let network = request.figure.network();
        let units = 0..network.units(layer) as u32;
        let ports: Vec<Symbol> =
            units.clone().flat_map(|unit| ports(network, layer, unit)).collect();
        let gradients = ports.iter().filter(|_| request.figure.has_chain());
        let gradients = gradients.map(|&symbol| Name::loss_by(symbol)).collect();
        let values: Vec<(CompactString, Name)> =
            units.clone().flat_map(|unit| unit_values(request, layer, unit)).collect();
        Self {
            weight_name: widest(ports.iter().map(|&symbol| name_of(request, symbol))),
            gradient: decimals(request, gradients),
            weight: decimals(request, values_of(ports)),
            units: UnitTexts {
                name: widest(units.map(|unit| unit_name(request, layer, unit))),
                value_name: widest(values.iter().map(|(name, _)| name.clone())),
                value: decimals(request, values.into_iter().map(|(_, name)| name).collect()),
            },
        }
    }
}

fn widest(texts: impl Iterator<Item = CompactString>) -> usize {
    texts.map(|text| width(&text)).max().unwrap_or(0)
}

fn values_of(symbols: Vec<Symbol>) -> Vec<Name> {
    symbols.into_iter().map(Name::Value).collect()
}

fn decimals(request: &FigureRequest, names: Vec<Name>) -> Decimals {
    let texts = names.into_iter().flat_map(|name| request.figure.texts(name));
    texts.fold(Decimals::default(), |decimals, text| decimals.with(&text))
}

pub(super) fn name_of(request: &FigureRequest, symbol: Symbol) -> CompactString {
    let spelling = Spelling { greek: !request.ascii, signals: false, formed: false };
    request.figure.network().naming().spelled(symbol.into(), spelling).text()
}

/// What `z1_in` and `z1_out` have in common.
pub(super) fn unit_name(request: &FigureRequest, layer: u32, unit: u32) -> CompactString {
    let name = name_of(request, Symbol::In { layer, unit });
    name.strip_suffix("_in").unwrap_or(&name).into()
}

/// The values that stand below the name of a unit, and what they are called.
pub(super) fn unit_values(
    request: &FigureRequest,
    layer: u32,
    unit: u32,
) -> Vec<(CompactString, Name)> {
    let own = Symbol::In { layer, unit };
    let mut values: Vec<(CompactString, Name)> =
        vec![(IN.into(), own.into()), (OUT.into(), Symbol::Out { layer, unit }.into())];
    if request.figure.network().naming().is_output(layer) && request.figure.has_targets() {
        values.push((name_of(request, Symbol::Target(unit)), Symbol::Target(unit).into()));
    }
    if request.figure.has_chain() {
        values.push((if request.ascii { "dl" } else { "δ" }.into(), Name::loss_by(own)));
    }
    values
}
