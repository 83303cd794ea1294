//! Files that people write, read so that every fault is reported at once, each
//! with its line, a caret and what to do.
//!
//! `file` gets the bytes, `text_of` their text, `folder` lists files, `lines`
//! goes through a stream, `draft` writes files, `leftover`
//! removes what killed programs left, `lock` keeps others from it; `record` is one line of JSON, `rows` a table of text; `json` knows where each value
//! stands, `syntax` explains what is no JSON, `reader` expects kinds of values,
//! `fault` and `locate` make the report. What the values mean is the business
//! of [`scenario`](crate::scenario) and [`verify`](crate::verify).

pub(crate) mod draft;
pub(crate) mod fault;
pub(crate) mod file;
pub(crate) mod folder;
pub(crate) mod json;
mod leftover;
pub(crate) mod lines;
pub(crate) mod locate;
pub(crate) mod lock;
pub(crate) mod reader;
pub(crate) mod record;
pub(crate) mod rows;
mod syntax;
pub mod table;

pub use draft::Unwritable;
pub use fault::Faults;
pub use file::FileError;

use fault::{Findings, Words};
use json::JsonNode;

/// What a file is meant to be, for messages about one that is something else.
pub(crate) struct FileFormat {
    /// `scenario`
    pub(crate) noun: &'static str,
    /// `a scenario`
    pub(crate) a_noun: &'static str,
    /// What it has to look like.
    pub(crate) shape: &'static str,
    /// What to do with a comment.
    pub(crate) remarks: &'static str,
}

/// The text that the bytes are, without a byte-order mark.
///
/// # Errors
/// The one fault of bytes that are no text.
pub(crate) fn text_of<'a>(bytes: &'a [u8], label: &str) -> Result<&'a str, Faults> {
    match str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => Err(not_text(bytes, error.valid_up_to(), label)),
    }
}

/// The one value that the text is.
///
/// # Errors
/// Where the text stops being JSON, and why.
pub(crate) fn parse<'a>(
    text: &'a str,
    label: &str,
    format: &FileFormat,
) -> Result<JsonNode<'a>, Faults> {
    json::root(text).map_err(|error| {
        let mut findings = Findings::default();
        let (span, words) = syntax::explain(text, &error, format);
        findings.add(span, || words);
        locate::locate(text, None, findings, label)
    })
}

/// The one fault of a file whose bytes are no text.
fn not_text(bytes: &[u8], valid: usize, label: &str) -> Faults {
    let line_end = bytes[valid..].iter().position(|&byte| byte == b'\n');
    let line_end = line_end.map_or(bytes.len(), |length| valid + length);
    let text = String::from_utf8_lossy(&bytes[..line_end]);
    let mut findings = Findings::default();
    findings.add(valid..valid + char::REPLACEMENT_CHARACTER.len_utf8(), || {
        let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let what = if utf16 {
            "the file is UTF-16 text, not UTF-8".to_owned()
        } else {
            let (number, byte) = (valid + 1, bytes[valid]);
            format!(
                "the file is not UTF-8 text: byte {number} ({byte:#04x}) is no part of a character"
            )
        };
        Words::new(what).help("save the file as UTF-8")
    });
    locate::locate(&text, None, findings, label)
}
