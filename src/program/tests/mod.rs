//! The engine of this room against the trees of the lesson, and the catalogue
//! against its sentences.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::catalogue::catalogue;
use super::engine::pass::Pass;
use super::engine::problem::Problem;
use super::engine::recipe::Recipe;
use super::sentences::sentence;
use crate::gradient_check::inject::inject;
use crate::lesson::{Exercise, Lesson, Settings};
use crate::name::{Name, Symbol};
use crate::network::{Activation, Layer, Loss, Matrix, Network, Reduction, Sample};
use crate::verify::Slip;
