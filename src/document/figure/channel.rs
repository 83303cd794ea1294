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
    /// Which track is whose, and the price of it all.
    ///
    /// Each source takes the track that is cheapest among those before it.
    pub(super) fn tracks(self) -> (Vec<usize>, usize) {
        let mut order: Vec<usize> = Vec::new();
        let mut cost = 0;
        for source in 0..self.sources.len() {
            let price = |at: usize| -> usize {
                let left = order[..at].iter().map(|&other| self.price_of(other, source));
                let right = order[at..].iter().map(|&other| self.price_of(source, other));
                left.chain(right).sum()
            };
            let at = (0..=order.len()).rev().min_by_key(|&at| price(at)).unwrap_or(0);
            cost += price(at) + self.price_of_own(source);
            order.insert(at, source);
        }
        let mut tracks = vec![0; order.len()];
        for (track, &source) in order.iter().enumerate() {
            tracks[source] = track;
        }
        (tracks, cost)
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
        let crossings = self.ports(left).filter(|&row| inside(self.span(right), row)).count()
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
