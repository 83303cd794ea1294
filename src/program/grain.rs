//! How fine the numbers of a file are: 64 bits, 32 bits, or so many digits
//! printed. Seen by the numbers where the file does not say.

use super::array::{Array, LastDigit, Stored};

/// How fine the numbers of an array are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grain {
    /// 64 bits.
    Double,
    /// 32 bits.
    Single,
    /// Printed with so many decimals, or fewer digits than 32 bits hold.
    Printed,
}

impl Grain {
    /// How far from each other equal numbers may be, relative to the largest
    /// entry of their array.
    pub const fn tolerance(self) -> f64 {
        match self {
            Self::Double => 1e-9,
            Self::Single | Self::Printed => 1e-5,
        }
    }

    /// What a number near 1 is rounded to on the way.
    pub(crate) const fn unit(self) -> f64 {
        match self {
            Self::Double => 1.2e-16,
            Self::Single | Self::Printed => 6e-8,
        }
    }

    /// What it is called.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Double => "f64",
            Self::Single => "f32",
            Self::Printed => "printed digits",
        }
    }
}

/// The grain of each array, and half a unit of the last digit of each number
/// where it is printed.
pub(crate) fn grains(arrays: &[Array]) -> Vec<(Grain, Vec<f64>)> {
    let doubles = arrays.iter().filter(|array| matches!(array.stored, Stored::Double));
    let mut stored = doubles.flat_map(|array| &array.values).filter(|value| **value != 0.0);
    let first = stored.next();
    let single_inside = first.is_some_and(is_single)
        && stored.all(is_single)
        && arrays.iter().any(|array| array.values.iter().any(|value| !is_short(*value)));
    let printed: Vec<&Array> =
        arrays.iter().filter(|array| matches!(array.stored, Stored::Digits(_))).collect();
    let finest = printed.iter().map(|array| finest(array)).min().unwrap_or(0);
    // Only exact numbers are printed with no decimals, or one: `0.`, `0.5`.
    let shared = if finest >= -1 { -8 } else { finest };
    // Nine significant digits hold any number of 32 bits, and 8 decimals is what
    // NumPy prints.
    let most = printed.iter().map(|array| most_digits(array)).max().unwrap_or(0);
    let of_text = if finest < -9 && most > 9 {
        Grain::Double
    } else if printed.iter().all(|array| array.values.iter().all(|value| reads_as_single(*value)))
        && most >= 7
        && finest < -8
    {
        Grain::Single
    } else {
        Grain::Printed
    };
    arrays
        .iter()
        .map(|array| match &array.stored {
            Stored::Double if single_inside => (Grain::Single, Vec::new()),
            Stored::Double | Stored::Whole => (Grain::Double, Vec::new()),
            Stored::Single => (Grain::Single, Vec::new()),
            Stored::Digits(last) => (of_text, half_units(array, last, of_text, shared)),
        })
        .collect()
}

/// Half a unit of the last digit of each number. Numbers without a power of ten
/// share their decimals: trailing zeros are often not printed.
fn half_units(array: &Array, last: &[LastDigit], of_text: Grain, finest_of_all: i16) -> Vec<f64> {
    // Few digits may be all that exact numbers need; then the others tell.
    let shared = if most_digits(array) >= 4 { finest(array) } else { finest_of_all };
    let place = |last: &LastDigit| {
        if last.scientific && of_text != Grain::Double { last.power } else { shared }
    };
    last.iter().map(|last| 0.5 * 10f64.powi(place(last).into())).collect()
}

/// The finest last digit of the numbers of an array.
fn finest(array: &Array) -> i16 {
    match &array.stored {
        Stored::Digits(last) => last.iter().map(|last| last.power).min().unwrap_or(0),
        Stored::Double | Stored::Single | Stored::Whole => 0,
    }
}

/// The significant digits of the number that has most.
fn most_digits(array: &Array) -> i32 {
    let Stored::Digits(last) = &array.stored else { return 0 };
    let of = |(value, last): (&f64, &LastDigit)| {
        if *value == 0.0 || !value.is_finite() {
            return 0;
        }
        value.abs().log10().floor() as i32 - i32::from(last.power) + 1
    };
    array.values.iter().zip(last).map(of).max().unwrap_or(0)
}

fn is_single(value: &f64) -> bool {
    f64::from(*value as f32) == *value || !value.is_finite()
}

/// Whether the number is what a program prints of one of 32 bits.
fn reads_as_single(value: f64) -> bool {
    let single = value as f32;
    !value.is_finite() || single.to_string().parse::<f64>() == Ok(value)
}

fn is_short(value: f64) -> bool {
    (value * 1024.0).fract() == 0.0
}
