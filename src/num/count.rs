//! Counts in text.

use compact_str::{CompactString, format_compact};

/// A count with its thousands apart: `20,000`.
pub fn count(count: usize) -> CompactString {
    let digits = count.to_string();
    let mut text = CompactString::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 epoch`, `20,000 epochs`.
pub fn counted(number: usize, thing: &str) -> CompactString {
    if number == 1 {
        format_compact!("1 {thing}")
    } else {
        format_compact!("{} {thing}s", count(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_thousands_apart() {
        let texts = [0, 7, 999, 1000, 20_000, 1_234_567].map(|number| count(number).to_string());
        assert_eq!(texts, ["0", "7", "999", "1,000", "20,000", "1,234,567"]);
        assert_eq!([0, 1, 2000].map(|n| counted(n, "row")), ["0 rows", "1 row", "2,000 rows"]);
    }
}
