//! How long marking takes: reading a full sheet of the lecture's XOR net, and
//! checking it, each on its own. `cargo bench --bench marking`

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::scenario;
use backprop_tutor::verify::{Marker, MarkingRules, SheetReader, for_each_asked, read};
use criterion::{Criterion, criterion_group, criterion_main};
use std::fmt::Write;
use std::hint::black_box;

fn marking(c: &mut Criterion) {
    let scenario = scenario::load("xor").expect("the binary carries it");
    let exercise = scenario.exercise(0);
    let settings = Settings { apply: true, ..Settings::default() };
    let lesson = Lesson::new(exercise, settings).expect("finite");
    let mut right = String::new();
    let Ok(()) = for_each_asked(&lesson, |_, name| {
        let _ = writeln!(right, "{} = {}", lesson.naming().plain(name), lesson.text(name, 4));
        Ok::<(), std::convert::Infallible>(())
    });
    // One slip at the residual, and what follows of it.
    let wrong = right.replace("dL/df_out = -0.2447", "dL/df_out = 0.2447");
    assert_ne!(right, wrong, "the slip is in the sheet");
    // Nothing but gradients, with the other sign: the slip lies behind them.
    let gradients =
        right.lines().filter(|line| line.starts_with("dL/dW") || line.starts_with("dL/du"));
    let behind: String = gradients.map(|line| line.replace("= -", "= +") + "\n").collect();
    let behind = behind.replace("= 0.0", "= -0.0").replace('+', "");
    let network = &scenario.network;
    let marker = Marker::new(&lesson, MarkingRules::asking(4));

    let reader = SheetReader::new(network);
    c.bench_function("read a sheet", |b| {
        b.iter(|| reader.read(black_box(right.as_bytes()), "sheet").expect("it reads"));
    });
    c.bench_function("read a sheet in the general way", |b| {
        b.iter(|| read(black_box(right.as_bytes()), "sheet", network).expect("it reads"));
    });
    c.bench_function("prepare marking", |b| {
        b.iter(|| Marker::new(black_box(&lesson), MarkingRules::asking(4)));
    });
    for (name, text) in [
        ("check a right sheet", &right),
        ("check a sheet with a slip", &wrong),
        ("check gradients with a slip behind", &behind),
    ] {
        let sheet = read(text.as_bytes(), "sheet", network).expect("it reads");
        c.bench_function(name, |b| b.iter(|| marker.mark(black_box(&sheet))));
    }
}

criterion_group!(benches, marking);
criterion_main!(benches);
