//! How bright a wire is and what a text is to the reader, by what is lit. It knows
//! no places.

use super::glyph::WireLine;
use crate::document::figure::{Direction, Figure, Light};
use crate::math::Role;
use crate::name::{Name, Symbol};

/// What is lit, as the lines and roles of a drawing.
#[derive(Clone, Copy)]
pub(super) struct Inks<'a> {
    pub(super) figure: &'a Figure<'a>,
}

impl Inks<'_> {
    /// How bright the wire of a link is; where only a path is lit, heavy if all of
    /// these symbols are on it.
    pub(super) fn line(&self, link: Name, symbols: &[Symbol]) -> WireLine {
        let figure = self.figure;
        if figure.highlight.lamps.is_empty() {
            let on_path = symbols.iter().all(|symbol| figure.highlight.path.contains(symbol));
            return if on_path { WireLine::Heavy } else { WireLine::Light };
        }
        match figure.highlight.link(figure.network(), link) {
            Light::Quiet => WireLine::Light,
            Light::Ahead => WireLine::Ahead,
            Light::Known => WireLine::Heavy,
            Light::Current => WireLine::Current,
        }
    }

    /// What a text is to the reader: as the brightest of these symbols.
    pub(super) fn role(&self, symbols: &[Symbol]) -> Role {
        let figure = self.figure;
        let highlight = &figure.highlight;
        // A weight whose gradient is found is what all is about.
        if let Some(Name::Derivative { of: Symbol::Loss, by }) = highlight.about
            && highlight.current().is_none()
            && symbols.contains(&by)
        {
            return Role::New;
        }
        if highlight.lamps.is_empty() {
            let on_path = symbols.iter().any(|symbol| highlight.path.contains(symbol));
            return if on_path { Role::New } else { Role::Plain };
        }
        let lights = symbols.iter().map(|symbol| highlight.value(figure.network(), *symbol));
        match lights.max().unwrap_or_default() {
            Light::Quiet => Role::Faint,
            Light::Ahead => Role::Plain,
            Light::Known => Role::Known,
            Light::Current => Role::New,
        }
    }

    /// What a value or a derivative is to the reader: what all is about is new
    /// itself, and what else was found of the pass back is known.
    pub(super) fn role_of(&self, name: Name) -> Role {
        if self.figure.highlight.about == Some(name) {
            return Role::New;
        }
        match name {
            Name::Value(symbol) | Name::New(symbol) => self.role(&[symbol]),
            Name::Derivative { .. } | Name::OfSample { .. } => Role::Known,
        }
    }

    /// Whether a link of this line points back.
    pub(super) fn is_back(&self, line: WireLine) -> bool {
        let highlight = &self.figure.highlight;
        let is_lit = !highlight.lamps.is_empty() && line > WireLine::Light;
        is_lit && highlight.direction == Direction::Backward
    }
}
