//! The samples: of the scenario, of a file, or those that come with a scenario.

use anyhow::bail;

use crate::cli::args::Train;
use crate::cli::rows;
use crate::scenario::{Scenario, embedded};
use crate::source::table;
use crate::train::{Data, Real};

/// Samples to train on, and samples to try the network on.
pub(super) struct Sets<R> {
    pub(super) training: Data<R>,
    pub(super) held_out: Option<Data<R>>,
    /// What the file calls its targets.
    pub(super) targets: Vec<String>,
}

/// Reads the samples and parts them.
pub(super) fn sets<R: Real>(args: &Train, scenario: &Scenario) -> anyhow::Result<Sets<R>> {
    let (data, targets) = samples::<R>(args, scenario)?;
    let Some(held) = args.hold_out.map(|held| held as usize) else {
        return Ok(Sets { training: data, held_out: None, targets });
    };
    let count = data.len();
    if held >= count {
        let has = if count == 1 {
            "is only 1 sample".into()
        } else {
            format!("are only {count} samples")
        };
        bail!("--hold-out {held}: there {has}, and at least one must be left to train on");
    }
    let (held_out, training) = data.part(|row| (row + 1) * held / count > row * held / count);
    Ok(Sets { training, held_out: Some(held_out), targets })
}

/// The samples, and what the file calls their targets.
fn samples<R: Real>(args: &Train, scenario: &Scenario) -> anyhow::Result<(Data<R>, Vec<String>)> {
    let network = &scenario.network;
    let came_along = embedded::named(&args.scenario).and_then(|embedded| embedded.data);
    if args.data.is_none() && came_along.is_none() {
        return Ok((Data::of(network, &scenario.samples), Vec::new()));
    }
    if args.data.as_deref() == Some("-") && args.scenario == "-" {
        bail!("--data -: standard input is already the scenario");
    }
    let (inputs, targets) = (network.inputs(), rows::targets(network));
    let mut data = Data::new(inputs, targets);
    let mut push = |row: &[f64]| {
        let (x, y) = rows::parted(network, row)?;
        data.push(x, y);
        Ok(())
    };
    let shape = rows::shape(network);
    let mut names = match (&args.data, came_along) {
        (Some(path), _) => table::read(path, inputs + targets, &shape, &mut push)?,
        (None, text) => {
            let text = text.unwrap_or_default();
            table::read_text(text, "the data of the scenario", inputs + targets, &shape, &mut push)?
        }
    };
    Ok((data, names.split_off(inputs)))
}
