//! Pickles are programs: reading one may run anything. They are refused, with
//! the lines that write the same arrays without.

use super::ArrayFault;

/// Whether the bytes start as a pickle does.
pub(super) fn starts(bytes: &[u8]) -> bool {
    matches!(bytes, [0x80, 2..=5, ..])
}

/// Why a pickle is refused, and what to write in its place.
pub(super) fn refused() -> ArrayFault {
    ArrayFault::new(
        "this is a pickle (.pt, .pth, .pkl): a program that runs when it is read, so it is not",
        "write the arrays alone, in Python:\n    import torch, numpy\n    \
         state = torch.load(\"model.pt\")\n    \
         numpy.savez(\"model.npz\", **{name: t.detach().cpu().numpy() for name, t in state.items()})",
    )
}

/// Why an array of objects is refused.
pub(super) fn objects(name: &str) -> ArrayFault {
    ArrayFault::new(
        format!(
            "{name}: this array holds Python objects, as a pickle: that is a program which runs when it is read"
        ),
        "write one array of numbers per layer, in Python:\n    import numpy\n    \
         grads = numpy.load(\"grads.npy\", allow_pickle=True).item()\n    \
         numpy.savez(\"grads.npz\", **grads)",
    )
}
