//! What honest work comes to where nothing was handed in yet.

use super::handed_in::{HandedIn, Shortens};
use super::marker::Marker;
use super::marking::Marking;
use super::sheet::Sheet;
use crate::expr::Interval;
use crate::name::Name;

impl Marker<'_> {
    /// Everything that somebody may honestly come to in a line who rounds to the
    /// digits asked wherever they like, the exact value included.
    pub fn honest(&self, name: Name) -> Interval {
        let nothing = Sheet::default();
        let handed_in = HandedIn::by(self, &nothing, Shortens::AsShown);
        let mut marking = Marking::new(self, &handed_in);
        marking.settle(name);
        marking.theirs.carried(name).hull(Interval::point(self.truth.expected(name)))
    }
}

#[cfg(test)]
mod tests {
    use crate::lesson::{Lesson, Settings};
    use crate::name::{Name, Symbol};
    use crate::scenario;
    use crate::verify::{Marker, MarkingRules};

    #[test]
    fn honest_work_may_round_on_the_way_and_comes_near_the_exact_value() {
        let scenario = scenario::load("xor").unwrap();
        let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
        let marker = Marker::new(&lesson, MarkingRules::asking(2));
        let honest = |symbol: Symbol| marker.honest(symbol.into());
        // z1_in is -0.53 for everybody; σ of it is 0.37052, or 0.37.
        let input = honest(Symbol::In { layer: 0, unit: 0 });
        assert!(input.width() < 1e-12 && input.contains(-0.53), "{input:?}");
        let output = honest(Symbol::Out { layer: 0, unit: 0 });
        assert!(output.contains(0.37) && output.contains(0.370_517), "{output:?}");
        assert!(output.width() < 0.02, "{output:?}");
        let exact = lesson.value(Name::from(Symbol::Loss));
        let loss = honest(Symbol::Loss);
        assert!(loss.contains(exact) && loss.contains(0.03) && loss.width() < 0.03, "{loss:?}");
    }
}
