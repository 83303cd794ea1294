//! The scenarios that the program carries with it.

/// A scenario file in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// What it is called on the command line.
    pub name: &'static str,
    /// The file.
    pub text: &'static str,
    /// Samples to train on, as a CSV file, where they are too many for the
    /// scenario.
    pub data: Option<&'static str>,
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(Embedded {
            name: $name,
            text: include_str!(concat!("../../scenarios/", $name, ".json")),
            data: data($name),
        }),*]
    };
}

/// In the order they are offered: the lecture's, published ones, our own.
static ALL: &[Embedded] = embedded![
    "xor",
    "mazur",
    "han-kamber",
    "insper-tanh",
    "pythonandml",
    "softmax-regression",
    "whathow-bce",
    "neuron",
    "tanh-bce",
    "relu-dead",
    "softmax-cross-entropy",
    "deep",
    "xor-batch",
    "digits",
];

/// The samples that come with a scenario beside the file.
const fn data(name: &str) -> Option<&'static str> {
    match name.as_bytes() {
        b"digits" => Some(include_str!("../../scenarios/digits.csv")),
        _ => None,
    }
}

/// All of them.
pub fn all() -> &'static [Embedded] {
    ALL
}

/// The one of this name.
pub fn named(name: &str) -> Option<&'static Embedded> {
    ALL.iter().find(|embedded| embedded.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_embedded_and_reads() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        let mut embedded: Vec<&str> = all().iter().map(|embedded| embedded.name).collect();
        embedded.sort_unstable();
        assert_eq!(names, embedded);
        for embedded in all() {
            if let Err(faults) = super::super::read(embedded.text.as_bytes(), embedded.name) {
                panic!("{faults}");
            }
        }
    }
}
