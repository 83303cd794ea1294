//! What is known of some quantities of a network, in an array by their numbers.

use super::{Name, NameMap, NameNumbering};

/// Values by name. An unused table of a large network costs next to nothing: pages
/// that nobody has written to are not there.
#[derive(Clone, Debug)]
pub struct NameTable<'n, T> {
    numbering: &'n NameNumbering,
    /// Per number of a name, that of its value, from 1; 0 for none.
    at: Vec<u32>,
    /// Each with the number of its name.
    values: Vec<(u32, T)>,
    /// Of names that have no number.
    others: NameMap<T>,
}

impl<'n, T> NameTable<'n, T> {
    /// One that knows nothing yet.
    pub fn new(numbering: &'n NameNumbering) -> Self {
        Self {
            numbering,
            at: vec![0; numbering.len()],
            values: Vec::new(),
            others: NameMap::default(),
        }
    }

    /// What is known of a quantity.
    pub fn get(&self, name: Name) -> Option<&T> {
        match self.numbering.number(name) {
            Some(number) => {
                let at = (self.at[number] as usize).checked_sub(1)?;
                self.values.get(at).map(|(_, value)| value)
            }
            None => self.others.get(&name),
        }
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, name: Name) -> Option<&mut T> {
        match self.numbering.number(name) {
            Some(number) => {
                let at = (self.at[number] as usize).checked_sub(1)?;
                self.values.get_mut(at).map(|(_, value)| value)
            }
            None => self.others.get_mut(&name),
        }
    }

    /// Whether something is known of a quantity.
    pub fn contains(&self, name: Name) -> bool {
        self.get(name).is_some()
    }

    /// Takes what is known of a quantity, in place of what was.
    pub fn insert(&mut self, name: Name, value: T) {
        let Some(number) = self.numbering.number(name) else {
            self.others.insert(name, value);
            return;
        };
        match (self.at[number] as usize).checked_sub(1) {
            Some(at) => self.values[at].1 = value,
            None => {
                self.values.push((number as u32, value));
                self.at[number] = self.values.len() as u32;
            }
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        for (number, _) in self.values.drain(..) {
            self.at[number as usize] = 0;
        }
        self.others.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Symbol;

    #[test]
    fn what_was_told_is_known_also_of_names_without_a_number() {
        let numbering = NameNumbering::new(2, [(1, false)]);
        let mut table = NameTable::new(&numbering);
        let names =
            [Symbol::Input(1), Symbol::Loss, Symbol::Risk, Symbol::Input(7)].map(Name::from);
        for round in 0..2 {
            for (name, value) in names.into_iter().zip(round..) {
                table.insert(name, value);
            }
            for (name, value) in names.into_iter().zip(round..) {
                assert_eq!(table.get(name), Some(&value), "{name:?}");
            }
        }
        assert!(!table.contains(Symbol::Input(0).into()));
        *table.get_mut(names[1]).unwrap() += 10;
        assert_eq!(table.get(names[1]), Some(&12));
        table.clear();
        assert!(names.into_iter().all(|name| !table.contains(name)));
    }
}
