//! From an argument of the command line to a scenario: an embedded name, a
//! path, or `-` for standard input.

use std::path::Path;

use thiserror::Error;

use super::embedded::{self, Embedded};
use super::{FORMAT, Faults, Scenario, read};
use crate::source::FileError;
use crate::source::file::{self, STANDARD_INPUT};
use crate::source::reader::listed;
use crate::{name, text};

/// Characters of an argument that a suggestion is looked for.
const LONGEST_NAME: usize = 60;

/// Why there is no scenario.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The file was read, and something is wrong with what it says.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// Neither a file nor an embedded scenario has this name.
    #[error("no file and no built-in scenario is called `{name}`{hint}\nbuilt-in scenarios: {all}")]
    UnknownName {
        /// The name, made harmless.
        name: String,
        /// What was probably meant.
        hint: String,
        /// All embedded names.
        all: String,
    },
    /// The file cannot be read.
    #[error("{error}{hint}")]
    File {
        /// Why.
        error: FileError,
        /// The embedded scenario of that name, if there is one.
        hint: String,
    },
}

/// Reads the scenario that an argument names: `-` is standard input, the name of
/// an embedded scenario is that one, anything else is a path.
///
/// # Errors
/// Why it cannot be read, or all that is wrong with it.
pub fn load(argument: &str) -> Result<Scenario, LoadError> {
    if argument != STANDARD_INPUT
        && let Some(embedded) = embedded::named(argument)
    {
        return Ok(read(embedded.text.as_bytes(), embedded.name)?);
    }
    match file::bytes(argument, &FORMAT) {
        Ok(bytes) => Ok(read(&bytes, file::label(argument))?),
        Err(error @ FileError::Missing { .. }) => Err(not_found(argument, error)),
        Err(error) => Err(LoadError::File { error, hint: String::new() }),
    }
}

fn not_found(argument: &str, error: FileError) -> LoadError {
    let path = Path::new(argument);
    let is_name = path.extension().is_none() && path.components().count() <= 1;
    let names: Vec<&str> = embedded::all().iter().map(|embedded| embedded.name).collect();
    if is_name && !argument.contains(std::path::is_separator) {
        let nearest = nearest(argument, &names);
        let hint = nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        let name = text::harmless(argument).into_owned();
        return LoadError::UnknownName { name, hint, all: listed(&names) };
    }
    let built_in = path.file_stem().and_then(|stem| embedded::named(stem.to_str()?));
    LoadError::File { error, hint: built_in.map(hint_at).unwrap_or_default() }
}

fn hint_at(embedded: &Embedded) -> String {
    let name = embedded.name;
    format!(", but a scenario of that name is built in: backprop-tutor run {name}")
}

fn nearest<'a>(argument: &str, names: &[&'a str]) -> Option<&'a str> {
    if argument.len() > LONGEST_NAME {
        return None;
    }
    name::nearest(argument, names.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(argument: &str) -> String {
        load(argument).unwrap_err().to_string()
    }

    #[test]
    fn embedded_names_and_paths_are_read() {
        assert_eq!(load("xor").unwrap().network.shape(), "2-2-1");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/mazur.json");
        assert_eq!(load(path).unwrap().network.shape(), "2-2-2");
    }

    #[test]
    fn what_is_not_there_is_answered_with_what_is() {
        let text = message("xorr");
        assert!(
            text.contains("no file and no built-in scenario is called `xorr`; did you mean `xor`?"),
            "{text}"
        );
        assert!(text.contains("`mazur`"), "{text}");
        assert_eq!(
            message("no/such/xor.json"),
            "there is no file `no/such/xor.json`, but a scenario of that name is built in: backprop-tutor run xor"
        );
        assert_eq!(message("none\u{1b}.json"), "there is no file `none\\u{1b}.json`");
        assert!(message("").contains("is called ``"));
        assert!(message(&"x".repeat(10_000)).contains("xxx"));
    }

    #[test]
    fn folders_are_refused() {
        assert_eq!(
            message(env!("CARGO_MANIFEST_DIR")),
            format!(
                "`{}` is a folder; give the path of a scenario file in it",
                env!("CARGO_MANIFEST_DIR")
            )
        );
    }
}
