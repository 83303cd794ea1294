//! What has a number of its own in a network: the letters that names are made of.

/// Something that has a number of its own in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Symbol {
    /// `x1`: a component of the sample.
    Input(u32),
    /// `y1`: a component of its target.
    Target(u32),
    /// `W11`: the weight from unit `from` of the layer before to unit `to`.
    Weight {
        /// Layer whose units the weight leads to.
        layer: u32,
        /// Unit (or input) it comes from.
        from: u32,
        /// Unit it leads to.
        to: u32,
    },
    /// `b1`: the bias of a unit.
    Bias {
        /// Layer of the unit.
        layer: u32,
        /// The unit.
        unit: u32,
    },
    /// `z1_in`: the weighted sum that enters a unit.
    In {
        /// Layer of the unit.
        layer: u32,
        /// The unit.
        unit: u32,
    },
    /// `z1_out`: what the unit's activation makes of it.
    Out {
        /// Layer of the unit.
        layer: u32,
        /// The unit.
        unit: u32,
    },
    /// `L1`: what one of several outputs adds to the loss.
    Term(u32),
    /// `L`: the loss.
    Loss,
    /// `R`: the empirical risk, what the losses of all samples make together.
    Risk,
    /// `alpha`: the learning rate.
    Rate,
}

impl Symbol {
    /// What a weight of a layer is multiplied with: what unit `from` of the layer
    /// before passes on, or an input.
    pub const fn source(layer: u32, from: u32) -> Self {
        match layer.checked_sub(1) {
            Some(before) => Self::Out { layer: before, unit: from },
            None => Self::Input(from),
        }
    }

    /// The layer and the unit that a symbol belongs to; a weight or bias belongs to
    /// the unit that it leads to. `None` for what belongs to no unit.
    pub const fn unit(self) -> Option<(u32, u32)> {
        match self {
            Self::Weight { layer, to: unit, .. }
            | Self::Bias { layer, unit }
            | Self::In { layer, unit }
            | Self::Out { layer, unit } => Some((layer, unit)),
            Self::Input(_)
            | Self::Target(_)
            | Self::Term(_)
            | Self::Loss
            | Self::Risk
            | Self::Rate => None,
        }
    }

    /// The layer and the unit that a weight or bias leads to; `None` for all else.
    pub const fn leads_to(self) -> Option<(u32, u32)> {
        if matches!(self, Self::Weight { .. } | Self::Bias { .. }) { self.unit() } else { None }
    }
}
