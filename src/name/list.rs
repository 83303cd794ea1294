//! Quantities of a network in an order, each with its place: by their numbers, so
//! that a list of all that a large network has costs a few bytes a name.

use super::{Name, NameMap, NameNumbering};

/// Names in order, each once.
#[derive(Clone, Debug)]
pub struct NameList<'n> {
    numbering: &'n NameNumbering,
    /// Per place the number of the name; from [`OTHERS`] on, that of one of the others.
    numbers: Vec<u32>,
    /// Per number of a name its place, from 1; 0 for none.
    places: Vec<u32>,
    /// Names that have no number.
    others: Vec<Name>,
    places_of_others: NameMap<u32>,
}

/// No number of a name is so large.
const OTHERS: u32 = 1 << 31;

impl<'n> NameList<'n> {
    /// One without names.
    pub fn new(numbering: &'n NameNumbering) -> Self {
        Self {
            numbering,
            numbers: Vec::new(),
            places: vec![0; numbering.len()],
            others: Vec::new(),
            places_of_others: NameMap::default(),
        }
    }

    /// Puts a name behind the others.
    pub fn push(&mut self, name: Name) {
        if self.place(name).is_some() {
            return;
        }
        let behind = self.numbers.len() as u32 + 1;
        if let Some(number) = self.numbering.number(name) {
            self.places[number] = behind;
            self.numbers.push(number as u32);
        } else {
            self.places_of_others.insert(name, behind);
            self.numbers.push(OTHERS + self.others.len() as u32);
            self.others.push(name);
        }
    }

    /// Gives back the room that more names would have taken.
    pub fn shrink(&mut self) {
        self.numbers.shrink_to_fit();
    }

    /// The place of a name, if it is there.
    pub fn place(&self, name: Name) -> Option<usize> {
        let place = match self.numbering.number(name) {
            Some(number) => self.places[number],
            None => self.places_of_others.get(&name).copied()?,
        };
        (place as usize).checked_sub(1)
    }

    /// The name at a place; none behind the last.
    pub fn name(&self, place: usize) -> Option<Name> {
        let number = *self.numbers.get(place)?;
        match number.checked_sub(OTHERS) {
            Some(other) => self.others.get(other as usize).copied(),
            None => self.numbering.name(number as usize),
        }
    }

    /// How many names there are.
    pub const fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Symbol;

    #[test]
    fn names_keep_their_order_also_those_without_a_number() {
        let numbering = NameNumbering::new(2, [(1, false)]);
        let mut list = NameList::new(&numbering);
        assert!(list.is_empty());
        let names =
            [Symbol::Loss, Symbol::Risk, Symbol::Input(1), Symbol::Input(7)].map(Name::from);
        for name in names.into_iter().chain(names) {
            list.push(name);
        }
        list.shrink();
        assert_eq!(list.len(), names.len(), "each once");
        assert!(!list.is_empty());
        for (place, name) in names.into_iter().enumerate() {
            assert_eq!((list.place(name), list.name(place)), (Some(place), Some(name)));
        }
        assert_eq!(list.name(names.len()), None);
        assert_eq!(list.place(Symbol::Input(0).into()), None);
    }
}
