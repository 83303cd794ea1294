//! Several quantities at once: a section, a name, or a pattern with `*`. They
//! say what is asked of a student, and what it is worth.

use super::{Name, Naming, Section, Spelling, Symbol};

/// Longest text that could be a pattern; what is longer is not read at all.
const LONGEST: usize = 80;

/// Which quantities are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// All of a section: `backward`.
    Section(Section),
    /// All whose names look so: `dL/dW*`, in lower case and without blanks.
    Glob(String),
    /// This one: `f_out`.
    Name(Name),
}

impl Pattern {
    /// Reads a pattern. The key of a section is that section, whatever else has
    /// that name; a text with `*` stands for all names that have anything in its
    /// place; any other text is a name.
    pub fn read(text: &str, naming: Naming<'_>) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        let is_key = |section: &Section| section.key().eq_ignore_ascii_case(text);
        if let Some(section) = Section::ASKED.into_iter().find(is_key) {
            return Some(Self::Section(section));
        }
        if text.contains('*') {
            return Some(Self::Glob(simple(text)));
        }
        naming.read(text).map(Self::Name)
    }

    /// How it is written, with our names.
    pub fn text(&self, naming: Naming<'_>) -> String {
        match self {
            Self::Section(section) => section.key().to_owned(),
            Self::Glob(glob) => glob.clone(),
            Self::Name(name) => naming.ours().plain(*name),
        }
    }

    /// Whether a quantity is meant. A pattern with `*` is held against what the
    /// author calls it, against our name, and against `delta1`.
    pub fn matches(&self, name: Name, naming: Naming<'_>) -> bool {
        match self {
            Self::Section(section) => Section::of(name) == *section,
            Self::Name(own) => name == *own,
            Self::Glob(glob) => {
                let signals = Spelling { signals: true, ..Spelling::PLAIN };
                let is_like = |text: String| fits(glob.as_bytes(), simple(&text).as_bytes());
                is_like(naming.ours().plain(name))
                    || (naming.own.is_some() && is_like(naming.plain(name)))
                    || (naming.is_signal(name)
                        && is_like(naming.spelled(name, signals).to_string()))
            }
        }
    }

    /// How closely it says what is meant: a name more than a pattern, a pattern
    /// the more the more of a name it gives, and a section least of all.
    pub fn specificity(&self) -> usize {
        match self {
            Self::Section(_) => 0,
            Self::Glob(glob) => 1 + glob.bytes().filter(|byte| *byte != b'*').count(),
            Self::Name(_) => usize::MAX,
        }
    }
}

/// Whether a quantity is asked for: it is computed, and a pattern means it. The
/// derivatives by an input, which the lecture does not compute, are asked for only
/// by name. Without patterns all others are; of several samples each one's loss and
/// gradients, and what they make together.
pub fn is_asked(asks: Option<&[Pattern]>, name: Name, naming: Naming<'_>) -> bool {
    let by_input = match name {
        Name::Derivative { by, .. } | Name::OfSample { by: Some(by), .. } => {
            matches!(by, Symbol::Input(_))
        }
        Name::Value(_) | Name::New(_) | Name::OfSample { by: None, .. } => false,
    };
    let names_it = |pattern: &Pattern| matches!(pattern, Pattern::Name(_)) || !by_input;
    Section::of(name) != Section::Given
        && asks.map_or(!by_input && !is_on_the_way(name), |asks| {
            asks.iter().any(|pattern| names_it(pattern) && pattern.matches(name, naming))
        })
}

/// Whether a quantity of one of several samples only leads to what all of them
/// make together: all but its loss and its gradients.
const fn is_on_the_way(name: Name) -> bool {
    match name {
        Name::OfSample { of, by, .. } => {
            let is_loss = matches!(of, Symbol::Loss);
            let by_parameter =
                matches!(by, None | Some(Symbol::Weight { .. } | Symbol::Bias { .. }));
            !(is_loss && by_parameter)
        }
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } => false,
    }
}

/// What a quantity is worth: the points of the most specific pattern that means
/// it, of the last among equals; 1 where none does.
pub fn points_of(points: &[(Pattern, f64)], name: Name, naming: Naming<'_>) -> f64 {
    let meant = points.iter().filter(|(pattern, _)| pattern.matches(name, naming));
    meant.max_by_key(|(pattern, _)| pattern.specificity()).map_or(1.0, |(_, worth)| *worth)
}

/// Lower case, `d` for `∂`, no blanks.
fn simple(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    kept.collect::<String>().replace('∂', "d").replace('δ', "delta")
}

/// Whether `text` fits a pattern, `*` standing for anything or nothing. The last
/// `*` alone is tried again, so that time is at most that of length by length.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut in_text) = (0, 0);
    // Where the last `*` stands, and what it stands for by now.
    let mut star: Option<(usize, usize)> = None;
    while in_text < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, in_text));
                at += 1;
            }
            Some(byte) if *byte == text[in_text] => {
                at += 1;
                in_text += 1;
            }
            Some(_) | None => {
                let Some((last, until)) = star else { return false };
                star = Some((last, until + 1));
                (at, in_text) = (last + 1, until + 1);
            }
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    const XOR: Naming<'_> = Naming::new(2, 1);

    fn means(text: &str, name: &str) -> bool {
        Pattern::read(text, XOR).unwrap().matches(XOR.read(name).unwrap(), XOR)
    }

    #[test]
    fn a_pattern_is_a_section_a_name_or_names_that_look_alike() {
        for (text, name) in [
            ("forward", "f_out"),
            ("Loss", "L"),
            ("backward", "dL/dW11"),
            ("update", "W11_new"),
            ("after", "L_new"),
            ("dL/dW*", "dL/dW21"),
            ("∂L / ∂W*", "dL/dW21"),
            ("*_new", "f_out_new"),
            ("*", "f_out"),
            ("d*/d*_in", "dz1_out/dz1_in"),
            ("delta*", "dL/dz2_in"),
            ("δ1", "dL/dz1_in"),
            ("f_out", "f_out"),
        ] {
            assert!(means(text, name), "{text} means {name}");
        }
        for (text, name) in [
            ("forward", "f_out_new"),
            ("loss", "dL/dW11"),
            ("dL/dW*", "W11_new"),
            ("*_new", "f_out"),
            ("dL/d*1", "dL/dW12"),
            ("f_out", "f_in"),
        ] {
            assert!(!means(text, name), "{text} does not mean {name}");
        }
        for text in ["forward", "dl/dw*", "dL/dz1_in"] {
            let pattern = Pattern::read(text, XOR).unwrap();
            assert_eq!(pattern.text(XOR), text);
        }
        for text in ["", "q", "backwards", &"*".repeat(81)] {
            assert_eq!(Pattern::read(text, XOR), None, "{text}");
        }
    }

    #[test]
    fn derivatives_by_an_input_are_asked_for_only_by_name() {
        let asked = |asks: Option<&[&str]>, name: &str| {
            let asks: Option<Vec<_>> = asks
                .map(|asks| asks.iter().map(|text| Pattern::read(text, XOR).unwrap()).collect());
            is_asked(asks.as_deref(), XOR.read(name).unwrap(), XOR)
        };
        assert!(asked(None, "dL/dW11") && !asked(None, "dL/dx1") && !asked(None, "W11"));
        assert!(!asked(Some(&["backward", "*"]), "dL/dx1") && asked(Some(&["dL/dx1"]), "dL/dx1"));
        assert!(!asked(Some(&["*"]), "W11") && asked(Some(&["loss", "f_*"]), "f_in"));
        assert!(!asked(Some(&["loss", "f_*"]), "z1_in"));
    }

    #[test]
    fn the_most_specific_pattern_says_what_a_line_is_worth() {
        let read = |(text, worth)| (Pattern::read(text, XOR).unwrap(), worth);
        let points = [("f_out", 3.0), ("*", 5.0), ("f*", 2.0), ("forward", 0.5), ("f_*", 4.0)];
        let points = points.map(read);
        let worth = |name: &str| points_of(&points, XOR.read(name).unwrap(), XOR);
        assert_eq!([worth("f_out"), worth("f_in"), worth("z1_in")], [3.0, 4.0, 5.0]);
        assert_eq!(points_of(&points[3..4], Symbol::Loss.into(), XOR), 1.0);
        let twice = ["dL/d*", "dL/d*"].map(|text| Pattern::read(text, XOR).unwrap());
        let twice: Vec<_> = twice.into_iter().zip([2.0, 3.0]).collect();
        assert_eq!(points_of(&twice, XOR.read("dL/dc").unwrap(), XOR), 3.0);
    }

    #[test]
    fn any_pattern_is_answered_at_once() {
        let text = "a".repeat(80);
        assert!(!fits("*a".repeat(40).replace("a*a", "a*b").as_bytes(), text.as_bytes()));
        assert!(fits(b"**", b"") && fits(b"", b"") && !fits(b"", b"a") && fits(b"a*c*", b"abcac"));
    }
}
