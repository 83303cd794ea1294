//! An array as a file gives it.

/// An array of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// What the file calls it, made harmless.
    pub name: String,
    /// Its dimensions; none for a single number.
    pub shape: Vec<usize>,
    /// Its numbers, the last index first.
    pub values: Vec<f64>,
    /// How its numbers are written.
    pub stored: Stored,
}

/// How the numbers of an array are written.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    /// 64 bits each.
    Double,
    /// 32 bits each.
    Single,
    /// Whole numbers.
    Whole,
    /// Decimal digits.
    Digits(Vec<LastDigit>),
}

/// Where a printed number ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastDigit {
    /// The power of ten of its last digit: -4 for `0.1234`, -6 for `1.23e-4`.
    pub power: i16,
    /// Whether it is written with a power of ten.
    pub scientific: bool,
}

impl Array {
    /// The shape as a program prints it: `(2, 3)`.
    pub fn shape_text(&self) -> String {
        let parts: Vec<String> = self.shape.iter().map(usize::to_string).collect();
        match parts.as_slice() {
            [] => "a number".to_owned(),
            [one] => format!("({one},)"),
            many => format!("({})", many.join(", ")),
        }
    }

    /// The shape without dimensions of 1.
    pub(crate) fn squeezed(&self) -> Vec<usize> {
        self.shape.iter().copied().filter(|length| *length != 1).collect()
    }
}
