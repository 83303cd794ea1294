//! Reads the formulas of the JSON as a person does, knowing only the rules of
//! written mathematics, and works them out.

use std::collections::BTreeSet;

use super::tracked::Tracked;

/// What the names and numbers of a formula are worth.
pub(crate) struct Reader<'a> {
    /// All names there are.
    pub(crate) names: &'a dyn Fn(&str) -> Option<Tracked>,
    /// A written number.
    pub(crate) number: &'a dyn Fn(&str) -> Tracked,
}

/// A formula worked out: its value, and the names in it.
pub(crate) fn work_out(
    text: &str,
    reader: &Reader<'_>,
) -> Result<(Tracked, BTreeSet<String>), String> {
    let mut work = Work { reader, text, at: 0, used: BTreeSet::new() };
    let value = work.choice()?;
    if work.at < text.len() {
        return work.wrong("something is left over");
    }
    Ok((value, work.used))
}

struct Work<'a> {
    reader: &'a Reader<'a>,
    text: &'a str,
    at: usize,
    used: BTreeSet<String>,
}

impl Work<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn take(&mut self, token: &str) -> bool {
        let there = self.rest().starts_with(token);
        if there {
            self.at += token.len();
        }
        there
    }

    fn need(&mut self, token: &str) -> Result<(), String> {
        if self.take(token) { Ok(()) } else { self.wrong(&format!("expected {token:?}")) }
    }

    fn wrong<T>(&self, what: &str) -> Result<T, String> {
        Err(format!("{what} at {:?} of {:?}", self.rest(), self.text))
    }

    /// `a if b > 0, else c`
    fn choice(&mut self) -> Result<Tracked, String> {
        let then = self.sum()?;
        if !self.take(" if ") {
            return Ok(then);
        }
        let condition = self.sum()?;
        self.need(" > 0, else ")?;
        let otherwise = self.choice()?;
        Ok(if condition.v > 0.0 { then } else { otherwise })
    }

    /// `-a + b - c`: a minus of its own stands first or nowhere.
    fn sum(&mut self) -> Result<Tracked, String> {
        let negative = self.take("-");
        let mut sum = self.product()?;
        if negative {
            sum = -sum;
        }
        loop {
            if self.take(" + ") {
                sum = sum + self.product()?;
            } else if self.take(" - ") {
                sum = sum - self.product()?;
            } else {
                return Ok(sum);
            }
        }
    }

    fn product(&mut self) -> Result<Tracked, String> {
        let mut product = self.power()?;
        loop {
            if self.take("·") || self.take(" · ") {
                product = product * self.power()?;
            } else if self.take("/") {
                product = product / self.power()?;
            } else {
                return Ok(product);
            }
        }
    }

    fn power(&mut self) -> Result<Tracked, String> {
        let base = self.operand()?;
        Ok(if self.take("^2") { base * base } else { base })
    }

    fn operand(&mut self) -> Result<Tracked, String> {
        if self.take("(") {
            let inside = self.choice()?;
            self.need(")")?;
            return Ok(inside);
        }
        if self.take("|") {
            let inside = self.choice()?;
            self.need("|")?;
            return Ok(inside.abs());
        }
        for (word, function) in FUNCTIONS {
            if self.take(word) {
                let mut operands = vec![self.choice()?];
                while self.take(", ") {
                    operands.push(self.choice()?);
                }
                self.need(")")?;
                return Ok(function(&operands));
            }
        }
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            self.number()
        } else {
            self.name()
        }
    }

    fn number(&mut self) -> Result<Tracked, String> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut end = 0;
        while end < bytes.len() {
            let exponent = bytes[end] == b'e'
                && bytes.get(end + 1).is_some_and(|b| b.is_ascii_digit() || *b == b'-');
            let sign = bytes[end] == b'-' && bytes[end - 1] == b'e';
            if !(bytes[end].is_ascii_digit() || bytes[end] == b'.' || exponent || sign) {
                break;
            }
            end += 1;
        }
        let text = &rest[..end];
        if text.parse::<f64>().is_err() {
            return self.wrong("no number");
        }
        let value = (self.reader.number)(text);
        self.at += end;
        Ok(value)
    }

    /// The longest name that stands here.
    fn name(&mut self) -> Result<Tracked, String> {
        let rest = self.rest();
        let ends = (1..=rest.len()).rev().filter(|&end| rest.is_char_boundary(end));
        let found = ends.map(|end| &rest[..end]).find_map(|name| {
            let value = (self.reader.names)(name)?;
            Some((name.to_owned(), value))
        });
        let Some((name, value)) = found else { return self.wrong("no name") };
        self.at += name.len();
        self.used.insert(name);
        Ok(value)
    }
}

type Function = fn(&[Tracked]) -> Tracked;

const FUNCTIONS: [(&str, Function); 4] = [
    ("exp(", |a| single(a).exp()),
    ("ln(", |a| single(a).ln()),
    ("tanh(", |a| single(a).tanh()),
    ("max(", |a| a.iter().copied().reduce(Tracked::max).expect("max has operands")),
];

fn single(operands: &[Tracked]) -> Tracked {
    assert_eq!(operands.len(), 1, "a function of one number");
    operands[0]
}
