//! The update rule of gradient descent.

use crate::expr::{Expr, minus, times};
use crate::name::{Name, Symbol};

/// `u1 - α·∂L/∂u1`
pub(super) fn expression(name: Name) -> Option<Expr> {
    let Name::New(parameter) = name else { return None };
    Some(minus(parameter, times(Symbol::Rate, Name::loss_by(parameter))))
}
