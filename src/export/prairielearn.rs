//! A question of PrairieLearn that is graded outside: its description and its
//! page.

use std::io;

use serde_json::json;

use super::escape::html;

/// `info.json`. The four numbers make its name, the same for the same scenario.
///
/// # Errors
/// If it cannot be made.
pub fn info(title: &str, [a, b, c, d]: [u32; 4]) -> io::Result<Vec<u8>> {
    let uuid = format!(
        "{a:08x}-{:04x}-4{:03x}-a{:03x}-{c:08x}{:04x}",
        b >> 16,
        b & 0xfff,
        d & 0xfff,
        d >> 16
    );
    let info = json!({
        "uuid": uuid,
        "title": title,
        "topic": "Backpropagation",
        "tags": ["backpropagation"],
        "type": "v3",
        "singleVariant": true,
        "gradingMethod": "External",
        "externalGradingOptions": {
            "enabled": true,
            "image": "ubuntu:24.04",
            "entrypoint": "/grade/tests/grade.sh",
            "timeout": 30
        }
    });
    let mut text = serde_json::to_vec_pretty(&info)?;
    text.push(b'\n');
    Ok(text)
}

/// `question.html`: the sheet, to be filled in on the page.
pub fn question(title: &str, sheet: &str) -> String {
    let (title, sheet) = (html(title), html(sheet));
    format!(
        "<pl-question-panel>\n<p>{title}</p>\n<p>Write your numbers behind the equal signs. The \
         task stands at the top of the sheet.</p>\n</pl-question-panel>\n\
         <pl-file-editor file-name=\"answers.txt\" ace-mode=\"ace/mode/text\">\n{sheet}\
         </pl-file-editor>\n\
         <pl-submission-panel>\n<pl-external-grader-results></pl-external-grader-results>\n\
         <pl-file-preview></pl-file-preview>\n</pl-submission-panel>\n"
    )
}
