//! Words that people write around names and numbers.

/// Words in front of a name that do not change it.
const LEADING: [&str; 48] = [
    "so",
    "thus",
    "hence",
    "therefore",
    "then",
    "and",
    "also",
    "the",
    "answer",
    "result",
    "solution",
    "we",
    "i",
    "get",
    "have",
    "loss",
    "with",
    "compute",
    "computed",
    "calculate",
    "calculated",
    "find",
    "found",
    "obtain",
    "obtained",
    "got",
    "it",
    "follows",
    "that",
    "gives",
    "now",
    "next",
    "first",
    "finally",
    "similarly",
    "likewise",
    "value",
    "is",
    "es",
    "gilt",
    "folgt",
    "damit",
    "daraus",
    "somit",
    "daher",
    "dann",
    "und",
    "ergibt",
];

/// Whether a word may stand in front of a name.
pub(super) fn is_leading(word: &str) -> bool {
    LEADING.iter().any(|leading| word.eq_ignore_ascii_case(leading))
}

/// Words behind a number that begin a reason, or what it is for.
const REASONS: [&str; 22] = [
    "because", "since", "as", "with", "for", "where", "using", "when", "if", "by", "from", "given",
    "assuming", "weil", "da", "mit", "wobei", "wenn", "aus", "für", "denn", "bei",
];

/// Whether a text begins with such a word.
pub(super) fn is_reason(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    REASONS.iter().any(|reason| word.eq_ignore_ascii_case(reason))
}
