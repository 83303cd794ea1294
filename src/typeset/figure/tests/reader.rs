//! Wires, followed as a reader does.

use super::{Picture, pictures};
use crate::name::Symbol;
use crate::typeset::figure::HEADING_ROWS;
use crate::typeset::figure::glyph::{DOWN, GLYPHS, RIGHT, UP};

/// Follows wires as a reader does who sees nothing but the glyphs.
struct Reader {
    glyphs: Vec<Vec<char>>,
}

impl Reader {
    fn of(picture: &Picture) -> Self {
        Self { glyphs: picture.lines().iter().map(|line| line.chars().collect()).collect() }
    }

    fn at(&self, row: usize, column: usize) -> char {
        self.glyphs[row].get(column).copied().unwrap_or(' ')
    }

    /// The arms of a light glyph, as bits.
    fn arms(&self, row: usize, column: usize) -> usize {
        let glyph = self.at(row, column);
        GLYPHS.iter().position(|glyphs| glyphs.starts_with(glyph)).unwrap_or(0)
    }

    /// Texts that a wire comes to when it is followed to the right and
    /// whichever way it turns.
    fn texts(&self, row: usize, column: usize) -> Vec<String> {
        let mut texts = Vec::new();
        let mut ways = vec![(row, column, RIGHT)];
        while let Some((row, column, way)) = ways.pop() {
            let (row, column) = match way {
                UP => (row - 1, column),
                RIGHT => (row, column + 1),
                DOWN => (row + 1, column),
                _ => (row, column - 1),
            };
            let arms = self.arms(row, column);
            let back = (way + 2) % 4;
            if arms & (1 << back) != 0 {
                // To the left lie only labels of other ports.
                let on = [UP, RIGHT, DOWN].into_iter();
                ways.extend(
                    on.filter(|&on| on != back && arms & (1 << on) != 0)
                        .map(|on| (row, column, on)),
                );
            } else if arms != 0 {
                // Another wire passes over this one.
                ways.push((row, column, way));
            } else {
                texts.push(self.text(row, column + 1));
            }
        }
        texts.sort();
        texts
    }

    fn text(&self, row: usize, column: usize) -> String {
        self.glyphs[row][column..].iter().take_while(|&&glyph| glyph != ' ').collect()
    }

    /// Behind this text and a space.
    fn behind(&self, text: &str) -> (usize, usize) {
        let text: Vec<char> = text.chars().collect();
        let place = |(row, glyphs): (usize, &Vec<char>)| {
            let at = glyphs.windows(text.len()).position(|window| window == text)?;
            Some((row, at + text.len()))
        };
        // Not the headings.
        self.glyphs.iter().enumerate().skip(HEADING_ROWS).find_map(place).unwrap()
    }
}

#[test]
fn a_reader_who_follows_a_wire_comes_where_it_leads() {
    for picture in pictures(4) {
        let (network, reader) = (&picture.network, Reader::of(&picture));
        let drawn = picture.lines().join("\n");
        let naming = network.naming();
        let unit_name =
            |layer, unit| naming.plain(Symbol::In { layer, unit }.into()).replace("_in", "");
        for layer in 0..network.depth() {
            for from in 0..network.layers[layer as usize].inputs() as u32 {
                let source = match layer.checked_sub(1) {
                    None => naming.plain(Symbol::Input(from).into()),
                    Some(before) => unit_name(before, from),
                };
                let (row, column) = reader.behind(&format!("{source} ─"));
                let weights = (0..network.units(layer) as u32)
                    .map(|to| naming.plain(Symbol::Weight { layer, from, to }.into()));
                assert_eq!(
                    reader.texts(row, column - 1),
                    weights.collect::<Vec<_>>(),
                    "{source}\n{drawn}"
                );
            }
        }
    }
}
