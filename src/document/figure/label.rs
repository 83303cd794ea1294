//! Names as they are set: a letter with its scripts.

use compact_str::{CompactString, ToCompactString, format_compact};

use crate::name::{Name, Naming, Parts, Spelling, Symbol};

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
    /// The label of a name where [`of`](Self::of) would abbreviate it to `δ1`.
    pub fn in_full(naming: Naming<'_>, name: Name) -> Self {
        if let Some((sample, alone)) = name.alone() {
            return Self::in_full(naming, alone).of_sample(sample);
        }
        let Name::Derivative { of, by } = name else { return Self::of(naming, name) };
        let part = |symbol: Symbol| match Self::of(naming, symbol.into()) {
            Self::Value(scripted) | Self::New(scripted) | Self::Signal(scripted) => scripted,
            Self::Ratio(of, _) => of,
            Self::Word(word) => Scripted::word(&word),
        };
        Self::Ratio(part(of), part(by))
    }

    /// The label of a name. Error signals of hidden units are `δ`.
    pub fn of(naming: Naming<'_>, name: Name) -> Self {
        let own = |name: Name| naming.own.and_then(|own| own.shown(name));
        let scripted = |symbol: Symbol| match own(symbol.into()) {
            Some(word) => Scripted::word(word),
            None => naming.parts(symbol).into(),
        };
        if let (Name::New(_) | Name::Derivative { .. }, Some(word)) = (name, own(name)) {
            return Self::Word(word.into());
        }
        match name {
            Name::Value(symbol) => Self::Value(scripted(symbol)),
            Name::New(symbol) => Self::New(scripted(symbol)),
            Name::Derivative { by: by @ Symbol::In { layer, unit }, .. }
                if naming.is_signal(name) =>
            {
                if own(by.into()).is_some() {
                    let screen = Spelling { greek: true, signals: true, formed: false };
                    return Self::Word(naming.spelled(name, screen).text());
                }
                Self::Signal(naming.signal_parts(layer, unit).into())
            }
            Name::Derivative { of, by } => Self::Ratio(scripted(of), scripted(by)),
            Name::OfSample { sample, of, by: None } => Self::Value(scripted(of)).of_sample(sample),
            Name::OfSample { sample, of, by: Some(by) } => {
                Self::of(naming, Name::Derivative { of, by }).of_sample(sample)
            }
        }
    }

    /// The label of the same quantity of one of several samples.
    fn of_sample(mut self, sample: u32) -> Self {
        let at = format_compact!("@{}", u64::from(sample) + 1);
        match &mut self {
            Self::Value(scripted)
            | Self::New(scripted)
            | Self::Signal(scripted)
            | Self::Ratio(scripted, _) => scripted.index.push_str(&at),
            Self::Word(word) => word.push_str(&at),
        }
        self
    }
}

impl Scripted {
    /// An author's word.
    pub fn word(word: &str) -> Self {
        Self {
            letter: word.into(),
            is_word: true,
            layer: None,
            index: CompactString::default(),
            side: None,
        }
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

impl From<Parts> for Scripted {
    fn from(parts: Parts) -> Self {
        Self {
            letter: CompactString::const_new(parts.letter),
            is_word: false,
            layer: parts.layer.map(|layer| format_compact!("{}", u64::from(layer) + 1)),
            index: parts.index.to_compact_string(),
            side: parts.side,
        }
    }
}
