//! Which quantities an answer sheet asks for.

use crate::lesson::{Lesson, Section};
use crate::name::{Name, Symbol};

/// Whether a sheet asks for a quantity of this section: for everything that is
/// computed, but not for the derivatives by an input. The lesson has them, for
/// a layer in front would need them; the lecture does not compute them.
pub fn asks(section: Section, name: Name) -> bool {
    section != Section::Given && !matches!(name, Name::Derivative { by: Symbol::Input(_), .. })
}

/// Calls `visit` with every quantity that a sheet asks for, in the lesson's
/// order.
///
/// # Errors
/// The first error of `visit`.
pub fn for_each_asked<E>(
    lesson: &Lesson<'_>,
    mut visit: impl FnMut(Section, Name) -> Result<(), E>,
) -> Result<(), E> {
    lesson.for_each(|section, name| if asks(section, name) { visit(section, name) } else { Ok(()) })
}
