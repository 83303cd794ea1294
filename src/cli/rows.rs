//! Rows of numbers as samples: inputs, then targets that the loss can compare
//! with.

use crate::network::Network;
use crate::network::loss::Targets;
use crate::num;

/// Targets of a sample.
pub(super) fn targets(network: &Network) -> usize {
    if network.loss.targets == Targets::Unused { 0 } else { network.outputs() }
}

/// `2 inputs, then 1 target`
pub(super) fn shape(network: &Network) -> String {
    let inputs = num::counted(network.inputs(), "input");
    match targets(network) {
        0 => format!("{inputs}; its loss has no targets"),
        targets => format!("{inputs}, then {}", num::counted(targets, "target")),
    }
}

/// The inputs and the targets of a row.
///
/// # Errors
/// What the loss cannot compare with.
pub(super) fn parted<'r>(
    network: &Network,
    row: &'r [f64],
) -> Result<(&'r [f64], &'r [f64]), String> {
    let (x, y) = row.split_at(network.inputs());
    check(network, y)?;
    Ok((x, y))
}

/// What the loss cannot compare with.
fn check(network: &Network, y: &[f64]) -> Result<(), String> {
    let (loss, targets) = (network.loss.key, network.loss.targets);
    if let Some(y) = y.iter().find(|y| !targets.take(**y)) {
        return Err(format!(
            "`{loss}` needs targets from 0 to 1; here one is {}",
            num::show_exactly(*y)
        ));
    }
    let sum: f64 = y.iter().sum();
    if targets.refuse_sum(sum) {
        return Err(format!(
            "`{loss}` needs targets that add up to 1; here they add up to {}",
            num::show_exactly(sum)
        ));
    }
    Ok(())
}
