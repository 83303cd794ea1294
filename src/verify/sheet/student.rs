//! The lines that say whose sheet it is: `Name: Ada`, `Student ID: 17`.

/// What such a line begins with, in lower case, without blanks and marks.
const NAMES: [&str; 8] = [
    "student",
    "name",
    "studentname",
    "fullname",
    "author",
    "vorname",
    "nachname",
    "nameofstudent",
];

/// The same for a number.
const NUMBERS: [&str; 13] = [
    "studentid",
    "id",
    "studentnumber",
    "studentno",
    "matrikelnummer",
    "matrikelnr",
    "matrnr",
    "matrikel",
    "matriculationnumber",
    "matriculationno",
    "matnr",
    "immatriculationnumber",
    "studentidnumber",
];

/// Whether a line with this name is about the student.
pub(super) fn is_student(key: &str) -> bool {
    key.len() <= 60 && {
        let key = normal(key);
        NAMES.contains(&key.as_str()) || NUMBERS.contains(&key.as_str())
    }
}

/// Whether it tells the student's number.
pub(super) fn is_number(key: &str) -> bool {
    key.len() <= 60 && NUMBERS.contains(&normal(key).as_str())
}

fn normal(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
