//! The update rule of gradient descent.

use crate::expr::{Expr, minus, times};
use crate::name::{Name, Symbol};

/// `u1 - α·∂L/∂u1`
pub(super) fn expression(parameter: Symbol, gradient: Name) -> Expr {
    minus(parameter, times(Symbol::Rate, gradient))
}
