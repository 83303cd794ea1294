//! The answers of a student who is being asked, as an answer sheet in JSON: it
//! can be read again, and marked like any other.

use std::io::{self, Write};

use serde::Deserialize;

use crate::name::{Name, Naming};
use crate::verify::asking::{KEEPER, KEPT_BY};
use crate::verify::{AnswerReading, Help, Sheet};

/// Whether these are answers that this program has kept, and may write anew.
pub fn is_own(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Kept {
        kept_by: String,
    }
    serde_json::from_slice::<Kept>(bytes).is_ok_and(|kept| kept.kept_by == KEEPER)
}

/// Writes a sheet with the help in it.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(sheet: &Sheet, naming: Naming<'_>, out: &mut impl Write) -> io::Result<()> {
    let student = serde_json::to_string(sheet.student.as_deref().unwrap_or_default())?;
    write!(out, "{{\n  \"{KEPT_BY}\": \"{KEEPER}\",\n  \"student\": {student}")?;
    for (key, count) in [("hints", hints as fn(&Help) -> u8), ("corrections", corrections)] {
        let mut helped: Vec<(Name, u8)> =
            sheet.help.iter().map(|(name, help)| (*name, count(help))).collect();
        helped.retain(|(_, count)| *count > 0);
        helped.sort_unstable();
        if helped.is_empty() {
            continue;
        }
        let entry = |(name, count): &(Name, u8)| format!("\"{}\": {count}", naming.plain(*name));
        let entries: Vec<String> = helped.iter().map(entry).collect();
        write!(out, ",\n  \"{key}\": {{ {} }}", entries.join(", "))?;
    }
    for answer in &sheet.answers {
        // What is shown of an answer may be cut off.
        let whole = match &answer.reading {
            AnswerReading::Number(number) => number.text(),
            AnswerReading::Unreadable(unreadable) => unreadable.text.clone(),
        };
        let text = serde_json::to_string(whole.as_str())?;
        write!(out, ",\n  \"{}\": {text}", naming.plain(answer.name))?;
    }
    writeln!(out, "\n}}")
}

const fn hints(help: &Help) -> u8 {
    help.hints
}

const fn corrections(help: &Help) -> u8 {
    help.corrections
}
