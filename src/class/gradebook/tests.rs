//! Grade books of both systems, as they come and as they go back.

use super::*;

fn grade(id: &str, score: Option<f64>) -> Grade {
    Grade { who: Who::of_id(id), score, max_score: 40.0, comment: "=look at L".to_owned() }
}

fn filled(text: &str, system: System, grades: &[Grade]) -> (String, Vec<String>) {
    let filled = fill(text, system, grades, None, "XOR").unwrap();
    (String::from_utf8(filled.text).unwrap(), filled.remarks)
}

#[test]
fn a_grade_book_of_canvas_is_filled_in() {
    let text = "Student,ID,SIS User ID,SIS Login ID,Section,XOR (123),Total\n\
                \x20   Points Possible,,,,,10,(read only)\n\
                \"Lovelace, Ada\",17,u17,ada,A,,0\nStudent Test,99,,test,A,,0\n";
    let grades = [grade("ada", Some(30.0)), grade("bob", Some(1.0)), grade("u17", None)];
    let (text, remarks) = filled(text, System::Canvas, &grades);
    assert_eq!(
        text,
        "Student,ID,SIS User ID,SIS Login ID,Section,XOR (123),Total\n\
         \x20   Points Possible,,,,,10,(read only)\n\
         \"Lovelace, Ada\",17,u17,ada,A,7.5,0\nStudent Test,99,,test,A,,0\n"
    );
    assert_eq!(
        remarks,
        ["bob is not in the grade book", "u17 has no grade: the sheet could not be marked"]
    );
}

#[test]
fn a_worksheet_of_moodle_is_filled_in() {
    let text = "Identifier;Full name;Grade;Maximum Grade;Feedback comments\n\
                Participant 7;Ada Lovelace;;\"100,00\";\n";
    let (text, remarks) = filled(text, System::Moodle, &[grade("Participant 7", Some(30.5))]);
    assert_eq!(
        text,
        "Identifier;Full name;Grade;Maximum Grade;Feedback comments\n\
         Participant 7;Ada Lovelace;76,25;100,00;'=look at L\n"
    );
    assert!(remarks.is_empty());
}

#[test]
fn users_of_moodle_get_a_new_column_and_unclear_ones_nothing() {
    let text = "First name,Surname,Email address\nAda,Lovelace,ada@x.example\n\
                Al,Kay,al@x.example\nAl,Kay,al2@x.example\n";
    let grades = [grade("ADA@x.example", Some(30.0)), grade("Al Kay", Some(2.0))];
    let (text, remarks) = filled(text, System::Moodle, &grades);
    assert_eq!(
        text,
        "First name,Surname,Email address,XOR\nAda,Lovelace,ada@x.example,30\n\
         Al,Kay,al@x.example,\nAl,Kay,al2@x.example,\n"
    );
    assert_eq!(remarks, ["Al Kay fits several rows of the grade book; none is filled in"]);
}

#[test]
fn what_is_no_grade_book_says_why() {
    for (text, system) in [
        ("a,b\n1,2\n", System::Moodle),
        ("a,b\n1,2\n", System::Canvas),
        ("Student,ID,Section\nAda,1,A\n", System::Canvas),
        ("Student,ID,Section,A (1),B (2)\nAda,1,A,,\n", System::Canvas),
        ("Student,ID,Section,Total\nPoints Possible,,,(read only)\n", System::Canvas),
    ] {
        assert!(fill(text, system, &[], None, "XOR").is_err(), "{text}");
    }
}
