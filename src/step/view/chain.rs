//! The chain in one line, its values under the terms.

use super::body::writer;
use super::paint::width_of;
use crate::document::factor::Status;
use crate::math::Role;
use crate::step::scene::{Chain, ChainFactor};
use crate::step::state::State;
use crate::typeset::Span;

/// Rows of a chain.
pub(super) const ROWS: u16 = 2;

/// Names, and values under them. Where not all terms fit, those around the one
/// that is worked out are shown.
pub(super) fn lines(state: &State<'_>, chain: &Chain, width: u16) -> [Vec<Span>; ROWS as usize] {
    let width = usize::from(width).saturating_sub(INDENT);
    let style = Glyphs::of(state.walk.look.ascii);
    let terms: Vec<Term> = chain.factors.iter().map(|factor| Term::of(state, factor)).collect();
    let left = format!("{} = ", writer(state).name(chain.product));
    let all = style.taken(&terms);
    let indent = if all + left.chars().count() <= width { left.chars().count() } else { 0 };
    let mut names = vec![Span::blanks(INDENT)];
    let mut values = vec![Span::blanks(INDENT + indent)];
    if indent > 0 {
        names.push(Span::new(left, Role::Heading));
    }
    let (first, last) = style.window(&terms, width - indent);
    if first > 0 {
        style.leave_out(&mut names, &mut values);
    }
    for (at, term) in terms[first..last].iter().enumerate() {
        if at > 0 || first > 0 {
            names.push(Span::plain(style.times));
            values.push(Span::blanks(style.gap()));
        }
        for (line, text) in [(&mut names, &term.name), (&mut values, &term.value)] {
            let blanks = term.width - width_of(&[Span::plain(text.as_str())]);
            line.push(Span::new(text.as_str(), term.role));
            line.push(Span::blanks(blanks));
        }
    }
    if last < terms.len() {
        names.push(Span::plain(style.times));
        values.push(Span::blanks(style.gap()));
        style.leave_out(&mut names, &mut values);
    }
    [names, values]
}

/// Whether all of a chain is shown, with what it is the chain of.
pub(super) fn fits(state: &State<'_>, chain: &Chain, width: u16) -> bool {
    let terms: Vec<Term> = chain.factors.iter().map(|factor| Term::of(state, factor)).collect();
    Glyphs::of(state.walk.look.ascii).taken(&terms) <= usize::from(width).saturating_sub(INDENT)
}

/// `so far δ1 = 0.0024`, or when the chain is complete, its name and value.
pub(super) fn product(state: &State<'_>, chain: &Chain) -> Vec<Span> {
    let Some((name, value)) = &chain.so_far else { return Vec::new() };
    // Where the class is asked, what it will be asked for is not said before.
    if state.walk.asks() && !state.walk.is_found(*name, state.position(), state.is_revealed()) {
        return Vec::new();
    }
    let is_part = chain.factors.iter().any(|factor| factor.value.is_none());
    let mut line = Vec::new();
    if is_part {
        line.push(Span::new("so far ", Role::Plain));
    }
    line.push(Span::new(format!("{} = {value}", writer(state).name(*name)), Role::Heading));
    line
}

/// Columns in front of a chain.
const INDENT: usize = 2;

struct Term {
    name: String,
    value: String,
    width: usize,
    role: Role,
    here: bool,
}

impl Term {
    fn of(state: &State<'_>, factor: &ChainFactor) -> Self {
        let name = writer(state).name(factor.name).to_string();
        let value = factor.value.as_deref().unwrap_or("?").to_owned();
        let width = width_of(&[Span::plain(name.as_str())]).max(value.len());
        let role = match (factor.here, &factor.value) {
            (true, _) => Role::New,
            // Only the current term has the accent.
            (false, Some(_)) if factor.status == Status::New => Role::Known,
            (false, Some(_)) => factor.status.role(),
            (false, None) => Role::Faint,
        };
        Self { name, value, width, role, here: factor.here }
    }
}

/// What stands between terms, and for those that are left out.
struct Glyphs {
    times: &'static str,
    dots: &'static str,
}

impl Glyphs {
    const fn of(ascii: bool) -> Self {
        if ascii { Self { times: " * ", dots: "..." } } else { Self { times: " · ", dots: "…" } }
    }

    fn gap(&self) -> usize {
        self.times.chars().count()
    }

    fn leave_out(&self, names: &mut Vec<Span>, values: &mut Vec<Span>) {
        names.push(Span::new(self.dots, Role::Faint));
        values.push(Span::blanks(self.dots.chars().count()));
    }

    fn taken(&self, terms: &[Term]) -> usize {
        let gaps = self.gap() * terms.len().saturating_sub(1);
        terms.iter().map(|term| term.width).sum::<usize>() + gaps
    }

    /// The terms that are shown: all, or as many as fit around the current one.
    fn window(&self, terms: &[Term], width: usize) -> (usize, usize) {
        if self.taken(terms) <= width {
            return (0, terms.len());
        }
        let room = width.saturating_sub(2 * (self.gap() + self.dots.chars().count()));
        let here = terms.iter().position(|term| term.here);
        let here = here.unwrap_or(terms.len().saturating_sub(1));
        let (mut first, mut last) = (here, (here + 1).min(terms.len()));
        loop {
            let before = first.checked_sub(1);
            if let Some(before) = before.filter(|at| self.taken(&terms[*at..last]) <= room) {
                first = before;
            } else if last < terms.len() && self.taken(&terms[first..=last]) <= room {
                last += 1;
            } else {
                return (first, last);
            }
        }
    }
}
