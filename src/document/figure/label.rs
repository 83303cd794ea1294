//! Names as they are set: a letter with its scripts. How a name is spelled is not
//! decided here; the spelling is taken apart.

use compact_str::CompactString;

use crate::name::{Name, Naming, Spelling, Symbol};

/// The name of a quantity, for a medium that can set scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// `z1_in`
    Value(Scripted),
    /// `W11_new`
    New(Scripted),
    /// `dL/dW11`
    Ratio(Scripted, Scripted),
    /// `δ1`
    Signal(Scripted),
    /// A name that the author gives to what we form from others.
    Word(CompactString),
}

/// A letter with its scripts, or an author's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scripted {
    /// `z`, or the author's whole name.
    pub letter: CompactString,
    /// Whether the letter is a word of the author, to be set as it is.
    pub is_word: bool,
    /// The layer: `2` of `W(2)13`.
    pub layer: Option<CompactString>,
    /// The indices: `13`, `10,3`.
    pub index: CompactString,
    /// `in` or `out`.
    pub side: Option<&'static str>,
}

impl Label {
    /// The label of a name. Error signals of hidden units are `δ`.
    pub fn of(naming: Naming<'_>, name: Name) -> Self {
        let own = |name: Name| naming.own.and_then(|own| own.shown(name));
        let scripted = |symbol: Symbol| match own(symbol.into()) {
            Some(word) => Scripted::word(word),
            None => Scripted::read(&naming.ours().plain(symbol.into())),
        };
        if let (Name::New(_) | Name::Derivative { .. }, Some(word)) = (name, own(name)) {
            return Self::Word(word.into());
        }
        match name {
            Name::Value(symbol) => Self::Value(scripted(symbol)),
            Name::New(symbol) => Self::New(scripted(symbol)),
            Name::Derivative { by: by @ Symbol::In { .. }, .. } if naming.is_signal(name) => {
                if own(by.into()).is_some() {
                    let screen = Spelling { greek: true, signals: true, formed: false };
                    return Self::Word(naming.spelled(name, screen).text());
                }
                let unit = scripted(by);
                Self::Signal(Scripted { letter: "δ".into(), side: None, ..unit })
            }
            Name::Derivative { of, by } => Self::Ratio(scripted(of), scripted(by)),
        }
    }
}

impl Scripted {
    fn word(word: &str) -> Self {
        Self {
            letter: word.into(),
            is_word: true,
            layer: None,
            index: CompactString::default(),
            side: None,
        }
    }

    /// Takes one of our plain names apart, or that of a whole layer.
    pub fn read(plain: &str) -> Self {
        let (rest, side) = [("_in", "in"), ("_out", "out")]
            .into_iter()
            .find_map(|(end, side)| Some((plain.strip_suffix(end)?, Some(side))))
            .unwrap_or((plain, None));
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (letter, rest) = rest.split_at(end);
        let bracketed = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let (layer, index) = match bracketed {
            Some((layer, index)) => (Some(layer.into()), index),
            None => (None, rest),
        };
        let letter = if letter == "alpha" { "α" } else { letter };
        Self { letter: letter.into(), is_word: false, layer, index: index.into(), side }
    }

    /// The lower script: `1,in`.
    pub fn lower(&self) -> CompactString {
        let mut lower = self.index.clone();
        if let Some(side) = self.side {
            if !lower.is_empty() {
                lower.push(',');
            }
            lower.push_str(side);
        }
        lower
    }
}
