//! What stands around every page: its head, its style, and the script of those
//! that have one. The policy in the head allows these two and nothing else, so
//! nothing that a scenario says can run or be fetched.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::escape;
use crate::export::svg::COLOUR;

/// What the page looks like.
const STYLE: &str = include_str!("style.css");

/// Walks through a lesson.
pub(super) const WALK: &str = include_str!("walk.js");

/// Keeps and saves what is filled in.
pub(super) const FILL: &str = include_str!("fill.js");

/// Everything up to the first part of the page.
pub(super) fn begin(title: &str, script: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let style = format!("{STYLE}{COLOUR}");
    let scripts = script.map_or_else(|| "'none'".to_owned(), fingerprint);
    let title = escape(title);
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src {}; script-src {scripts}; base-uri 'none'; form-action 'none'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n",
        fingerprint(&style)
    )
}

/// Everything behind the last part.
pub(super) fn end(script: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"</main>\n")?;
    if let Some(script) = script {
        writeln!(out, "<script>{script}</script>")?;
    }
    out.write_all(b"</body>\n</html>\n")
}

/// How a policy names a style or script that it allows.
fn fingerprint(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}
