//! The descent: epoch after epoch, until one of the rules ends it.
//!
//! The loss is computed only where it is recorded, or where a rule needs it; where it
//! is but recorded, a part of the observations may have to do (see [`super::glance`]).
//! Several epochs are worked in one go; where numbers have left the range after
//! that, the piece is worked again epoch by epoch, which gives the same bits,
//! so the epoch at which it happened is known exactly.

use super::data::{Data, Observations};
use super::engine::{Engine, Rule};
use super::glance::Glance;
use super::history::History;
use super::real::Real;
use super::shuffle::Shuffle;
use crate::network::Network;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Plan {
    /// At most so many passes over the data.
    pub epochs: u64,
    /// Observations of one update.
    pub batch: usize,
    /// How a batch becomes a step.
    pub rule: Rule,
    /// Where to stop: as soon as the empirical risk is below it.
    pub until: Option<f64>,
    /// The seed of the orders; without one the data's own order is kept.
    pub seed: Option<u64>,
    /// Updates before which the weights are wanted, in order; the first is 1.
    pub traces: Vec<u64>,
}

/// Why the descent ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All epochs are done.
    Epochs,
    /// The risk is where it should be.
    Until,
    /// Somebody asked for it.
    Interrupted,
    /// A number left the range during this epoch; the weights are those after
    /// the epoch before.
    Diverged(u64),
}

/// How the descent went.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Why it ended.
    pub end: End,
    /// Whole epochs that were worked.
    pub epochs: u64,
    /// Updates that were made.
    pub updates: u64,
    /// The risk over the epochs, the last as it is now: the first and the last over
    /// all observations, the others over [`History::part`] of them.
    pub history: History,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Yes.
    GoOn,
    /// To the end of the epoch.
    EndEpoch,
    /// No further than the batch.
    EndNow,
}

/// Somebody who looks on.
pub trait Watch {
    /// Called before an update that is to be traced: the network as it is, and
    /// the first observation and the size of the batch.
    fn moment(&mut self, update: u64, network: Network, row: usize, batch: usize);

    /// Called now and then: whole epochs done, and the risk where it is known; over
    /// so many of the observations, if that is not all.
    fn reached(&mut self, epoch: u64, loss: Option<f64>, part: Option<usize>);

    /// Asked now and then.
    fn wish(&mut self) -> Wish;
}

/// Multiplications that are worked before the onlooker is asked, about 10 ms.
const PIECE: u64 = 50_000_000;

/// A loss that is beyond this over a part of the observations may be beyond all
/// numbers over the others.
const ALARMING: f64 = 1e100;

/// Works the plan.
pub fn descend<R: Real>(
    engine: &mut dyn Engine<R>,
    data: &Data<R>,
    plan: &Plan,
    watch: &mut dyn Watch,
) -> Outcome {
    let work = engine.work().saturating_mul(data.len()).max(1) as u64;
    let glance = Glance::of(data, plan, engine.work());
    let mut descent = Descent {
        safe: engine.parameters().to_vec(),
        engine,
        data,
        plan,
        watch,
        shuffle: plan.seed.map(|seed| Shuffle::new(data.len(), seed)),
        traces: plan.traces.iter().copied().peekable(),
        history: History::new(glance.spacing, glance.part.as_ref().map(Data::len)),
        part: glance.part,
        epoch: 0,
        updates: 0,
        in_one_go: (PIECE / work).max(1),
        asked_every: (PIECE / (work / data.len().max(1) as u64 * plan.batch as u64).max(1)).max(1),
    };
    let end = descent.run();
    Outcome { end, epochs: descent.epoch, updates: descent.updates, history: descent.history }
}

struct Descent<'a, R: Real> {
    engine: &'a mut dyn Engine<R>,
    data: &'a Data<R>,
    plan: &'a Plan,
    watch: &'a mut dyn Watch,
    shuffle: Option<Shuffle>,
    traces: std::iter::Peekable<std::iter::Copied<std::slice::Iter<'a, u64>>>,
    history: History,
    /// What the curve is taken over, where that is not all.
    part: Option<Data<R>>,
    /// Parameters after the last epoch that is known to be sound.
    safe: Vec<R>,
    epoch: u64,
    updates: u64,
    in_one_go: u64,
    asked_every: u64,
}

impl<R: Real> Descent<'_, R> {
    fn run(&mut self) -> End {
        let loss = self.risk();
        self.history.push(0, loss);
        if !loss.is_finite() {
            return End::Diverged(0);
        }
        if self.is_enough(loss) {
            return End::Until;
        }
        while self.epoch < self.plan.epochs {
            let before = self.epoch;
            let whole = self.piece();
            let loss = self.loss_if_wanted(whole);
            if !self.is_sound(loss) {
                return self.find_divergence(before);
            }
            self.safe.copy_from_slice(self.engine.parameters());
            if let Some(loss) = loss {
                if self.history.wants(self.epoch) || self.is_last() {
                    self.history.push(self.epoch, loss);
                }
                if self.is_enough(loss) {
                    self.record_last(loss);
                    return End::Until;
                }
            }
            let part = self.history.part().filter(|_| !self.is_last());
            self.watch.reached(self.epoch, loss, part);
            if !whole || self.watch.wish() != Wish::GoOn {
                let loss = self.risk();
                self.record_last(loss);
                return if self.is_last() { End::Epochs } else { End::Interrupted };
            }
        }
        End::Epochs
    }

    /// Works on to the next epoch at which something is to be done. False where
    /// it was stopped within an epoch.
    fn piece(&mut self) -> bool {
        let per_epoch = self.updates_per_epoch();
        let traced = self.traces.peek().map(|update| (update - 1) / per_epoch);
        if let Some(shuffle) = &mut self.shuffle {
            shuffle.next_order();
        }
        if self.in_one_go == 1 || traced == Some(self.epoch) {
            return self.epoch_by_batches();
        }
        let mut to = self.history.next(self.epoch).min(self.epoch.saturating_add(self.in_one_go));
        if self.plan.until.is_some() || self.shuffle.is_some() {
            to = self.epoch + 1;
        }
        to = to.min(self.plan.epochs).min(traced.unwrap_or(u64::MAX));
        let count = to - self.epoch;
        let order = self.shuffle.as_ref().map(Shuffle::order);
        self.engine.epochs(self.data, order, self.plan.batch, &self.plan.rule, count as usize);
        self.epoch = to;
        self.updates += count * per_epoch;
        true
    }

    /// One epoch, with somebody looking on.
    fn epoch_by_batches(&mut self) -> bool {
        let order = self.shuffle.as_ref().map(Shuffle::order);
        for first in (0..self.data.len()).step_by(self.plan.batch) {
            if self.updates.is_multiple_of(self.asked_every) && self.watch.wish() == Wish::EndNow {
                return false;
            }
            let count = self.plan.batch.min(self.data.len() - first);
            let batch = Observations { first, count, order };
            self.updates += 1;
            if self.traces.next_if_eq(&self.updates).is_some() {
                self.watch.moment(self.updates, self.engine.network(), batch.row(0), count);
            }
            self.engine.update(self.data, batch, &self.plan.rule);
        }
        self.epoch += 1;
        true
    }

    fn updates_per_epoch(&self) -> u64 {
        self.data.len().div_ceil(self.plan.batch) as u64
    }

    /// The risk where it is recorded, or decides.
    fn loss_if_wanted(&mut self, whole: bool) -> Option<f64> {
        let decides = self.plan.until.is_some() || self.is_last();
        match whole {
            true if decides => Some(self.risk()),
            true if self.history.wants(self.epoch) => Some(self.glance()),
            true | false => None,
        }
    }

    /// The empirical risk: the mean of all losses, or their sum.
    fn risk(&mut self) -> f64 {
        let total = self.engine.total_loss(self.data);
        if self.plan.rule.mean { total / self.data.len() as f64 } else { total }
    }

    /// What the empirical risk is by the part that the curve is taken over. Not finite
    /// where the risk itself is not.
    fn glance(&mut self) -> f64 {
        let Some(part) = &self.part else { return self.risk() };
        let mean = self.engine.total_loss(part) / part.len() as f64;
        let loss = if self.plan.rule.mean { mean } else { mean * self.data.len() as f64 };
        if loss.abs() < ALARMING {
            return loss;
        }
        let risk = self.risk();
        if risk.is_finite() { loss } else { risk }
    }

    /// Whether all epochs are done.
    fn is_last(&self) -> bool {
        self.epoch == self.plan.epochs
    }

    fn is_enough(&self, loss: f64) -> bool {
        self.plan.until.is_some_and(|until| loss < until)
    }

    fn is_sound(&self, loss: Option<f64>) -> bool {
        loss.is_none_or(f64::is_finite)
            && self.engine.parameters().iter().all(|parameter| parameter.is_finite())
    }

    /// Adds the last loss, if it is not there.
    fn record_last(&mut self, loss: f64) {
        self.history.cut(self.epoch);
        self.history.push(self.epoch, loss);
    }

    /// Works a piece that did not end well again, epoch by epoch.
    fn find_divergence(&mut self, before: u64) -> End {
        let after = self.epoch;
        self.engine.set_parameters(&self.safe);
        self.updates = before * self.updates_per_epoch();
        self.epoch = before;
        // A shuffled epoch is always a piece of its own.
        while self.shuffle.is_none() && self.epoch + 1 < after {
            self.engine.epochs(self.data, None, self.plan.batch, &self.plan.rule, 1);
            let loss = self.risk();
            if !self.is_sound(Some(loss)) {
                break;
            }
            self.safe.copy_from_slice(self.engine.parameters());
            self.epoch += 1;
            self.updates += self.updates_per_epoch();
        }
        self.engine.set_parameters(&self.safe);
        let loss = self.risk();
        self.record_last(loss);
        End::Diverged(self.epoch + 1)
    }
}
