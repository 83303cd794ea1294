//! Tags and entities of HTML, in sheets that come from an editor of the web.

/// Bytes of the longest tag that is known as one.
const MOST_TAG: usize = 200;

/// Bytes up to which something is crossed out.
const MOST_CROSSED_OUT: usize = 1000;

/// A tag: what it stands for, and how far it goes.
pub(super) struct Tag<'a> {
    name: &'a str,
    closes: bool,
    pub(super) length: usize,
}

/// What stands for a tag that parts lines: the separator of records.
pub(super) const PART: &str = "\u{1e}";

/// Tags that part lines.
const PARTING: [&str; 20] = [
    "br",
    "p",
    "li",
    "tr",
    "div",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "dt",
    "table",
    "section",
    "pre",
    "blockquote",
];

/// Tags of what is crossed out.
const CROSSED_OUT: [&str; 3] = ["del", "s", "strike"];

impl<'a> Tag<'a> {
    /// The tag that a text begins with. What is crossed out is a part of its tag, and so is
    /// a comment.
    pub(super) fn at(text: &'a str) -> Option<Self> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let length = comment.find("-->").map_or(text.len(), |end| end + "<!---->".len());
            return Some(Self { name: "", closes: false, length });
        }
        let end = text.bytes().take(MOST_TAG).position(|byte| byte == b'>')?;
        let (inside, behind) = (&text[1..end], &text[end + 1..]);
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let closes = name.len() < inside.len();
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let (name, rest) = name.split_at(end);
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && (rest.is_empty() || rest.starts_with([' ', '/', ':']));
        if !is_tag {
            return None;
        }
        let mut length = inside.len() + "<>".len();
        if !closes && is_one_of(name, &CROSSED_OUT) {
            length += crossed_out(behind).unwrap_or(0);
        }
        Some(Self { name, closes, length })
    }

    /// What stands for it in plain signs.
    pub(super) fn sign(&self) -> &'static str {
        let is = |name: &str| self.name.eq_ignore_ascii_case(name);
        if is_one_of(self.name, &PARTING) {
            PART
        } else if is("td") || is("th") || is("dd") {
            if self.closes { "" } else { "|" }
        } else if is("sup") {
            if self.closes { ")" } else { "^(" }
        } else {
            ""
        }
    }
}

/// How long it is what is crossed out, with the tag that closes it.
fn crossed_out(text: &str) -> Option<usize> {
    let near = text.as_bytes();
    let near = &near[..near.len().min(MOST_CROSSED_OUT)];
    let close = near.windows(2).position(|bytes| bytes == b"</")?;
    let end = near[close..].iter().position(|byte| *byte == b'>')?;
    Some(close + end + 1)
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Entities that stand in answers.
const ENTITIES: [(&str, &str); 18] = [
    ("nbsp", " "),
    ("minus", "-"),
    ("ndash", "-"),
    ("part", "∂"),
    ("times", "·"),
    ("middot", "·"),
    ("sdot", "·"),
    ("delta", "δ"),
    ("sigma", "σ"),
    ("alpha", "α"),
    ("eta", "η"),
    ("approx", "≈"),
    ("asymp", "≈"),
    ("rarr", "→"),
    ("frac12", "½"),
    ("lt", "<"),
    ("gt", ">"),
    ("#8722", "-"),
];

/// The entity that a text begins with, as a sign, and its length: `&minus;`.
pub(super) fn entity(text: &str) -> Option<(&'static str, usize)> {
    let behind = text.strip_prefix('&')?;
    ENTITIES.iter().find_map(|(name, sign)| {
        let is_it = behind.strip_prefix(name).is_some_and(|behind| behind.starts_with(';'));
        is_it.then_some((*sign, name.len() + "&;".len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_stand_for_signs() {
        for (text, sign, length) in [
            ("<li>z", PART, 4),
            ("</DIV> z", PART, 6),
            ("<br/>", PART, 5),
            ("<td class=\"n\">", "|", 14),
            ("</td>", "", 5),
            ("<b>", "", 3),
            ("<o:p>", "", 5),
            ("<sup>2</sup>", "^(", 5),
            ("</sup>", ")", 6),
            ("<del>-0.52</del> -0.53", "", 16),
            ("<s>open", "", 3),
            ("<!-- a > b --> c", "", 14),
            ("<!-- open", "", 9),
        ] {
            let tag = Tag::at(text).unwrap();
            assert_eq!((tag.sign(), tag.length), (sign, length), "{text}");
        }
        for text in ["<", "< b>", "<-0.53>", "<1>", "<b", "<β>"] {
            assert!(Tag::at(text).is_none(), "{text}");
        }
        assert_eq!(entity("&minus;0.53"), Some(("-", 7)));
        assert_eq!(entity("&#8722;0.53"), Some(("-", 7)));
        for text in ["&", "& 1", "&minus", "&unknown;"] {
            assert_eq!(entity(text), None, "{text}");
        }
    }
}
