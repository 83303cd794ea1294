//! Rounding as a person does it, by whole-number arithmetic on decimal digits.

/// Significant digits that an f64 stands for; the rest is noise of the binary.
const SIGNIFICANT: usize = 15;

/// What adding numbers of about 1 in binary leaves, at most.
const NOISE: f64 = 2e-15;

/// With more decimals than these, nothing shown is taken for noise.
const NOISY_DIGITS: usize = 12;

/// `value` as it should be shown with `digits` decimals; `None` from 1e15 on,
/// where other rules hold.
pub(crate) fn rounded(value: f64, digits: usize) -> Option<String> {
    if value == 0.0 {
        return Some("0".to_owned());
    }
    if value.abs() >= 999_999_999_999_999.5 {
        return None;
    }
    let (mut whole, mut power) = digits_of(value.abs());
    while whole % 10 == 0 {
        (whole, power) = (whole / 10, power + 1);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let decimals = usize::try_from(-power).unwrap_or(0);
    if decimals <= digits {
        let whole = if power > 0 { whole * 10_u128.pow(power as u32) } else { whole };
        return Some(format!("{sign}{}", pointed(whole, decimals)));
    }
    let dropped = decimals - digits;
    // More than 30 digits drop off only from numbers that vanish.
    let kept = if dropped > 30 { 0 } else { halves_up(whole, 10_u128.pow(dropped as u32)) };
    if kept > 0 {
        let text = pointed(kept, digits);
        // A short number but for what adding in binary leaves is short.
        let shown: f64 = text.parse().expect("digits are a number");
        let is_noise = (value.abs() - shown).abs() <= NOISE * value.abs().max(1.0);
        let text = if digits <= NOISY_DIGITS && is_noise { without_zeros(&text) } else { &text };
        return Some(format!("{sign}{text}"));
    }
    // A second rounding must not make it a full unit: as many digits as that
    // takes.
    let half = format!("5e-{}", digits + 1);
    let mut texts = (2..=SIGNIFICANT).map(|count| few_digits(whole, power, count));
    let text = texts.find(|text| *text != half).expect("some digit is not that of a half");
    Some(format!("{sign}{text}"))
}

/// The nearest number with `digits` decimals, or two digits of a smaller one.
pub(crate) fn carried(value: f64, digits: usize) -> f64 {
    rounded(value, digits).map_or(value, |text| text.parse().expect("a rounded number reads back"))
}

/// `value` as it should be shown with `count` significant digits.
pub(crate) fn significant(value: f64, count: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let (whole, power) = digits_of(value.abs());
    let mut kept = halves_up(whole, 10_u128.pow((SIGNIFICANT - count) as u32));
    let mut last = power + (SIGNIFICANT - count) as i32;
    if kept == 10_u128.pow(count as u32) {
        (kept, last) = (kept / 10, last + 1);
    }
    // The power of ten of the first digit.
    let top = last + count as i32 - 1;
    let is_exact = whole % 10_u128.pow((SIGNIFICANT - count) as u32) == 0;
    let read: f64 = format!("{kept}e{last}").parse().expect("digits are a number");
    let is_noise =
        -last <= NOISY_DIGITS as i32 && (value.abs() - read).abs() <= NOISE * value.abs().max(1.0);
    let is_short = is_exact || is_noise;
    let text = if !(-4..15).contains(&top) || (last > 0 && !is_short) {
        let mantissa = pointed(kept, count - 1);
        let mantissa = if is_short { without_zeros(&mantissa) } else { &mantissa };
        format!("{mantissa}e{top}")
    } else if last > 0 {
        (kept * 10_u128.pow(last as u32)).to_string()
    } else {
        let text = pointed(kept, last.unsigned_abs() as usize);
        if is_short { without_zeros(&text).to_owned() } else { text }
    };
    format!("{sign}{text}")
}

/// `value` as a whole number of 15 digits times a power of ten.
fn digits_of(value: f64) -> (u128, i32) {
    let text = format!("{value:.*e}", SIGNIFICANT - 1);
    let (digits, power) = text.split_once('e').expect("there is an exponent");
    let whole = digits.replace('.', "").parse().expect("digits are a number");
    (whole, power.parse::<i32>().expect("an exponent is a number") - (SIGNIFICANT as i32 - 1))
}

fn halves_up(whole: u128, unit: u128) -> u128 {
    (2 * whole + unit) / (2 * unit)
}

/// A whole number with its point `decimals` places from the right.
fn pointed(whole: u128, decimals: usize) -> String {
    if decimals == 0 {
        return whole.to_string();
    }
    let text = format!("{whole:0>width$}", width = decimals + 1);
    let (before, behind) = text.split_at(text.len() - decimals);
    format!("{before}.{behind}")
}

fn without_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// `1.2e-5`: the first digits of a number too small for its decimals.
fn few_digits(whole: u128, power: i32, count: usize) -> String {
    let length = whole.to_string().len();
    let mut top = (length as i32 - 1) + power;
    let mut few = if length < count {
        whole * 10_u128.pow((count - length) as u32)
    } else {
        halves_up(whole, 10_u128.pow((length - count) as u32))
    };
    let full = 10_u128.pow(count as u32);
    if few == full {
        (few, top) = (full / 10, top + 1);
    }
    let text = pointed(few, count - 1);
    format!("{}e{top}", without_zeros(&text))
}
