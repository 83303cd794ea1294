//! Pictures of networks: what is lit is what is told, nothing covers anything
//! else, and nothing of a file acts.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use backprop_tutor::document::figure::chain::{self, KnownBy};
use backprop_tutor::document::figure::{Detail, Figure};
use backprop_tutor::export::{svg, tikz};
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, Symbol};
use backprop_tutor::scenario::{self, Scenario};
use backprop_tutor::typeset::paper::{self, Drawing, PaperShape, Seg, What};
use roxmltree::{Document, Node};

const SHIPPED: [&str; 14] = [
    "xor",
    "xor-batch",
    "mazur",
    "deep",
    "neuron",
    "digits",
    "relu-dead",
    "softmax-cross-entropy",
    "softmax-regression",
    "tanh-bce",
    "han-kamber",
    "insper-tanh",
    "pythonandml",
    "whathow-bce",
];

fn lesson(scenario: &Scenario) -> Lesson<'_> {
    let exercise = scenario.exercise(0);
    Lesson::new(exercise, Settings::default()).unwrap()
}

/// The figure at a term of a chain, with room for all that will be known.
fn at_term<'a>(lesson: &'a Lesson<'a>, name: Name, term: Option<usize>) -> Figure<'a> {
    let moment = KnownBy::of(lesson, name, term.is_none());
    let known = move |name| (moment.knows(name) && lesson.has(name)).then(|| lesson.text(name, 4));
    let room = |name| lesson.has(name).then(|| lesson.text(name, 4));
    let highlight = chain::highlight(lesson, name, term).unwrap();
    Figure::new(lesson.network(), known).with_room(room).lit(highlight)
}

/// The gradients whose chains are walked, as far as the weight is shown.
fn walked(lesson: &Lesson<'_>) -> Vec<Name> {
    let mut walked = Vec::new();
    lesson.for_each_parameter(|parameter| {
        if matches!(parameter, Symbol::Weight { from: 0, to: 0, .. }) {
            walked.push(Name::loss_by(parameter));
        }
    });
    walked
}

fn groups<'a>(document: &'a Document<'a>, class: &str) -> Vec<Node<'a, 'a>> {
    let has = |node: &Node<'_, '_>| {
        node.attribute("class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
    };
    document.descendants().filter(has).collect()
}

fn names(nodes: &[Node<'_, '_>], attribute: &str) -> BTreeSet<String> {
    let values = nodes.iter().filter_map(|node| node.attribute(attribute));
    values.flat_map(|names| names.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn every_weight_has_its_edge_and_every_id_is_its_own() {
    for name in SHIPPED {
        let scenario = scenario::load(name).unwrap();
        let lesson = lesson(&scenario);
        let figure =
            Figure::new(lesson.network(), |name| lesson.has(name).then(|| lesson.text(name, 4)));
        let all = svg::SvgSettings { detail: Detail::ALL, ..svg::SvgSettings::default() };
        let large = lesson.network().parameters() > 200;
        let settings = if large { svg::SvgSettings::default() } else { all };
        let text = svg::figure(&figure, settings);
        let document = Document::parse(&text).unwrap();
        let ids: Vec<&str> =
            document.descendants().filter_map(|node| node.attribute("id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}: ids");
        if large {
            continue;
        }
        let weights = names(&groups(&document, "bt-weight"), "data-name");
        let links = names(&groups(&document, "bt-lead"), "data-links");
        lesson.for_each_parameter(|parameter| {
            let ours = lesson.naming().ours();
            let (Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit }) = parameter
            else {
                unreachable!("a parameter is a weight or a bias")
            };
            let link = Name::derivative(Symbol::In { layer, unit }, parameter);
            assert!(weights.contains(&ours.plain(parameter.into())), "{name}: {parameter:?}");
            assert!(links.contains(&ours.plain(link)), "{name}: {link:?}");
        });
    }
}

#[test]
fn the_lit_link_is_the_current_term_and_no_two_terms_look_the_same() {
    for name in SHIPPED {
        let scenario = scenario::load(name).unwrap();
        let lesson = lesson(&scenario);
        let naming = lesson.naming().ours();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for gradient in walked(&lesson) {
            let factors = chain::factors(&lesson, gradient);
            for (term, &factor) in (1..).zip(&factors) {
                let figure = at_term(&lesson, gradient, Some(term));
                let text = svg::figure(&figure, svg::SvgSettings::default());
                let document = Document::parse(&text).unwrap();
                let what = format!("{name}, {} term {term}", naming.plain(gradient));
                let current = groups(&document, "bt-current");
                let number: Vec<_> = groups(&document, "bt-number")
                    .into_iter()
                    .filter(|n| current.contains(n))
                    .collect();
                assert_eq!(names(&number, "data-name"), BTreeSet::from([naming.plain(factor)]));
                assert_eq!(
                    number[0].text().or(number[0].descendants().find_map(|n| n.text())),
                    Some(term.to_string().as_str()),
                    "{what}"
                );
                // All that is lit belongs to the term, and all of the term is lit.
                let net = figure.net(Detail::READABLE);
                let of_term: BTreeSet<String> = net
                    .links_of(lesson.network(), factor)
                    .into_iter()
                    .map(|link| naming.plain(link))
                    .collect();
                assert!(!of_term.is_empty(), "{what}: nothing is lit");
                let lines: Vec<_> =
                    current.iter().filter(|n| n.attribute("data-links").is_some()).collect();
                for line in &lines {
                    let links = names(&[**line], "data-links");
                    assert!(!links.is_disjoint(&of_term), "{what}: {links:?} is lit");
                }
                let lit: Vec<_> = lines.into_iter().copied().collect();
                assert!(of_term.is_subset(&names(&lit, "data-links")), "{what}: {of_term:?}");
                // The picture itself, without what it says in words.
                let picture = text.split("</desc>").nth(1).unwrap().to_owned();
                if let Some(other) = seen.insert(picture, what.clone()) {
                    panic!("{what} looks like {other}");
                }
                assert_eq!(groups(&document, "bt-number").len(), term, "{what}: numbers");
            }
        }
    }
}

/// Boxes that a reader must be able to tell apart: texts, with the item they are
/// in.
fn text_boxes(drawing: &Drawing) -> Vec<(usize, [f64; 4])> {
    let mut boxes = Vec::new();
    for (at, item) in drawing.items.iter().enumerate() {
        for shape in &item.shapes {
            match shape {
                PaperShape::Text(text) => {
                    let (left, top, right, bottom) = text.bounds();
                    boxes.push((at, [left, top, right, bottom]));
                }
                PaperShape::Disc { x, y, .. } => {
                    boxes.push((at, [x - 8.5, y - 8.5, x + 8.5, y + 8.5]));
                }
                PaperShape::Path { .. } | PaperShape::Pill { .. } => {}
            }
        }
    }
    boxes
}

fn meet(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Points of a line, close to each other.
fn points(from: (f64, f64), segs: &[Seg]) -> Vec<(f64, f64)> {
    let mut at = from;
    let mut points = Vec::new();
    for seg in segs {
        let (a, b, end) = match *seg {
            Seg::Line(end) => (at, end, end),
            Seg::Curve(a, b, end) => (a, b, end),
        };
        for step in 0..=40 {
            let t = f64::from(step) / 40.0;
            let s = 1.0 - t;
            let mix = |p: f64, q: f64, r: f64, e: f64| {
                s * s * s * p + 3.0 * s * s * t * q + 3.0 * s * t * t * r + t * t * t * e
            };
            points.push((mix(at.0, a.0, b.0, end.0), mix(at.1, a.1, b.1, end.1)));
        }
        at = end;
    }
    points
}

fn check_geometry(drawing: &Drawing, what: &str) {
    let boxes = text_boxes(drawing);
    for (at, &(item, a)) in boxes.iter().enumerate() {
        assert!(
            a[0] >= 0.0 && a[1] >= 0.0 && a[2] <= drawing.width && a[3] <= drawing.height,
            "{what}: {a:?} is outside of {} x {}",
            drawing.width,
            drawing.height
        );
        for &(other, b) in &boxes[at + 1..] {
            assert!(
                !meet(a, b),
                "{what}: {:?} {:?} meets {:?} {:?}: {a:?} {b:?}",
                drawing.items[item].what,
                drawing.items[item].name,
                drawing.items[other].what,
                drawing.items[other].name
            );
        }
    }
    for line in &drawing.items {
        if !matches!(line.what, What::Wire | What::Lead | What::Within) {
            continue;
        }
        for shape in &line.shapes {
            let PaperShape::Path { from, segs, .. } = shape else { continue };
            for (x, y) in points(*from, segs) {
                for &(item, [left, top, right, bottom]) in &boxes {
                    if matches!(drawing.items[item].what, What::Number) {
                        continue;
                    }
                    assert!(
                        !(x > left && x < right && y > top && y < bottom),
                        "{what}: {:?} runs through {:?} {:?}",
                        line.name,
                        drawing.items[item].what,
                        drawing.items[item].name
                    );
                }
            }
        }
    }
}

/// A scenario of this shape, with numbers that fill their places.
fn shaped(shape: &[usize]) -> Scenario {
    let layers = shape.windows(2).map(|pair| {
        let row = |from: usize| -> Vec<f64> {
            (0..pair[1]).map(|to| ((from * 7 + to * 13) % 19) as f64 / 10.0 - 0.9123).collect()
        };
        let weights: Vec<Vec<f64>> = (0..pair[0]).map(row).collect();
        format!(
            r#"{{ "activation": "sigmoid", "weights": {weights:?}, "biases": {:?} }}"#,
            row(pair[0])
        )
    });
    let layers: Vec<String> = layers.collect();
    let x: Vec<f64> = (0..shape[0]).map(|at| at as f64 / 10.0 - 0.25).collect();
    let y = vec![1.0; shape[shape.len() - 1]];
    let text = format!(
        r#"{{ "title": "T", "digits": 4, "learning_rate": 0.5, "loss": "half_squared_error",
            "layers": [{}], "sample": {{ "x": {x:?}, "y": {y:?} }} }}"#,
        layers.join(",")
    );
    scenario::read(text.as_bytes(), "shaped").unwrap()
}

#[test]
fn nothing_covers_anything_else() {
    let shapes: [&[usize]; 9] = [
        &[2, 2, 1],
        &[2, 2, 2],
        &[2, 3, 2, 2, 1],
        &[3, 2, 2],
        &[2, 3],
        &[1, 1],
        &[5, 4, 3],
        &[64, 32, 10],
        &[3, 3, 3, 3, 3, 3, 3, 3, 3],
    ];
    for shape in shapes {
        let scenario = shaped(shape);
        check_all(&scenario, &format!("{shape:?}"));
    }
    for name in SHIPPED {
        check_all(&scenario::load(name).unwrap(), name);
    }
}

fn check_all(scenario: &Scenario, what: &str) {
    let lesson = lesson(scenario);
    let mut sizes = BTreeSet::new();
    for gradient in walked(&lesson) {
        let terms = chain::factors(&lesson, gradient).len();
        for term in (1..=terms).map(Some).chain([None]) {
            let drawing = paper::draw(&at_term(&lesson, gradient, term), Detail::READABLE);
            check_geometry(&drawing, &format!("{what} {gradient:?} {term:?}"));
            sizes.insert(format!("{} x {}", drawing.width, drawing.height));
        }
    }
    let plain = Figure::new(lesson.network(), |name| {
        let is_pass = !matches!(name, Name::Derivative { .. });
        (is_pass && lesson.has(name)).then(|| lesson.text(name, 4))
    });
    check_geometry(&paper::draw(&plain, Detail::READABLE), what);
    // A large network shows other units for other weights.
    if lesson.network().parameters() <= 60 {
        assert_eq!(sizes.len(), 1, "{what}: pictures of one lesson have one size: {sizes:?}");
    }
}

#[test]
fn what_is_written_is_as_it_was() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, arguments) in [
            ("xor-svg", "xor"),
            ("xor-W11-3-svg", "xor --highlight dL/dW11 --term 3"),
            ("xor-W11-3-tikz", "xor --highlight dL/dW11 --term 3 --format tikz"),
            ("xor-u1-tikz-mono", "xor --highlight u1 --format tikz --mono"),
            ("deep-1-svg", "deep --highlight dL/dW(1)11 --term 1"),
            ("softmax-1-tikz", "softmax-cross-entropy --highlight dL/dU11 --term 1 --format tikz"),
        ] {
            insta::assert_snapshot!(name, program(arguments));
        }
    });
}

fn run(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .arg("figure")
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .output()
        .unwrap()
}

fn program(arguments: &str) -> String {
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    let output = run(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_file_is_written_as_a_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("xor.svg");
    let file = path.to_str().unwrap();
    let output = run(&["xor", "--output", file]);
    assert!(output.status.success() && output.stdout.is_empty());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), program("xor"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let nowhere = folder.path().join("no/such/place.svg");
    let output = run(&["xor", "--output", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: --output: cannot write"));
}

#[test]
fn what_cannot_be_lit_is_said() {
    for (arguments, why) in [
        (
            &["xor", "--highlight", "q"][..],
            "error: --highlight q: this network has no such quantity\n  help: names look like z1_in, dL/df_out, dL/dW11\n",
        ),
        (
            &["xor", "--highlight", "dL/dW11", "--term", "6"],
            "error: --term 6: dL/dW11: its chain has 5 terms\n",
        ),
        (
            &["xor", "--highlight", "z1_in", "--term", "1"],
            "error: --term 1: z1_in: it is no derivative of the loss, so it has no chain of terms\n",
        ),
        (
            &["xor", "--highlight", "alpha"],
            "error: --highlight alpha: the learning rate has no place in the network\n",
        ),
        (
            &["xor", "--output", "-"],
            "error: --output -: give the path of a file, or leave it out for standard output\n",
        ),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), why);
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_hostile_title_is_shown_and_does_nothing() {
    let title = "</title><script>alert(1)</script> \\\\input{x} $%_#& ]]> \\u001b[31m\\u202e \\r\\n\\\\end{document} ^^M";
    let names = r#""names": { "w_a(1)": "W11", "E_": "L", "a__b": "z1_in" }, "digits""#;
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/xor.json"))
            .unwrap();
    let text = text.replacen("XOR: one forward and one backward pass", title, 1);
    let text = text.replacen("\"digits\"", names, 1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.json");
    std::fs::write(&path, text).unwrap();
    let file = path.to_str().unwrap();
    let shown = String::from_utf8(run(&[file]).stdout).unwrap();
    let document = Document::parse(&shown).unwrap();
    assert!(document.descendants().all(|node| !node.has_tag_name("script")));
    let title = document.descendants().find(|node| node.tag_name().name() == "title").unwrap();
    assert!(title.text().unwrap().starts_with("</title><script>alert(1)</script> \\input{x}"));
    assert!(!shown.contains(['\u{1b}', '\u{202e}']));
    let tikz =
        String::from_utf8(run(&[file, "--format", "tikz", "--highlight", "W11"]).stdout).unwrap();
    let first = tikz.lines().next().unwrap();
    assert!(first.starts_with("% </title>") && first.contains("\\end{document}"), "{first}");
    assert!(!first.contains("^^"));
    assert_eq!(tikz.matches("\\end{document}").count(), 2, "one in the comment, one of ours");
    assert!(tikz.contains("\\mathrm{w\\_a(1)}"));
}

/// The gallery of the README: the file, and what makes it.
const PICTURES: [(&str, &str); 5] = [
    ("xor.svg", "xor"),
    ("xor-W11-3.svg", "xor --highlight dL/dW11 --term 3"),
    ("xor-W11.svg", "xor --highlight dL/dW11"),
    ("softmax-U11-1.svg", "softmax-cross-entropy --highlight dL/dU11 --term 1"),
    ("deep-W11-1.svg", "deep --highlight dL/dW(1)11 --term 1"),
];

#[test]
fn the_pictures_of_the_readme_are_what_the_program_draws() {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (file, arguments) in PICTURES {
        let path = folder.join(file);
        let drawn = program(arguments);
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            std::fs::write(&path, &drawn).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            drawn,
            "{file}: UPDATE_PICTURES=1 writes it anew"
        );
    }
}

#[test]
fn a_picture_alone_needs_the_styles_of_its_document() {
    let scenario = scenario::load("xor").unwrap();
    let lesson = lesson(&scenario);
    let u1 = Name::loss_by(Symbol::Weight { layer: 1, from: 0, to: 0 });
    let picture = tikz::picture(&at_term(&lesson, u1, Some(2)), Detail::READABLE);
    assert!(picture.starts_with("\\begin{tikzpicture}[bt picture]"));
    assert!(!picture.contains("\\tikzset") && !picture.contains("documentclass"));
    for style in
        picture.split(['[', ',', ']']).map(str::trim).filter(|style| style.starts_with("bt "))
    {
        for mono in [false, true] {
            assert!(tikz::styles(mono).contains(&format!("{style}/.style")), "{style}");
        }
    }
}
