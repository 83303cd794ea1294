//! How names are read, as people type them.

use super::{Name, Naming, Symbol};

/// Longest text that could be a name; what is longer is not read at all.
const LONGEST: usize = 80;

/// The one place where a text becomes a name.
pub(super) fn name(naming: Naming<'_>, text: &str) -> Option<Name> {
    let text = normal(text)?;
    if let Some(signal) = text.strip_prefix("delta") {
        return signal_of(naming, &with_layer_first(signal));
    }
    if let Some((of, by)) = parts_of_slope(&text) {
        let (of, by) = (symbol(naming, unwrapped(of))?, symbol(naming, unwrapped(by))?);
        return Some(Name::Derivative { of, by });
    }
    if let Some(old) = old_of(&text) {
        return Some(Name::New(symbol(naming, old)?));
    }
    // `W11_new`, `W^{new}_{11}`, `new W11`; `W11_neu` in German.
    for word in ["new", "neu"] {
        if let Some((before, behind)) = text.split_once(word) {
            let old = format!("{before}{behind}");
            return Some(Name::New(symbol(naming, &old)?));
        }
    }
    Some(Name::Value(symbol(naming, &text)?))
}

/// What `W11'`, `W11^+` and `W11(new)` are the new value of. `W11 +` is not: it may be
/// the beginning of `W11 += …`.
pub(super) fn old_of(text: &str) -> Option<&str> {
    text.strip_suffix('\'')
        .or_else(|| text.strip_suffix("^+"))
        .or_else(|| text.strip_suffix("(new)"))
}

/// The sample that a name is of, and the name without it: `L@2`, `dL@2/dW11`.
pub(super) fn sample(text: &str) -> Option<(u32, String)> {
    let (before, behind) = text.split_once('@')?;
    if text.len() > LONGEST {
        return None;
    }
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    Some((one(&behind[..digits])?, format!("{before}{}", &behind[digits..])))
}

/// What changes and what it changes with: `dL/dW11`, or `dL_dW11` in a program.
fn parts_of_slope(text: &str) -> Option<(&str, &str)> {
    let of = text.strip_prefix('d')?;
    match of.split_once('/') {
        Some((of, by)) => Some((of, by.strip_prefix('d')?)),
        // No letter of a quantity is a d.
        None => of.split_once('d'),
    }
}

/// `d(W11)` is `dW11`.
fn unwrapped(text: &str) -> &str {
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inside.filter(|inside| inside.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or(text)
}

/// With the layer where plain names have it: `11(2)` becomes `(2)11`.
fn with_layer_first(text: &str) -> String {
    let group = text.find('(').and_then(|start| {
        let end = start + text[start..].find(')')? + 1;
        Some((start, end))
    });
    match group {
        Some((start, end)) => {
            let rest = format!("{}{}", &text[..start], &text[end..]);
            format!("{}{}", &text[start..end], rest.trim_matches(','))
        }
        None => text.trim_matches(',').to_owned(),
    }
}

/// The known name nearest to what was typed, if one is near enough to offer.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if typed.is_empty() {
        return None;
    }
    // One change in every three characters is still a slip of the finger.
    let allowed = typed.chars().count().div_ceil(3).min(typed.chars().count() - 1);
    let typed = typed.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&typed, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Lower case, ASCII, without what people add for looks.
fn normal(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let mut normal = String::with_capacity(text.len());
    let is_plus = text.ends_with("^+") || text.ends_with("^{+}");
    for c in text.chars() {
        match c {
            '∂' => normal.push('d'),
            'δ' | 'Δ' => normal.push_str("delta"),
            'α' | 'η' => normal.push_str("alpha"),
            '₀'..='₉' => normal.push(char::from(b'0' + (c as u32 - '₀' as u32) as u8)),
            '^' if is_plus => normal.push('^'),
            '_' | '^' | '{' | '}' | '[' | ']' => {}
            '’' | '′' => normal.push('\''),
            c if c.is_whitespace() => {}
            c if c.is_ascii() => normal.push(c.to_ascii_lowercase()),
            _ => return None,
        }
    }
    Some(normal)
}

fn signal_of(naming: Naming<'_>, text: &str) -> Option<Name> {
    let (layer, rest) = layer(text)?;
    let unit = one(rest)?;
    let layer = layer.unwrap_or(0);
    (layer < naming.layers).then_some(Name::loss_by(Symbol::In { layer, unit }))
}

fn symbol(naming: Naming<'_>, text: &str) -> Option<Symbol> {
    let last = naming.layers - 1;
    match text {
        "l" | "loss" => return Some(Symbol::Loss),
        "r" | "remp" | "risk" => return Some(Symbol::Risk),
        "alpha" | "eta" | "lr" | "learningrate" => return Some(Symbol::Rate),
        _ => {}
    }
    let mut chars = text.chars();
    let letter = chars.next()?;
    let rest = with_layer_first(chars.as_str());
    let (layer, rest) = layer(&rest)?;
    if layer.is_some_and(|layer| layer > last) {
        return None;
    }
    match letter {
        'x' => Some(Symbol::Input(one(rest)?)),
        'y' => Some(Symbol::Target(output(naming, rest)?)),
        'l' => Some(Symbol::Term(one(rest)?)),
        'w' => weight(naming, layer.or((!naming.is_deep()).then_some(0))?, rest),
        'u' => weight(naming, layer.unwrap_or(last), rest),
        'b' => {
            let layer = layer.or((!naming.is_deep()).then_some(0))?;
            let unit = if naming.is_output(layer) { output(naming, rest)? } else { one(rest)? };
            Some(Symbol::Bias { layer, unit })
        }
        'c' => Some(Symbol::Bias { layer: last, unit: output(naming, rest)? }),
        'z' | 'f' => {
            let layer = match (letter, layer) {
                ('f', _) => last,
                (_, Some(layer)) => layer,
                (_, None) if naming.layers == 2 => 0,
                _ => return None,
            };
            let (unit, incoming) = side(rest)?;
            let unit = unit.trim_matches(',');
            let unit = if naming.is_output(layer) { output(naming, unit)? } else { one(unit)? };
            Some(if incoming { Symbol::In { layer, unit } } else { Symbol::Out { layer, unit } })
        }
        _ => None,
    }
}

/// The index in `1in`, or in `in1` (`z^{in}_1`), and whether it goes in.
fn side(text: &str) -> Option<(&str, bool)> {
    for (word, incoming) in [("in", true), ("out", false)] {
        if let Some(index) = text.strip_suffix(word).or_else(|| text.strip_prefix(word)) {
            return Some((index, incoming));
        }
    }
    None
}

fn weight(naming: Naming<'_>, layer: u32, text: &str) -> Option<Symbol> {
    if let Some((from, to)) = text.split_once(',') {
        return Some(Symbol::Weight { layer, from: one(from)?, to: one(to)? });
    }
    if !naming.is_deep() && naming.is_output(layer) && naming.outputs == 1 {
        return Some(Symbol::Weight { layer, from: one(text)?, to: 0 });
    }
    // Together only while both are one digit.
    match text.as_bytes() {
        [_, _] => Some(Symbol::Weight { layer, from: one(&text[..1])?, to: one(&text[1..])? }),
        _ => None,
    }
}

/// `(2)` in front of an index, counted from 0.
fn layer(text: &str) -> Option<(Option<u32>, &str)> {
    match text.strip_prefix('(') {
        Some(text) => {
            let (layer, rest) = text.split_once(')')?;
            Some((Some(one(layer)?), rest))
        }
        None => Some((None, text)),
    }
}

/// The index of an output, which a single one goes without.
fn output(naming: Naming<'_>, text: &str) -> Option<u32> {
    if text.is_empty() && naming.outputs == 1 { Some(0) } else { one(text) }
}

/// An index, counted from 0.
fn one(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse::<u32>().ok()?.checked_sub(1)
    } else {
        None
    }
}
