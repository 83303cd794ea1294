//! The text of an answer sheet's bytes, whatever program has saved them: UTF-8,
//! UTF-16, or the one-byte characters of older Windows programs.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes looked at to tell what they are.
const LOOKED_AT: usize = 4096;

/// The text of bytes that a person's program saved; `None` if it is none.
pub fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Some(text).filter(|text| !text.contains('\0'));
    }
    if let Some(encoding) = utf16(bytes) {
        return Some(encoding.decode_without_bom_handling(bytes).0);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    if is_binary(bytes) {
        return None;
    }
    if has_utf8_characters(bytes) {
        return Some(String::from_utf8_lossy(bytes));
    }
    Some(WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// UTF-16 without a mark: every second byte of Latin text is 0.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let seen = &bytes[..bytes.len().min(LOOKED_AT)];
    if seen.len() < 2 || !seen.contains(&0) {
        return None;
    }
    let zeros = |from: usize| seen.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = seen.len() / 2 * 3 / 4;
    match (even, odd) {
        (0, odd) if odd >= most => Some(UTF_16LE),
        (even, 0) if even >= most => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether the bytes are a picture, a document or the like.
fn is_binary(bytes: &[u8]) -> bool {
    let seen = &bytes[..bytes.len().min(LOOKED_AT)];
    let is_control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c);
    seen.contains(&0) || seen.iter().filter(is_control).count() * 10 > seen.len()
}

/// Whether some of the bytes are characters of UTF-8, if not all.
fn has_utf8_characters(bytes: &[u8]) -> bool {
    let seen = &bytes[..bytes.len().min(LOOKED_AT)];
    seen.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_of(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_way_to_save_a_text_is_read() {
        let sheet = "z1_in = -0.53\nGrüße\n";
        for bytes in [
            sheet.as_bytes().to_vec(),
            format!("\u{feff}{sheet}").into_bytes(),
            utf16_of(sheet, u16::to_le_bytes),
            utf16_of(sheet, u16::to_be_bytes),
            utf16_of(&format!("\u{feff}{sheet}"), u16::to_le_bytes),
            utf16_of(&format!("\u{feff}{sheet}"), u16::to_be_bytes),
            sheet.chars().map(|c| c as u8).collect(),
        ] {
            assert_eq!(text(&bytes).as_deref(), Some(sheet), "{bytes:?}");
        }
    }

    #[test]
    fn a_damaged_byte_costs_no_other_and_a_picture_is_no_text() {
        assert_eq!(text("δ1 = \u{fffd}".as_bytes()).as_deref(), Some("δ1 = \u{fffd}"));
        assert_eq!(text(b"\xce\xb41 = \xff1").as_deref(), Some("δ1 = \u{fffd}1"));
        assert_eq!(text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\x01\x02"), None);
        assert_eq!(text(b"").as_deref(), Some(""));
    }

    #[test]
    fn three_of_four_characters_are_latin_where_utf16_has_no_mark() {
        let both =
            |text: &str| [utf16_of(text, u16::to_le_bytes), utf16_of(text, u16::to_be_bytes)];
        for bytes in both("abcδ") {
            assert_eq!(text(&bytes).as_deref(), Some("abcδ"));
        }
        for bytes in both("abδδ") {
            assert_eq!(text(&bytes), None, "a nought is in no other text");
        }
        assert_eq!(text(b"a\0").as_deref(), Some("a"));
        // Only the beginning is looked at.
        let long = format!("{}{}", "a".repeat(LOOKED_AT / 2), "δ".repeat(LOOKED_AT));
        for bytes in both(&long) {
            assert_eq!(text(&bytes).as_deref(), Some(long.as_str()));
        }
    }

    #[test]
    fn one_control_character_in_ten_is_a_text_and_more_are_none() {
        assert_eq!(text(b"\xe4bcdefghi\x01").as_deref(), Some("äbcdefghi\u{1}"));
        assert_eq!(text(b"\xe4bcdefgh\x01"), None);
        assert_eq!(text(b"\xe4\t\n\r\x0c").as_deref(), Some("ä\t\n\r\u{c}"));
        assert_eq!(text(b"\xff\xfea\0\0\0"), None, "a nought in a text with a mark");
    }
}
