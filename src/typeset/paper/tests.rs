//! What holds of every drawing.
