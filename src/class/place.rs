//! Whose a file is: by its own name, or by the folder that a course system has
//! put it in; and the name of a file for a student.

use std::path::Path;

use super::entry::Who;
use crate::text::brief;

/// Whose the file at a path is; `folder` is the folder that was asked for, and
/// `is_alone` says whether no other file is in the same folder below it.
pub(super) fn owner(path: &Path, folder: Option<&Path>, is_alone: bool) -> Who {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let below = folder.and_then(|folder| path.strip_prefix(folder).ok());
    let parent = below.and_then(Path::parent).and_then(Path::file_name);
    let Some(parent) = parent.map(|parent| parent.to_string_lossy()) else {
        return of_file(&stem);
    };
    if let Some(who) = of_moodle(&parent) {
        return who;
    }
    if is_alone { Who::of_id(&parent) } else { Who::of_id(&format!("{parent}/{stem}")) }
}

/// A file as it is called, or as Canvas hands out submissions:
/// `lovelaceada_LATE_1234_56789_sheet`.
fn of_file(stem: &str) -> Who {
    let mut parts = stem.splitn(5, '_');
    let name = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.filter(|part| *part != "LATE").collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    match rest.as_slice() {
        [id, submission, _, ..] if is_number(id) && is_number(submission) && !name.is_empty() => {
            Who { student: Some(brief(name, 200)), ..Who::of_id(id) }
        }
        _ => Who::of_id(stem),
    }
}

/// A folder of Moodle: `Ada Lovelace_1234_assignsubmission_file_`.
fn of_moodle(folder: &str) -> Option<Who> {
    let (student, _) = folder.split_once("_assignsubmission_")?;
    let (name, number) = student.rsplit_once('_')?;
    let is_number = !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit());
    let student = Some(brief(name, 200));
    is_number.then(|| Who { student, ..Who::of_id(&format!("Participant {number}")) })
}

/// Characters of the longest name of a file that is made here.
const LONGEST: usize = 100;

/// A name for a file of this student, without its ending: nothing in it leads
/// to another folder, hides the file or acts in a shell.
pub fn file_name(id: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
    let plain = id.chars().take(LONGEST).map(|c| if is_plain(c) { c } else { '_' });
    let name: String = plain.collect();
    let name = name.trim_matches(|c| matches!(c, '.' | '-'));
    if name.is_empty() { "sheet".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_whoever_its_place_says() {
        let of = |path: &str, is_alone| {
            let who = owner(Path::new(path), Some(Path::new("in")), is_alone);
            (who.id, who.student.unwrap_or_default())
        };
        let pair = |id: &str, student: &str| (id.to_owned(), student.to_owned());
        assert_eq!(of("in/ada.txt", false), pair("ada", ""));
        assert_eq!(of("in/ada/sheet.txt", true), pair("ada", ""));
        assert_eq!(of("in/group1/ada.txt", false), pair("group1/ada", ""));
        let moodle = "in/Ada Lovelace_77_assignsubmission_file_/sheet.txt";
        assert_eq!(of(moodle, true), pair("Participant 77", "Ada Lovelace"));
        let canvas = "in/lovelaceada_LATE_1234_56789_my_sheet.txt";
        assert_eq!(of(canvas, false), pair("1234", "lovelaceada"));
        assert_eq!(of("in/sheet_1_final.txt", false), pair("sheet_1_final", ""));
    }

    #[test]
    fn names_of_files_lead_nowhere() {
        for (id, name) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("ada@uni.example", "ada@uni.example"),
            ("a/b\\c d$(x)", "a_b_c_d__x_"),
            ("..", "sheet"),
            ("-rf", "rf"),
            ("Jürgen", "Jürgen"),
        ] {
            assert_eq!(file_name(id), name);
        }
    }
}
