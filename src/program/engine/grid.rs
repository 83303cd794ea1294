//! A matrix of f64 and the few things that a backward pass does with it.

/// A matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ArrayGrid {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl ArrayGrid {
    /// A matrix of values that are given row by row.
    ///
    /// # Panics
    /// If there are not as many values as the shape says.
    pub(crate) fn of(rows: usize, columns: usize, values: Vec<f64>) -> Self {
        assert_eq!(values.len(), rows * columns, "a matrix is full");
        Self { rows, columns, values }
    }

    /// A matrix of zeros.
    pub(crate) fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, values: vec![0.0; rows * columns] }
    }

    /// A matrix whose entries are computed from their places.
    pub(crate) fn from_fn(rows: usize, columns: usize, f: impl Fn(usize, usize) -> f64) -> Self {
        let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        Self { rows, columns, values: places.map(|(row, column)| f(row, column)).collect() }
    }

    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) const fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn values(&self) -> &[f64] {
        &self.values
    }

    pub(crate) fn into_values(self) -> Vec<f64> {
        self.values
    }

    pub(crate) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.columns..][..self.columns]
    }

    pub(crate) fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.columns + column]
    }

    pub(crate) const fn is_square(&self) -> bool {
        self.rows == self.columns
    }

    pub(crate) fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self { values: self.values.iter().map(|value| f(*value)).collect(), ..*self }
    }

    /// Entry by entry with another matrix of the same shape.
    pub(crate) fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        debug_assert_eq!((self.rows, self.columns), (other.rows, other.columns));
        let pairs = self.values.iter().zip(&other.values);
        Self { values: pairs.map(|(a, b)| f(*a, *b)).collect(), ..*self }
    }

    pub(crate) fn times(&self, factor: f64) -> Self {
        if factor == 1.0 { self.clone() } else { self.map(|value| value * factor) }
    }

    pub(crate) fn transposed(&self) -> Self {
        Self::from_fn(self.columns, self.rows, |row, column| self.at(column, row))
    }

    /// `self · other`
    pub(crate) fn product(&self, other: &Self) -> Self {
        debug_assert_eq!(self.columns, other.rows);
        let mut all = Self::zeros(self.rows, other.columns);
        for row in 0..self.rows {
            let sums = &mut all.values[row * other.columns..][..other.columns];
            for (factor, line) in
                self.row(row).iter().zip(other.values.chunks_exact(other.columns.max(1)))
            {
                add_times(sums, *factor, line);
            }
        }
        all
    }

    /// `selfᵀ · other`
    pub(crate) fn transposed_product(&self, other: &Self) -> Self {
        debug_assert_eq!(self.rows, other.rows);
        let mut all = Self::zeros(self.columns, other.columns);
        for row in 0..self.rows {
            let line = other.row(row);
            for (at, factor) in self.row(row).iter().enumerate() {
                if *factor != 0.0 {
                    add_times(
                        &mut all.values[at * other.columns..][..other.columns],
                        *factor,
                        line,
                    );
                }
            }
        }
        all
    }

    /// `self · otherᵀ`
    pub(crate) fn product_transposed(&self, other: &Self) -> Self {
        debug_assert_eq!(self.columns, other.columns);
        Self::from_fn(self.rows, other.rows, |row, column| {
            self.row(row).iter().zip(other.row(column)).map(|(a, b)| a * b).sum()
        })
    }

    /// The sums of the columns.
    pub(crate) fn column_sums(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.columns];
        for row in 0..self.rows {
            add_times(&mut sums, 1.0, self.row(row));
        }
        sums
    }

    /// The sums of the rows.
    pub(crate) fn row_sums(&self) -> Vec<f64> {
        (0..self.rows).map(|row| self.row(row).iter().sum()).collect()
    }

    pub(crate) fn total(&self) -> f64 {
        self.values.iter().sum()
    }

    /// The rows that are asked for.
    pub(crate) fn only_row(&self, row: usize) -> Self {
        Self { rows: 1, columns: self.columns, values: self.row(row).to_vec() }
    }
}

fn add_times(sums: &mut [f64], factor: f64, line: &[f64]) {
    for (sum, value) in sums.iter_mut().zip(line) {
        *sum += factor * value;
    }
}

#[cfg(test)]
mod tests {
    use super::ArrayGrid;

    #[test]
    fn products_are_what_they_say() {
        let a = ArrayGrid::of(2, 3, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let b = ArrayGrid::of(3, 2, vec![1.0, 0.0, 2.0, 1.0, 0.0, 3.0]);
        let product = a.product(&b);
        assert_eq!(product, ArrayGrid::of(2, 2, vec![5.0, 11.0, 14.0, 23.0]));
        assert_eq!(a.transposed().transposed_product(&b), product);
        assert_eq!(a.product_transposed(&b.transposed()), product);
        assert_eq!(a.column_sums(), [5.0, 7.0, 9.0]);
        assert_eq!(a.row_sums(), [6.0, 15.0]);
    }
}
