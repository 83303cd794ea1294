//! backprop-tutor: hand-computed backpropagation, every step shown.
//!
//! The one idea: every number of the lesson is a **quantity**, a
//! [name](name::Name) and one [expression](expr::Expr) over other quantities. A
//! [lesson](lesson::Lesson) is the ordered list of them, and all that the
//! program does is a reading of those trees: evaluate, in numbers or in bounds;
//! print with names, print with numbers; differentiate; count. No formula is
//! written twice.
//!
//! # The way through
//!
//! A [`scenario`] file becomes a [`network`] and a sample; a [`lesson`] orders
//! and evaluates the quantities of one step of gradient descent; [`telling`] is
//! the one sequence of topics in which a person is told of it; [`document`] makes
//! blocks of the topics, which say what is shown and know no medium, and a
//! [figure](document::figure) of nodes, edges and what of them is lit; [`typeset`]
//! sets blocks and figures where characters or points are counted; [`export`]
//! writes them for a terminal or a browser, the lesson as JSON, the figure as SVG or TikZ.
//! [`gradient_check`] proves the
//! gradients without the chain rule; [`step`] walks through the lesson in class,
//! one step at a time; [`mod@train`] makes thousands of such steps, on matrices
//! and with formulas of its own; [`program`] compares what somebody's own code
//! computes, and finds the line that is wrong. [`cli`] joins them.
//!
//! # What holds everywhere
//!
//! Dependencies point one way:
//! [`num`], [`text`], [`name`] ← [`expr`] ← [`math`];
//! [`math`] ← [`document`] ← [`typeset`] ← [`export`];
//! [`expr`] ← [`network`] ← [`lesson`] ← {[`telling`], [`verify`] ← [`gradient_check`]} ← [`document`];
//! [`network`] ← [`mod@train`] ← [`document`];
//! {[`text`], [`network`], [`source`]} ← [`program`] ← [`document`];
//! {[`source`], [`network`]} ← {[`scenario`], [`verify`]};
//! {[`scenario`], [`verify`]} ← {[`class`], [`exercise`]} ← [`document`];
//! {[`verify`], [`typeset`], [`export`]} ← [`step`]; all ← [`cli`]. And what
//! matters most is what is absent:
//!
//! - Nothing but [`expr`] computes a number of a lesson, and nothing but
//!   [`num`] writes one. [`mod@train`] knows neither: the two are independent.
//! - Nothing but the layout step of [`math`] decides on a bracket.
//! - [`expr`] knows no network, [`lesson`] no text and not how it is told,
//!   [`document`] no medium.
//! - Nothing but [`telling`] decides in which order a lesson is told, nothing but
//!   [`name`] how a quantity is spelled.
//! - Only [`cli`], [`export`] and the drivers of [`step`] know standard output,
//!   colour and how JSON is written; only [`source`] reads and writes files and
//!   reads JSON, and what [`scenario`] and
//!   [`verify`] keep of them is harmless to print.
//! - Only the drivers of [`step`] take over a terminal; where the class is and
//!   what the screen shows is known without one.
//! - Nothing knows any particular exercise: the lecture's XOR net is a file.
//!
//! `tests/architecture.rs` holds these.
//!
//! # Where to add things
//!
//! An activation is one entry in [`network::activation`], a loss one in
//! [`network::loss`], an operator one row in [`expr::op`], an output format one
//! file in [`export`], an idea of the lecture one entry in [`telling`] and
//! one function in [`document`]; what a figure shows is decided in [`document::figure`], where it stands in [`typeset::paper`]
//! and [`typeset::figure`]. What colour a role has is decided in [`typeset::theme`].

pub mod class;
pub mod cli;
pub mod document;
pub mod exercise;
pub mod export;
pub mod expr;
pub mod gradient_check;
pub mod lesson;
pub mod math;
pub mod name;
pub mod network;
pub mod num;
pub mod program;
pub mod scenario;
pub mod source;
pub mod step;
pub mod telling;
pub mod text;
pub mod train;
pub mod typeset;
pub mod verify;
