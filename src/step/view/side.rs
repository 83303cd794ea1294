//! Beside the quantity: the chain so far, or old and new values.

use super::body::writer;
use super::paint::width_of;
use crate::math::Role;
use crate::step::scene::{Beside, ChainFactor, ChainSoFar, Changed, Scene};
use crate::step::state::State;
use crate::typeset::{Span, TextWriter};

/// What stands beside the quantity, as lines.
pub(super) struct Panel {
    pub(super) title: Vec<Span>,
    pub(super) lines: Vec<Vec<Span>>,
    pub(super) width: u16,
}

impl Panel {
    /// The panel of a step, if it has one, in at most `rows` rows. Where it would be
    /// wider than `most`, a chain goes without the words behind its values.
    pub(super) fn of(state: &State<'_>, scene: &Scene<'_>, rows: u16, most: u16) -> Option<Self> {
        let mut drawn =
            Drawn { writer: writer(state), ascii: state.walk.look.ascii, has_words: true };
        let rows = usize::from(rows);
        let (title, lines) = match &scene.side {
            Beside::None => return None,
            Beside::Chain(chain) => {
                let mut lines = drawn.chain(chain, rows);
                if lines.iter().any(|line| width_of(line) > usize::from(most)) {
                    drawn.has_words = false;
                    lines = drawn.chain(chain, rows);
                }
                (drawn.title(chain), lines)
            }
            Beside::Changes(changes) => {
                (vec![Span::new("old and new", Role::Heading)], drawn.changes(changes, rows))
            }
        };
        let width = lines.iter().map(|line| width_of(line)).max().unwrap_or(0);
        let width = width.max(width_of(&title) + 2) as u16;
        Some(Self { title, lines, width })
    }
}

struct Drawn<'a> {
    writer: TextWriter<'a>,
    ascii: bool,
    /// Whether the chain says of its values where they are from.
    has_words: bool,
}

impl Drawn<'_> {
    fn title(&self, chain: &ChainSoFar) -> Vec<Span> {
        vec![
            Span::new("chain of ", Role::Heading),
            Span::new(self.writer.name(chain.product), Role::Heading),
        ]
    }

    fn mark(&self, here: bool) -> &'static str {
        match (here, self.ascii) {
            (false, _) => "  ",
            (true, false) => "▸ ",
            (true, true) => "> ",
        }
    }

    fn chain(&self, chain: &ChainSoFar, rows: usize) -> Vec<Vec<Span>> {
        let names: Vec<String> =
            chain.factors.iter().map(|factor| self.writer.name(factor.name)).collect();
        let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        let values: Vec<&str> =
            chain.factors.iter().map(|factor| factor.value.as_deref().unwrap_or("")).collect();
        let column = Aligned::of(&values);
        let mut lines: Vec<Vec<Span>> = chain
            .factors
            .iter()
            .zip(&names)
            .map(|(factor, name)| self.factor(factor, name, widest, &column))
            .collect();
        let extra = usize::from(chain.so_far.is_some()) * 2;
        lines.truncate(rows.saturating_sub(extra).max(1));
        if let Some((product, value)) = &chain.so_far {
            let dash = if self.ascii { "-" } else { "─" };
            let rule = dash.repeat(widest + 1 + column.width());
            lines.push(vec![Span::plain("  "), Span::new(rule, Role::Faint)]);
            lines.push(vec![
                Span::new(format!("  {:widest$} ", self.writer.name(*product)), Role::New),
                Span::new(column.put(value), Role::New),
                Span::new("  so far", Role::Faint),
            ]);
        }
        lines
    }

    fn factor(
        &self,
        factor: &ChainFactor,
        name: &str,
        widest: usize,
        column: &Aligned,
    ) -> Vec<Span> {
        let known = factor.value.is_some();
        let role = if factor.here {
            Role::New
        } else if known {
            factor.status.role()
        } else {
            Role::Faint
        };
        let value = factor.value.as_deref().unwrap_or("");
        let mut line = vec![
            Span::new(self.mark(factor.here), Role::New),
            Span::new(format!("{name:widest$} "), role),
            Span::new(column.put(value), role),
        ];
        if self.has_words && (known || factor.here) {
            line.push(Span::new(format!("  {}", factor.status.words()), role));
        }
        line
    }

    fn changes(&self, changes: &[Changed], rows: usize) -> Vec<Vec<Span>> {
        let names: Vec<String> =
            changes.iter().map(|change| self.writer.name(change.symbol.into())).collect();
        let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        let old: Vec<&str> = changes.iter().map(|change| change.old.as_str()).collect();
        let old = Aligned::of(&old);
        let arrow = if self.ascii { " -> " } else { " → " };
        let lines = changes.iter().zip(&names).map(|(change, name)| {
            let role = if change.here {
                Role::New
            } else if change.new.is_some() {
                Role::Plain
            } else {
                Role::Faint
            };
            let mut text = format!("{name:widest$} {}", old.put(&change.old));
            if let Some(new) = &change.new {
                text.push_str(arrow);
                text.push_str(new);
            }
            vec![Span::new(self.mark(change.here), Role::New), Span::new(text, role)]
        });
        let lines: Vec<Vec<Span>> = lines.collect();
        let here = changes.iter().position(|change| change.here).unwrap_or(0);
        around(lines, here, rows)
    }
}

/// As many lines as there is room for, with the one at `here` among them.
fn around(lines: Vec<Vec<Span>>, here: usize, rows: usize) -> Vec<Vec<Span>> {
    let spare = lines.len().saturating_sub(rows);
    let first = here.saturating_sub(rows / 2).min(spare);
    lines.into_iter().skip(first).take(rows).collect()
}

/// Numbers with their decimal points in one column.
struct Aligned {
    whole: usize,
    fraction: usize,
}

impl Aligned {
    fn of(texts: &[&str]) -> Self {
        let mut all = Self { whole: 0, fraction: 0 };
        for text in texts {
            let whole = whole(text);
            all.whole = all.whole.max(whole);
            all.fraction = all.fraction.max(text.len() - whole);
        }
        all
    }

    const fn width(&self) -> usize {
        self.whole + self.fraction
    }

    fn put(&self, text: &str) -> String {
        let indent = self.whole.saturating_sub(whole(text));
        format!("{:indent$}{text:rest$}", "", rest = self.width() - indent)
    }
}

fn whole(text: &str) -> usize {
    text.find(['.', 'e']).unwrap_or(text.len())
}
