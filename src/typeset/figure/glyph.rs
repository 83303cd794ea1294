//! Which glyph shows which arms of a wire. It knows one cell, and not its
//! neighbours.

/// How an arm of a wire is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WireLine {
    #[default]
    None,
    Light,
    /// Light, but on the path.
    Ahead,
    Heavy,
    /// Heavy, and what the reader is being shown.
    Current,
}

impl WireLine {
    const fn is_heavy(self) -> bool {
        matches!(self, Self::Heavy | Self::Current)
    }
}

/// The four arms of a cell, from the top on clockwise.
pub(super) type Arms = [WireLine; 4];

pub(super) const UP: usize = 0;
pub(super) const RIGHT: usize = 1;
pub(super) const DOWN: usize = 2;
pub(super) const LEFT: usize = 3;

/// Where two wires cross, only the upper one is seen: the heavier one, or the
/// vertical one.
pub(super) fn over_and_under(arms: Arms) -> Arms {
    if arms.contains(&WireLine::None) {
        arms
    } else if arms[LEFT] > arms[UP] {
        [WireLine::None, arms[RIGHT], WireLine::None, arms[LEFT]]
    } else {
        [arms[UP], WireLine::None, arms[DOWN], WireLine::None]
    }
}

/// Glyphs by the arms they have (1 up, 2 right, 4 down, 8 left), each by which
/// of these arms are heavy, counted in binary in the same order.
pub(super) const GLYPHS: [&str; 15] = [
    " ",
    "╵╹",
    "╶╺",
    "╰┖┕┗",
    "╷╻",
    "│╿╽┃",
    "╭┍┎┏",
    "├┞┝┡┟┠┢┣",
    "╴╸",
    "╯┚┙┛",
    "─╼╾━",
    "┴┸┶┺┵┹┷┻",
    "╮┒┑┓",
    "┤┦┧┨┥┩┪┫",
    "┬┮┰┲┭┯┱┳",
];

/// The glyph of a wire that goes through a cell.
pub(super) fn glyph(arms: Arms, ascii: bool) -> char {
    let mut shape = 0;
    let mut heavy = 0;
    let mut count = 0;
    for (at, line) in arms.into_iter().enumerate() {
        if line != WireLine::None {
            shape |= 1 << at;
            heavy |= usize::from(line.is_heavy()) << count;
            count += 1;
        }
    }
    if ascii {
        ascii_glyph(arms)
    } else {
        GLYPHS.get(shape).and_then(|glyphs| glyphs.chars().nth(heavy)).unwrap_or('?')
    }
}

/// Corners and joints are `+`; what is heavy is `=` and `#`.
fn ascii_glyph(arms: Arms) -> char {
    let [vertical, horizontal] = [arms[UP].max(arms[DOWN]), arms[LEFT].max(arms[RIGHT])];
    match (vertical, horizontal) {
        (WireLine::None, WireLine::None) => ' ',
        (WireLine::None, line) => {
            if line.is_heavy() {
                '='
            } else {
                '-'
            }
        }
        (line, WireLine::None) => {
            if line.is_heavy() {
                '#'
            } else {
                '|'
            }
        }
        _ => '+',
    }
}
