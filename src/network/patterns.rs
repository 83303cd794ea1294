//! Patterns that mean something in a network, and why others do not.

use super::Network;
use crate::name::pattern::is_asked;
use crate::name::{self, Name, Pattern, Section};

/// Units of a layer that are looked at for one whose name looks like a pattern;
/// in a larger one it is taken on trust.
const MOST_UNITS: usize = 200;

/// Why a pattern means nothing that can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPattern {
    /// It is no section, and no quantity has this name; what may be meant.
    Unknown(Option<String>),
    /// No quantity has a name that looks so.
    MatchesNothing,
    /// It means what comes after the update, and there is none.
    NoUpdate,
    /// The exercise gives it.
    Given,
}

impl NoPattern {
    /// What is wrong with a pattern, which is made harmless.
    pub fn what(&self, text: &str) -> String {
        match self {
            Self::Unknown(_) => format!("`{text}` is neither a section nor a quantity"),
            Self::MatchesNothing => format!("no quantity has a name like `{text}`"),
            Self::NoUpdate => {
                format!("`{text}` comes after the update, but there is no learning rate")
            }
            Self::Given => format!("`{text}` is given, not asked"),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Unknown(Some(nearest)) => format!("did you mean `{nearest}`?"),
            Self::Unknown(None) => {
                let keys = Section::ASKED.map(|section| format!("`{}`", section.key()));
                format!(
                    "the sections are {}; a name looks like `f_out`, and in `dL/dW*` the `*` \
                     stands for anything",
                    keys.join(", ")
                )
            }
            Self::MatchesNothing => "`*` stands for anything, such as in `dL/dW*`".to_owned(),
            Self::NoUpdate => "add `learning_rate` to the scenario, or leave this out".to_owned(),
            Self::Given => "only what is computed can be asked".to_owned(),
        }
    }
}

impl Network {
    /// Reads a pattern that means some quantity of the network. `updates`: there
    /// is a learning rate.
    ///
    /// # Errors
    /// Why it means none.
    pub fn pattern(&self, text: &str, updates: bool) -> Result<Pattern, NoPattern> {
        let naming = self.naming();
        let Some(pattern) = Pattern::read(text, naming) else {
            return Err(NoPattern::Unknown(self.nearest_pattern(text)));
        };
        let there = |name: Name| updates || !matches!(name, Name::New(_));
        match &pattern {
            Pattern::Section(Section::Update | Section::After) if !updates => {
                Err(NoPattern::NoUpdate)
            }
            Pattern::Section(_) => Ok(pattern),
            Pattern::Name(name) if !self.has(*name) => {
                Err(NoPattern::Unknown(self.nearest_pattern(text)))
            }
            Pattern::Name(name) if Section::of(*name) == Section::Given => Err(NoPattern::Given),
            Pattern::Name(name) if !there(*name) => Err(NoPattern::NoUpdate),
            Pattern::Name(_) => Ok(pattern),
            Pattern::Glob(_) => {
                let asks = Some(std::slice::from_ref(&pattern));
                let mut meant = self.names(MOST_UNITS);
                meant.retain(|name| is_asked(asks, *name, naming));
                let is_small = |layer: &super::Layer| {
                    layer.units() <= MOST_UNITS && layer.inputs() <= MOST_UNITS
                };
                if meant.iter().any(|name| there(*name)) || !self.layers.iter().all(is_small) {
                    Ok(pattern)
                } else if meant.is_empty() {
                    Err(NoPattern::MatchesNothing)
                } else {
                    Err(NoPattern::NoUpdate)
                }
            }
        }
    }

    /// The section or name that is nearest.
    fn nearest_pattern(&self, text: &str) -> Option<String> {
        let keys = Section::ASKED.map(Section::key);
        // Names have signs and digits; short ones are near to anything.
        let is_word = text.len() > 2 && text.chars().all(|c| c.is_ascii_alphabetic());
        let section = if is_word && text.len() < 20 { name::nearest(text, keys) } else { None };
        section.map(str::to_owned).or_else(|| self.nearest(text))
    }
}
