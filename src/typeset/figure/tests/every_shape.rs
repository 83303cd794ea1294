//! What holds for networks of every shape.

use super::{Picture, lines, pictures, shapes, value};
use crate::document::figure::ports;
use crate::num;
use crate::typeset::figure::glyph::GLYPHS;

#[test]
fn drawings_fit_where_they_are_asked_to() {
    for shape in [
        &[2, 2, 1][..],
        &[3, 2, 1],
        &[2, 2, 2],
        &[3, 2, 2],
        &[2, 3],
        &[1, 1],
        &[2, 3, 3],
        &[3, 4, 2],
        &[2, 2, 2, 1],
    ] {
        assert!(Picture::of(shape).draw().is_some(), "{shape:?}");
    }
    assert!(Picture { width: 140, ..Picture::of(&[2, 3, 2, 2, 1]) }.draw().is_some());
    for shape in shapes(3) {
        let mut picture = Picture { width: 139, ..Picture::of(&shape) };
        while let Some(rows) = picture.draw() {
            let (given, needed) = (picture.width, picture.width_needed());
            assert!(needed <= given && rows.len() <= 30, "{shape:?} at {given}");
            for line in lines(&rows) {
                assert!(line.chars().count() <= needed, "{shape:?} at {given}: {line}");
                assert_eq!(line.trim_end(), line);
            }
            // It stays the same until it no longer fits.
            picture.width = needed;
            assert_eq!(picture.draw(), Some(rows), "{shape:?} at {given} and {needed}");
            picture.width = needed - 1;
        }
    }
}

#[test]
fn every_parameter_is_written() {
    for picture in pictures(4) {
        let drawn = picture.lines().join("\n");
        for layer in 0..picture.network.depth() {
            for unit in 0..picture.network.units(layer) as u32 {
                for port in ports(&picture.network, layer, unit) {
                    let name = picture.network.naming().plain(port.into());
                    let number = num::show(value(&picture.network, port), 4);
                    let label = format!("{name} ");
                    let mut labels = drawn.match_indices(&label);
                    let written = |(at, _): (usize, &str)| {
                        drawn[at + name.len()..].trim_start().starts_with(number.as_str())
                    };
                    assert!(labels.any(written), "{name} {number} in\n{drawn}");
                }
            }
        }
    }
}

#[test]
fn nothing_moves_when_values_become_known() {
    for picture in pictures(3) {
        let full = picture.lines();
        let needed = picture.width_needed();
        let picture = Picture { all_known: false, ..picture };
        let bare = picture.lines();
        assert_eq!((bare.len(), picture.width_needed()), (full.len(), needed));
        for (bare, full) in bare.iter().zip(&full) {
            let full = full.chars().chain(std::iter::repeat(' '));
            assert!(bare.chars().zip(full).all(|(a, b)| a == ' ' || a == b), "{bare}");
        }
    }
}

#[test]
fn no_glyph_is_ambiguous() {
    for picture in pictures(4) {
        let drawn = picture.lines().join("\n");
        assert!(!drawn.contains(['┼', '╋', '?']), "{drawn}");
    }
}

#[test]
fn ascii_is_ascii() {
    for picture in pictures(3) {
        let picture = Picture { ascii: true, ..picture.along_first_weight() };
        assert!(picture.lines().iter().all(|line| line.is_ascii()));
    }
}

#[test]
fn glyphs_are_complete() {
    for (shape, glyphs) in GLYPHS.iter().enumerate() {
        assert_eq!(glyphs.chars().count(), 1 << shape.count_ones());
    }
}

#[test]
fn far_too_large_networks_are_not_drawn() {
    for shape in [&[784, 128, 10][..], &[40, 2, 1], &[2, 2, 60], &[1; 200]] {
        assert_eq!(Picture::of(shape).draw(), None);
    }
    assert_eq!(Picture { width: 20, ..Picture::of(&[2, 2, 1]) }.draw(), None);
    assert_eq!(Picture { height: 8, ..Picture::of(&[2, 2, 1]) }.draw(), None);
    assert_eq!(Picture { height: 1, ..Picture::of(&[1, 1]) }.draw(), None);
}
