//! The wires between two stages: which track is whose, and how clear that is. It
//! knows only the rows that the wires come from and lead to.

use super::price;

/// The wires between two stages.
#[derive(Clone, Copy)]
pub(super) struct Channel<'a> {
    /// Rows of the units that they come from.
    pub(super) sources: &'a [usize],
    /// First port rows of the units that they lead to.
    pub(super) units: &'a [usize],
}

impl Channel<'_> {
    /// Per source, which track is its.
    pub(super) fn tracks(self) -> Vec<usize> {
        let mut order = Vec::new();
        self.arrange(&mut order);
        let mut tracks = vec![0; order.len()];
        for (track, &source) in order.iter().enumerate() {
            tracks[source] = track;
        }
        tracks
    }

    /// Puts the sources in the `order` of their tracks, and returns the price
    /// of it all. What stood there before is gone; thousands of channels are
    /// tried, and one list serves them all.
    ///
    /// Each source takes the track that is cheapest among those before it.
    pub(super) fn arrange(self, order: &mut Vec<usize>) -> usize {
        order.clear();
        let mut cost = 0;
        for source in 0..self.sources.len() {
            let price = |at: usize| -> usize {
                let left = order[..at].iter().map(|&other| self.price_of(other, source));
                let right = order[at..].iter().map(|&other| self.price_of(source, other));
                left.chain(right).sum()
            };
            let priced = (0..=order.len()).rev().map(|at| (price(at), at));
            let (price, at) = priced.min_by_key(|(price, _)| *price).unwrap_or((0, 0));
            cost += price + self.price_of_own(source);
            order.insert(at, source);
        }
        cost
    }

    /// Rows of the ports of a source, from top to bottom.
    fn ports(self, source: usize) -> impl DoubleEndedIterator<Item = usize> + Clone {
        self.units.iter().map(move |unit| unit + source)
    }

    /// Rows that the track of a source spans.
    fn span(self, source: usize) -> (usize, usize) {
        let row = self.sources[source];
        let (first, last) = (self.ports(source).next(), self.ports(source).next_back());
        (row.min(first.unwrap_or(row)), row.max(last.unwrap_or(row)))
    }

    /// The price of one track to the left of another.
    fn price_of(self, left: usize, right: usize) -> usize {
        let inside = |(top, bottom): (usize, usize), row: usize| row > top && row < bottom;
        let right_span = self.span(right);
        let crossings = self.ports(left).filter(|&row| inside(right_span, row)).count()
            + usize::from(inside(self.span(left), self.sources[right]));
        let meets = |a: usize, b: usize| self.ports(b).any(|row| row == self.sources[a]);
        // Wires would lie on each other if the left track had a port on the row
        // on which the right one's source comes in. The other way round they
        // share a row, but not a place in it.
        let faults = usize::from(meets(right, left));
        let shared = usize::from(meets(left, right));
        crossings * price::CROSSING + faults * price::FAULT + shared * price::SHARED_ROW
    }

    /// The price of a source's own wires.
    fn price_of_own(self, source: usize) -> usize {
        let row = self.sources[source];
        let (top, bottom) = self.span(source);
        let straight = self.ports(source).any(|port| port == row);
        // It would be a joint of four arms.
        let fault = straight && top < row && row < bottom;
        usize::from(fault) * price::FAULT + usize::from(!straight) * price::BEND
    }
}
