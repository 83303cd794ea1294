//! Where the numbers of the terms stand: each on its link.

use super::columns::BEFORE;
use super::place::PaperPlace;
use super::rows::{Slot, ports};
use super::{PaperShape, What};
use crate::document::figure::{Edge, NodeKind, TermNumber};
use crate::name::{Name, Symbol};

/// So far behind the end of its link: beyond the head.
const NUMBER: f64 = 23.0;

impl PaperPlace<'_> {
    /// The number of a term in its disc.
    pub(super) fn number(&mut self, number: &TermNumber) {
        let Some((x, y)) = self.spot(number.factor) else { return };
        let shape = PaperShape::Disc { x, y, number: number.number };
        self.add(What::Number, Some(number.factor), number.light, vec![shape]);
    }

    /// Where the number of a factor belongs.
    fn spot(&self, factor: Name) -> Option<(f64, f64)> {
        let Name::Derivative { of, by } = factor else { return None };
        let column = |layer| Some((self.stage_of(NodeKind::Layer(layer))?, layer));
        match (of, by) {
            (Symbol::Out { .. } | Symbol::Loss, Symbol::In { layer, unit }) => {
                let (stage, _) = column(layer)?;
                Some((self.columns[stage].middle(), self.row_of(stage, unit)? - 17.0))
            }
            (Symbol::Loss, Symbol::Out { layer, unit }) => {
                let (stage, _) = column(layer)?;
                Some((self.columns[stage].right + NUMBER, self.row_of(stage, unit)?))
            }
            (Symbol::Loss, Symbol::Input(unit)) => {
                let column = self.columns.first()?;
                Some((column.right + NUMBER, self.row_of(0, unit)?))
            }
            (Symbol::In { layer, unit }, by) => {
                let (stage, _) = column(layer)?;
                let is_own = |edge: &&Edge| {
                    edge.layer == layer
                        && edge.to == unit
                        && (edge.into.name == factor
                            || edge.along.as_ref().is_some_and(|along| along.name == factor))
                };
                let edge = self.net.edges.iter().find(is_own)?;
                let slots = ports(self.net, layer, unit);
                let port = slots.iter().position(|slot| {
                    matches!(slot, Slot::Here(at) if std::ptr::eq(&raw const self.net.edges[*at], edge))
                })?;
                let y = self.rows.port(self.row_of(stage, unit)?, port, slots.len());
                let column = self.columns[stage];
                let is_parameter = matches!(by, Symbol::Weight { .. } | Symbol::Bias { .. });
                let x = if is_parameter {
                    column.number_end + 5.0 + NUMBER
                } else {
                    column.label - BEFORE / 2.0 - 3.0
                };
                Some((x, y))
            }
            _ => None,
        }
    }
}
