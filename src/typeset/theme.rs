//! The colour of each role, on dark and on light grounds. One meaning per
//! colour; amber and blue are told apart by everybody, and what a colour says is
//! also said by words, weight or place.

use crate::math::Role;

/// What the colours stand on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// Light text on a dark ground.
    #[default]
    Dark,
    /// Dark text on a light ground.
    Light,
}

/// How many colours a terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourDepth {
    /// All of 24 bits.
    Full,
    /// The 256 that most have.
    #[default]
    Indexed,
    /// The first 16.
    Sixteen,
}

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// A colour that a terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// Any.
    Full(Rgb),
    /// One of a list of 256, of which the first 16 are the terminal's own.
    Indexed(u8),
}

/// How a role looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// Of the letters.
    pub text: Shade,
    /// Behind them, where that is not the ground.
    pub behind: Option<Shade>,
    /// Whether they are bold.
    pub bold: bool,
}

/// The colours of a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// What they stand on.
    pub ground: Ground,
    /// How many there are.
    pub depth: ColourDepth,
}

/// Behind a number that is carried, on every ground.
const CARRIED: Rgb = [255, 215, 95];

impl Theme {
    /// The ground itself, for those who fill the whole screen.
    pub fn ground(self) -> Shade {
        self.shade(match self.ground {
            Ground::Dark => [18, 18, 18],
            Ground::Light => [255, 255, 255],
        })
    }

    /// How a role looks.
    pub fn ink(self, role: Role) -> Ink {
        let behind = (role == Role::Carried).then(|| self.shade(CARRIED));
        let text = match self.depth {
            ColourDepth::Sixteen => Shade::Indexed(self.of_sixteen(role)),
            ColourDepth::Full | ColourDepth::Indexed => self.shade(self.rgb(role)),
        };
        Ink { text, behind, bold: is_bold(role) }
    }

    /// Few of the first 16 can be read on every ground; what has none of its own is
    /// told by weight and words.
    const fn of_sixteen(self, role: Role) -> u8 {
        match (self.ground, role) {
            (Ground::Dark, Role::New) => 11,
            (Ground::Dark, Role::Known) => 13,
            (Ground::Dark, Role::Given) => 14,
            (Ground::Dark, Role::Forward) => 10,
            (Ground::Dark, Role::Faint) => 7,
            (Ground::Dark, Role::Plain | Role::Heading | Role::Wrong) => 15,
            (Ground::Light, Role::New) => 5,
            (Ground::Light, Role::Known) => 4,
            (Ground::Light, Role::Wrong) => 1,
            (Ground::Light, Role::Faint) => 8,
            (_, Role::Carried)
            | (Ground::Light, Role::Plain | Role::Heading | Role::Given | Role::Forward) => 0,
        }
    }

    const fn rgb(self, role: Role) -> Rgb {
        match (self.ground, role) {
            (Ground::Dark, Role::Plain) => [228, 228, 228],
            (Ground::Dark, Role::Heading) => [255, 255, 255],
            (Ground::Dark, Role::New) => [255, 175, 0],
            (Ground::Dark, Role::Known) => [135, 175, 255],
            (Ground::Dark, Role::Given) => [95, 215, 215],
            (Ground::Dark, Role::Forward) => [135, 215, 135],
            (Ground::Dark, Role::Wrong) => [255, 160, 145],
            (Ground::Dark, Role::Faint) => [168, 168, 168],
            (_, Role::Carried) | (Ground::Light, Role::Heading) => [0, 0, 0],
            (Ground::Light, Role::Plain) => [28, 28, 28],
            (Ground::Light, Role::New) => [135, 60, 0],
            (Ground::Light, Role::Known) => [0, 60, 190],
            (Ground::Light, Role::Given) => [0, 90, 100],
            (Ground::Light, Role::Forward) => [0, 95, 0],
            (Ground::Light, Role::Wrong) => [175, 0, 0],
            (Ground::Light, Role::Faint) => [88, 88, 88],
        }
    }

    fn shade(self, colour: Rgb) -> Shade {
        match self.depth {
            ColourDepth::Full => Shade::Full(colour),
            ColourDepth::Indexed => Shade::Indexed(nearest(colour, 16..=255)),
            ColourDepth::Sixteen => Shade::Indexed(nearest(colour, 0..=15)),
        }
    }
}

const fn is_bold(role: Role) -> bool {
    matches!(role, Role::New | Role::Heading | Role::Carried | Role::Wrong)
}

fn nearest(colour: Rgb, among: std::ops::RangeInclusive<u8>) -> u8 {
    let distance = |index: &u8| -> u32 {
        let parts = indexed(*index).into_iter().zip(colour);
        parts.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    among.min_by_key(distance).unwrap_or_default()
}

/// The first 16, as the oldest terminals have them.
const SIXTEEN: [Rgb; 16] = [
    [0, 0, 0],
    [170, 0, 0],
    [0, 170, 0],
    [170, 85, 0],
    [0, 0, 170],
    [170, 0, 170],
    [0, 170, 170],
    [170, 170, 170],
    [85, 85, 85],
    [255, 85, 85],
    [85, 255, 85],
    [255, 255, 85],
    [85, 85, 255],
    [255, 85, 255],
    [85, 255, 255],
    [255, 255, 255],
];

/// What a colour of the list of 256 is: the first 16, a cube, a scale of greys.
pub fn indexed(index: u8) -> Rgb {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match index {
        0..=15 => SIXTEEN[usize::from(index)],
        16..=231 => {
            let cube = index - 16;
            [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
        }
        232..=255 => [8 + 10 * (index - 232); 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 9] = [
        Role::Plain,
        Role::Given,
        Role::Forward,
        Role::Known,
        Role::New,
        Role::Carried,
        Role::Wrong,
        Role::Faint,
        Role::Heading,
    ];

    /// Grounds of usual palettes.
    const DARK: [Rgb; 7] = [
        [0, 0, 0],
        [18, 18, 18],
        [30, 30, 30],
        [40, 40, 40],
        [0, 43, 54],
        [48, 10, 36],
        [46, 52, 64],
    ];
    const LIGHT: [Rgb; 4] = [[255, 255, 255], [253, 246, 227], [251, 241, 199], [245, 245, 245]];

    fn luminance(colour: Rgb) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = colour.map(part);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn seen(shade: Shade) -> Rgb {
        match shade {
            Shade::Indexed(index) => indexed(index),
            Shade::Full(colour) => colour,
        }
    }

    #[test]
    fn every_text_can_be_read_on_every_usual_ground() {
        for (ground, grounds) in [(Ground::Dark, &DARK[..]), (Ground::Light, &LIGHT[..])] {
            for depth in [ColourDepth::Full, ColourDepth::Indexed, ColourDepth::Sixteen] {
                let theme = Theme { ground, depth };
                for role in ROLES {
                    let ink = theme.ink(role);
                    for &under in grounds.iter().chain([&seen(theme.ground())]) {
                        let under = ink.behind.map_or(under, seen);
                        let contrast = contrast(seen(ink.text), under);
                        let what = format!("{role:?} on {under:?} with {depth:?}");
                        assert!(contrast >= 4.5, "{what}: {contrast:.2}");
                    }
                }
            }
        }
    }

    /// What is worked out and what is known differ for everybody, also in grey.
    #[test]
    fn one_colour_has_one_meaning() {
        for ground in [Ground::Dark, Ground::Light] {
            let theme = Theme { ground, depth: ColourDepth::Full };
            let inks = ROLES.map(|role| theme.ink(role));
            for (at, ink) in inks.iter().enumerate() {
                assert!(!inks[..at].contains(ink), "{:?}", ROLES[at]);
            }
        }
    }

    #[test]
    fn the_nearest_colour_is_itself_where_it_is_in_the_list() {
        for index in 16..=255 {
            assert_eq!(indexed(nearest(indexed(index), 16..=255)), indexed(index));
        }
    }
}
