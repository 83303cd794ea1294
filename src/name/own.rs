//! The names that an author uses in place of ours: `w5` for `U11`. Derivatives
//! and updates are formed from them (`dE_total/dw5`, `w5_new`) wherever the author
//! has no name for those.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::{Name, NameMap, Naming, Symbol, reading};

/// The longest name that an author may give.
pub const LONGEST_OWN: usize = 30;

/// An author's names, each of one quantity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnNames {
    shown: NameMap<CompactString>,
    /// Names as they are written.
    exact: FxHashMap<CompactString, Name>,
    /// The same without case and `_`; `None` where that makes two of them one.
    plain: FxHashMap<String, Option<Name>>,
}

impl OwnNames {
    /// Takes a name for a quantity. The first name of a quantity is the one that
    /// is shown.
    pub fn insert(&mut self, own: &str, name: Name) {
        self.shown.entry(name).or_insert_with(|| own.into());
        self.exact.insert(own.into(), name);
        let same = self.plain.entry(plain(own)).or_insert(Some(name));
        if *same != Some(name) {
            *same = None;
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty()
    }

    /// What the author calls a quantity.
    pub fn shown(&self, name: Name) -> Option<&str> {
        self.shown.get(&name).map(CompactString::as_str)
    }

    /// What the author calls a symbol.
    pub(super) fn symbol(&self, symbol: Symbol) -> Option<&str> {
        self.shown(Name::Value(symbol))
    }

    /// The author's names, each with its quantity, in the order of these.
    pub fn all(&self) -> Vec<(&str, Name)> {
        let mut all: Vec<_> = self.exact.iter().map(|(own, name)| (own.as_str(), *name)).collect();
        all.sort_unstable_by_key(|&(own, name)| (name, own));
        all
    }

    /// Whether the author uses exactly this name.
    pub fn has(&self, own: &str) -> bool {
        self.exact.contains_key(own)
    }

    /// The quantity of one of these names as it stands, or but for case and `_`.
    fn find(&self, text: &str) -> Option<Name> {
        let exact = self.exact.get(text).copied();
        exact.or_else(|| self.plain.get(&plain(text)).copied().flatten())
    }

    /// Reads a name that is the author's, or formed from one. `ours` reads one
    /// that is not.
    pub(super) fn read(&self, ours: Naming<'_>, text: &str) -> Option<Name> {
        let text = text.trim();
        if text.len() > 4 * LONGEST_OWN {
            return None;
        }
        self.find(text)
            .or_else(|| self.derivative(ours, text))
            .or_else(|| self.update(ours, text))
            .or_else(|| self.signal(text))
    }

    fn derivative(&self, ours: Naming<'_>, text: &str) -> Option<Name> {
        let (of, by) = text.split_once('/')?;
        let part = |text: &str| self.symbol_of(ours, text.trim().strip_prefix(['d', 'D', '∂'])?);
        Some(Name::Derivative { of: part(of)?, by: part(by)? })
    }

    fn update(&self, ours: Naming<'_>, text: &str) -> Option<Name> {
        // `w_5^{new}`
        let text = text.replace(['{', '}'], "");
        let old = match reading::old_of(&text) {
            Some(old) => old,
            None => {
                let (old, end) = text.split_at_checked(text.len().checked_sub("new".len())?)?;
                end.eq_ignore_ascii_case("new").then_some(old)?
            }
        };
        let old = old.trim_end();
        // One `_` only: the author's own name may end in others.
        let old = old.strip_suffix(['_', '^']).unwrap_or(old);
        Some(Name::New(self.symbol_of(ours, old)?))
    }

    /// `δ(net_h1)`
    fn signal(&self, text: &str) -> Option<Name> {
        let unit = text.strip_prefix('δ').or_else(|| text.strip_prefix("delta"))?;
        let unit = unit.trim_start_matches('_');
        let bare = unit.strip_prefix('(').and_then(|unit| unit.strip_suffix(')'));
        let unit = bare.unwrap_or(unit);
        let sum = self.find(unit).and_then(sum_of).or_else(|| self.sum_into(unit))?;
        Some(Name::loss_by(sum))
    }

    /// The sum whose name ends in that of a unit: `net_o1` for `o1`, if there is but one.
    /// A number alone is a unit of ours.
    fn sum_into(&self, unit: &str) -> Option<Symbol> {
        let unit = plain(unit);
        if !unit.starts_with(char::is_alphabetic) {
            return None;
        }
        let is_it = |(own, name): &(&String, &Option<Name>)| {
            own.strip_suffix(unit.as_str()).is_some_and(|kind| !kind.is_empty())
                && name.and_then(sum_of).is_some()
        };
        let mut found = self.plain.iter().filter(is_it).filter_map(|(_, name)| *name);
        let name = found.next()?;
        found.all(|other| other == name).then(|| sum_of(name)).flatten()
    }

    fn symbol_of(&self, ours: Naming<'_>, text: &str) -> Option<Symbol> {
        match self.find(text.trim()).or_else(|| ours.read(text))? {
            Name::Value(symbol) => Some(symbol),
            Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
        }
    }
}

/// The sum into a unit, if a name is of one.
const fn sum_of(name: Name) -> Option<Symbol> {
    match name {
        Name::Value(sum @ Symbol::In { .. }) => Some(sum),
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    }
}

/// Without case, blanks, and what sets an index low or high; Greek letters by their names.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '_' | '^' | '{' | '}' => {}
            '₀'..='₉' => plain.push(char::from(b'0' + (c as u32 - '₀' as u32) as u8)),
            'δ' => plain.push_str("delta"),
            'θ' => plain.push_str("theta"),
            'α' => plain.push_str("alpha"),
            'η' => plain.push_str("eta"),
            c if c.is_whitespace() => {}
            c => plain.extend(c.to_lowercase()),
        }
    }
    plain
}

/// What an author's name may not be, whatever it names.
///
/// # Errors
/// Why it may not.
pub fn check(own: &str) -> Result<(), &'static str> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_(),".contains(c);
    if !own.chars().all(allowed) || !own.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err("a name begins with a letter and has letters, digits, `_`, `(`, `)` and `,`");
    }
    if own.len() > LONGEST_OWN {
        return Err("a name has at most 30 characters");
    }
    if plain(own).ends_with("new") {
        return Err("names that end in `new` are made for what comes after the update");
    }
    if plain(own).starts_with("delta(") {
        return Err("names that begin with `delta(` are made for error signals");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Spelling;
    use super::*;

    const SCREEN: Spelling = Spelling { greek: true, signals: true, formed: false };

    fn mazur() -> OwnNames {
        let mut own = OwnNames::default();
        own.insert("w5", Symbol::Weight { layer: 1, from: 0, to: 0 }.into());
        own.insert("net_h1", Symbol::In { layer: 0, unit: 0 }.into());
        own.insert("out_o1", Symbol::Out { layer: 1, unit: 0 }.into());
        own.insert("E_total", Symbol::Loss.into());
        own.insert("delta_o1", Name::loss_by(Symbol::In { layer: 1, unit: 0 }));
        own
    }

    #[test]
    fn what_has_no_name_of_its_own_is_formed_from_those_that_have() {
        let own = mazur();
        let naming = Naming { own: Some(&own), ..Naming::new(2, 2) };
        let weight = Symbol::Weight { layer: 1, from: 0, to: 0 };
        let hidden = Symbol::In { layer: 0, unit: 0 };
        let output = Symbol::In { layer: 1, unit: 0 };
        for (name, plain, screen) in [
            (weight.into(), "w5", "w5"),
            (Name::New(weight), "w5_new", "w5_new"),
            (Name::loss_by(weight), "dE_total/dw5", "∂E_total/∂w5"),
            (Name::loss_by(hidden), "dE_total/dnet_h1", "δ(net_h1)"),
            (Name::loss_by(output), "delta_o1", "delta_o1"),
            (Name::derivative(output, weight), "df1_in/dw5", "∂f1_in/∂w5"),
            (Symbol::Input(0).into(), "x1", "x1"),
        ] {
            assert_eq!(naming.plain(name), plain);
            assert_eq!(naming.spelled(name, SCREEN).to_string(), screen);
            let latex = plain.replace("E_total", "E_{total}").replace("w5_new", "w_5^{new}");
            let upper = plain.to_uppercase();
            for text in [plain, screen, &naming.ours().plain(name), &upper, &latex] {
                assert_eq!(naming.read(text), Some(name), "{text}");
            }
        }
        assert_eq!(naming.read("deltaO1"), Some(Name::loss_by(output)));
        assert_eq!(naming.read("∂ E total / ∂ W5"), Some(Name::loss_by(weight)));
        for text in ["delta_net_h1", "δ_{h1}", "delta_h1"] {
            assert_eq!(naming.read(text), Some(Name::loss_by(hidden)), "{text}");
        }
        let full = Spelling { formed: true, ..SCREEN };
        assert_eq!(naming.spelled(Name::loss_by(output), full).to_string(), "∂E_total/∂f1_in");
        assert!(naming.is_signal(Name::loss_by(output)));
        for text in ["w5'", "w_5^+", "w_{5}^{+}", "w_5(new)"] {
            assert_eq!(naming.read(text), Some(Name::New(weight)), "{text}");
        }
        assert_eq!(naming.read("δ_{o1}"), Some(Name::loss_by(output)));
        assert_eq!(naming.read("δ1"), Some(Name::loss_by(hidden)), "ours");
        assert_eq!((naming.read("w6"), naming.read("w5+")), (None, None));
    }

    #[test]
    fn what_is_the_same_but_for_case_is_read_only_as_it_stands() {
        let mut own = mazur();
        own.insert("W5", Symbol::Weight { layer: 1, from: 1, to: 0 }.into());
        let naming = Naming { own: Some(&own), ..Naming::new(2, 2) };
        let from = |text: &str| naming.read(text);
        assert_eq!(from("w5"), Some(Symbol::Weight { layer: 1, from: 0, to: 0 }.into()));
        assert_eq!(from("W5"), Some(Symbol::Weight { layer: 1, from: 1, to: 0 }.into()));
        assert_eq!(from("w_5"), None);
    }

    #[test]
    fn a_name_that_could_not_be_read_back_is_refused() {
        for own in ["w5", "net_h1", "W(1)2,3", "E"] {
            assert_eq!(check(own), Ok(()), "{own}");
        }
        let long = "w".repeat(31);
        for own in
            ["", "5w", "a b", "a=b", "a#", "a;b", "δ1", "w_new", "wNew", "delta(x)", "a/b", &long]
        {
            assert!(check(own).is_err(), "{own}");
        }
    }
}
