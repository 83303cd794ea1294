//! Training takes all its memory before the first step.

use std::alloc::System;

use backprop_tutor::network::{Activation, Layer, Loss, Matrix, Network};
use backprop_tutor::train::{Data, Engine, Observations, Rule, engine, matrix_engine};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn network(sizes: &[usize]) -> Network {
    let layers = sizes.windows(2).map(|pair| {
        let mut weights = Matrix::with_columns(pair[1]);
        (0..pair[0]).for_each(|row| weights.push_row(&vec![0.01 * row as f64; pair[1]]));
        let activation = Activation::named("sigmoid").expect("it is known");
        Layer { activation, weights, biases: Some(vec![0.0; pair[1]]) }
    });
    let loss = Loss::named("half_squared_error").expect("it is known");
    Network { layers: layers.collect(), loss, own_names: None }
}

fn data(inputs: usize, outputs: usize, count: usize) -> Data<f64> {
    let mut data = Data::new(inputs, outputs);
    (0..count).for_each(|row| data.push(&vec![row as f64 / 99.0; inputs], &vec![0.5; outputs]));
    data
}

/// Without the harness of other tests: it has a thread of its own, which allocates when
/// it likes and would be counted along.
fn main() {
    let rule = Rule { rate: 0.1, mean: true, update_biases: true };
    for (sizes, batch) in [(&[2, 2, 1][..], 1), (&[30, 40, 5], 32), (&[30, 40, 5], 700)] {
        let network = network(sizes);
        let data = data(sizes[0], sizes[sizes.len() - 1], 1000);
        let mut engines: Vec<Box<dyn Engine<f64>>> = vec![
            engine(&network, batch, 1).expect("it can be trained"),
            matrix_engine(&network, batch, 1).expect("it can be trained"),
        ];
        let order: Vec<u32> = (0..1000).rev().collect();
        for engine in &mut engines {
            let region = Region::new(ALLOCATOR);
            engine.epochs(&data, None, batch, &rule, 3);
            engine.epochs(&data, Some(&order), batch, &rule, 3);
            engine.update(&data, Observations { first: 0, count: batch, order: None }, &rule);
            std::hint::black_box(engine.total_loss(&data));
            let change = region.change();
            assert_eq!((change.allocations, change.reallocations), (0, 0), "{sizes:?}, {batch}");
        }
    }
    let region = Region::new(ALLOCATOR);
    drop(std::hint::black_box(vec![1_u8; 10]));
    assert_eq!(region.change().allocations, 1, "allocations are counted");
}
