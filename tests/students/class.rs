//! Random exercises, and how a sheet of one is marked.

use std::fmt::Write;

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::Name;
use backprop_tutor::verify::{Marker, MarkingRules, Report, for_each_asked, read};

/// A small generator of its own, so that every run sees the same students.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// One time in so many.
    pub(crate) fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// From 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number that somebody would put into an exercise: two decimals, not 0.
    fn weight(&mut self) -> String {
        let hundredths = 1 + self.below(120);
        let sign = if self.once_in(2) { "-" } else { "" };
        format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
    }

    fn list(&mut self, count: usize) -> String {
        let numbers: Vec<String> = (0..count).map(|_| self.weight()).collect();
        format!("[{}]", numbers.join(","))
    }
}

/// A random exercise, as the text of a scenario.
pub(crate) fn exercise(dice: &mut Dice) -> String {
    let depth = dice.pick(&[1, 2, 2, 2, 3]);
    let sizes: Vec<usize> = (0..=depth).map(|_| 1 + dice.below(3)).collect();
    let outputs = sizes[depth];
    let pairs = [
        ("half_squared_error", "sigmoid"),
        ("half_squared_error", "tanh"),
        ("half_squared_error", "identity"),
        ("squared_error", "sigmoid"),
        ("mean_squared_error", "softplus"),
        ("mean_squared_error", "softmax"),
        ("binary_cross_entropy", "sigmoid"),
        ("cross_entropy", "softmax"),
        ("output", "sigmoid"),
    ];
    let (loss, last) = dice.pick(&pairs);
    let layers: Vec<String> = (0..depth)
        .map(|layer| {
            let hidden = ["sigmoid", "tanh", "relu", "leaky_relu", "softplus"];
            let activation = if layer + 1 == depth { last } else { dice.pick(&hidden) };
            let rows: Vec<String> =
                (0..sizes[layer]).map(|_| dice.list(sizes[layer + 1])).collect();
            let biases = match dice.below(4) {
                0 => String::new(),
                _ => format!(",\"biases\":{}", dice.list(sizes[layer + 1])),
            };
            format!("{{\"activation\":\"{activation}\",\"weights\":[{}]{biases}}}", rows.join(","))
        })
        .collect();
    let hot = dice.below(outputs);
    let y: Vec<String> = (0..outputs)
        .map(|k| match loss {
            "cross_entropy" => u8::from(k == hot).to_string(),
            "binary_cross_entropy" => dice.below(2).to_string(),
            _ => format!("0.{}", 1 + dice.below(9)),
        })
        .collect();
    let y = if loss == "output" { String::new() } else { format!(",\"y\":[{}]", y.join(",")) };
    format!(
        "{{\"loss\":\"{loss}\",\"learning_rate\":0.{},\"layers\":[{}],\"sample\":{{\"x\":{}{y}}}}}",
        1 + dice.below(9),
        layers.join(","),
        dice.list(sizes[0])
    )
}

pub(crate) fn apply() -> Settings {
    Settings { apply: true, ..Settings::default() }
}

/// Everything that a sheet asks for.
pub(crate) fn asked(lesson: &Lesson<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    let Ok(()) = for_each_asked(lesson, |_, name| {
        names.push(name);
        Ok::<(), std::convert::Infallible>(())
    });
    names
}

/// What marks by a lesson with so many decimals.
pub(crate) fn marker_of<'a>(exact: &'a Lesson<'a>, digits: usize) -> Marker<'a> {
    Marker::new(exact, MarkingRules::asking(digits))
}

/// The marks of a sheet with these answers.
pub(crate) fn marked_texts<'m>(marker: &'m Marker<'m>, answers: &[(Name, String)]) -> Report<'m> {
    let exact = marker.lesson();
    let naming = exact.naming();
    let mut text = String::new();
    for (name, answer) in answers {
        writeln!(text, "{} = {answer}", naming.plain(*name)).expect("a string takes text");
    }
    let sheet = read(text.as_bytes(), "sheet", exact.network()).expect("a sheet");
    marker.mark(&sheet)
}
