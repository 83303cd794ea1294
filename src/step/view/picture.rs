//! The inputs as a picture, where they are one: a square of numbers, none below 0.
//! Two cells are a pixel, the fuller the larger its number.

use crate::math::Role;
use crate::name::Symbol;
use crate::step::scene::Scene;
use crate::step::walkthrough::Walkthrough;
use crate::typeset::Span;

/// Pixels of a side: fewer are no picture, more have no room.
const SIDE: std::ops::RangeInclusive<usize> = 4..=16;

/// How full a pixel is.
const UNICODE: [&str; 5] = ["  ", "░░", "▒▒", "▓▓", "██"];
const ASCII: [&str; 5] = ["  ", "..", "::", "**", "##"];

/// Inputs that are a picture.
pub(super) struct Picture {
    side: usize,
    /// From 0 to 1, row by row.
    pixels: Vec<f64>,
    /// The one input that the step is about.
    here: Option<usize>,
}

impl Picture {
    pub(super) fn of(walk: &Walkthrough<'_>, scene: &Scene<'_>) -> Option<Self> {
        let inputs = &walk.lesson().exercise().sample.x;
        let side = inputs.len().isqrt();
        let largest = inputs.iter().copied().fold(0.0, f64::max);
        let is_picture = SIDE.contains(&side)
            && side * side == inputs.len()
            && largest > 0.0
            && inputs.iter().all(|value| *value >= 0.0);
        let pixels = inputs.iter().map(|value| value / largest).collect();
        let mut on_path = scene.lit.path.iter().filter_map(|symbol| {
            let Symbol::Input(input) = symbol else { return None };
            Some(*input as usize)
        });
        let here = on_path.next().filter(|_| on_path.next().is_none());
        is_picture.then_some(Self { side, pixels, here })
    }

    pub(super) const fn width(&self) -> u16 {
        2 * self.side as u16
    }

    pub(super) const fn height(&self) -> u16 {
        self.side as u16
    }

    /// The pixel that the step is about stands out, also where it is empty.
    pub(super) fn lines(&self, ascii: bool) -> Vec<Vec<Span>> {
        let shades = if ascii { ASCII } else { UNICODE };
        let span = |(at, value): (usize, &f64)| {
            if self.here == Some(at) {
                return Span::new("[]", Role::New);
            }
            let shade = (value * (shades.len() - 1) as f64).round() as usize;
            Span::new(shades[shade.min(shades.len() - 1)], Role::Given)
        };
        let spans: Vec<Span> = self.pixels.iter().enumerate().map(span).collect();
        spans.chunks(self.side).map(<[Span]>::to_vec).collect()
    }
}
