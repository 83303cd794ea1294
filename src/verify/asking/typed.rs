//! What a line is that a student types: a command, or an answer.

/// What a student types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed<'t> {
    Hint,
    Skip,
    Back,
    /// Go to the line of this number or name.
    Go(&'t str),
    List,
    Task,
    Commands,
    Stop,
    Nothing,
    /// An answer, a name, or a name and its answer.
    Text(&'t str),
}

impl Typed<'_> {
    /// Reads a line up to its remark.
    pub(super) fn read(line: &str) -> Typed<'_> {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(to) = place_to_go(line) {
            return Typed::Go(to);
        }
        // `L` is the loss.
        if line == "L" {
            return Typed::Text(line);
        }
        match line.to_ascii_lowercase().as_str() {
            "" => Typed::Nothing,
            "?" | "hint" => Typed::Hint,
            "s" | "skip" => Typed::Skip,
            "b" | "back" => Typed::Back,
            "l" | "list" => Typed::List,
            "t" | "task" => Typed::Task,
            "h" | "help" | "commands" | "g" | "go" => Typed::Commands,
            "q" | "quit" | "exit" => Typed::Stop,
            _ => Typed::Text(line),
        }
    }
}

/// Of `go 12`, `g dL/dW11` and `:12`, what stands behind.
fn place_to_go(line: &str) -> Option<&str> {
    if let Some(to) = line.strip_prefix(':') {
        // `: 0.5` and `:.5` are answers.
        let is_number = !to.is_empty() && to.bytes().all(|byte| byte.is_ascii_digit());
        return (is_number || to.starts_with(begins_word)).then_some(to);
    }
    let (word, to) = line.split_once(char::is_whitespace)?;
    let is_go = word.eq_ignore_ascii_case("g") || word.eq_ignore_ascii_case("go");
    is_go.then(|| to.trim())
}

/// A name or another word begins so, and no number.
pub(super) fn begins_word(c: char) -> bool {
    c.is_alphabetic() || c == '∂'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_places_and_answers_are_told_apart() {
        let cases = [
            ("  ?  # I am lost", Typed::Hint),
            ("# only a remark", Typed::Nothing),
            ("12", Typed::Text("12")),
            (":12", Typed::Go("12")),
            (": 12", Typed::Text(": 12")),
            (":.5", Typed::Text(":.5")),
            (":∂L/∂u1", Typed::Go("∂L/∂u1")),
            ("Go  12 # now", Typed::Go("12")),
            ("g dL/dW11", Typed::Go("dL/dW11")),
            ("go", Typed::Commands),
            ("good", Typed::Text("good")),
            ("l", Typed::List),
            ("L", Typed::Text("L")),
            ("L = 0.03 # at last", Typed::Text("L = 0.03")),
            ("QUIT", Typed::Stop),
        ];
        for (line, typed) in cases {
            assert_eq!(Typed::read(line), typed, "{line}");
        }
    }
}
