//! Tables whose cells are parted by commas, of a network whose names have commas themselves.

use backprop_tutor::network::Network;
use backprop_tutor::scenario;
use backprop_tutor::verify::{Answer, AnswerReading, read};

/// Twelve inputs and twelve units.
fn wide() -> Network {
    let row = format!("[{}]", ["0.1"; 12].join(","));
    let text = format!(
        r#"{{"loss": "output", "learning_rate": 1, "layers": [
            {{"activation": "tanh", "weights": [{}]}},
            {{"activation": "identity", "weights": [{}]}}], "sample": {{"x": {row}}}}}"#,
        [row.as_str(); 12].join(","),
        ["[1]"; 12].join(","),
    );
    scenario::read(text.as_bytes(), "wide").expect("a scenario").network
}

/// The answers of a table with two rows more, so that it is one.
fn answers(rows: &str) -> Vec<(String, f64)> {
    let network = wide();
    let text = format!("z1_in,0.1\nz2_in,0.2\n{rows}\n");
    let sheet = read(text.as_bytes(), "a table", &network).expect("a sheet");
    let number = |answer: &Answer| match &answer.reading {
        AnswerReading::Number(written) => (network.naming().plain(answer.name), written.value),
        AnswerReading::Unreadable(none) => panic!("{rows}: {none:?}"),
    };
    let answers: Vec<_> = sheet.answers.iter().map(number).collect();
    assert!(answers.len() >= 2 && sheet.unread.is_empty(), "{rows}: {:?}", sheet.unread);
    answers[2..].to_vec()
}

fn of(name: &str, value: f64) -> (String, f64) {
    (name.to_owned(), value)
}

#[test]
fn two_cells_are_one_name_where_something_follows() {
    assert_eq!(answers("dL/dW10,3,0.5"), [of("dL/dW10,3", 0.5)]);
    assert_eq!(answers("dL/dW10,3,0,5"), [of("dL/dW10,3", 0.5)]);
    assert_eq!(answers("W10,3_new,1.25"), [of("W10,3_new", 1.25)]);
    let two = [of("dL/dW10,3", 0.5), of("W10,3_new", 1.25)];
    assert_eq!(answers("dL/dW10,3,0.5,W10,3_new,1.25"), two);
    assert_eq!(answers("first,dL/dW10,3,0.5"), [of("dL/dW10,3", 0.5)]);
}

#[test]
fn a_name_without_an_answer_is_left_open() {
    assert_eq!(answers("W10,3_new"), []);
    assert_eq!(answers("W10,3_new,"), []);
    assert_eq!(answers("0.5,W10,3_new"), [of("W10,3_new", 0.5)]);
}
