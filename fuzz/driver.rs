//! A search without instruments: an input is new if its target says something of
//! it that it said of no other.

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::targets::Target;

/// Bytes of an input.
const LONGEST: usize = 4096;

/// Inputs that are written back for a target.
const MOST_KEPT: usize = 60;

/// Kinds that are told apart for a target.
const MOST_KINDS: usize = 4000;

/// Executions between two looks at the clock.
const BATCH: usize = 64;

/// Pieces that mean something to one of the readers.
const PIECES: [&str; 44] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\u0000",
    "null",
    "true",
    "1e308",
    "-1e-308",
    "0.5",
    "-",
    "−",
    "δ1",
    "∂L/∂W11",
    "dL/dW(2)13",
    "z1_out",
    "f_in_new",
    "=",
    "≈",
    "\t",
    "\n",
    "\r\n",
    ";",
    "|",
    "$",
    "\\frac{1}{2}",
    "1/3",
    "1,5",
    "1'000",
    "%",
    "±",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "∞",
    "nan",
    "\"layers\"",
    "softmax",
    "Name: ",
    "  ",
    "tensor([[",
];

/// Numbers at random, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most.max(1)
    }
}

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Mutates the corpus of each target for its share of the time, and prints how many
/// executions that were.
pub(crate) fn run(targets: &[Target], corpus: &dyn Fn(&str) -> PathBuf) {
    let only = std::env::var("FUZZ_TARGET").ok();
    let picked: Vec<&Target> =
        targets.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == name)).collect();
    let share = Duration::from_secs(number("FUZZ_SECONDS", 30)) / picked.len() as u32;
    let (mut all, mut failed) = (0, Vec::new());
    for &&(name, target) in &picked {
        let mut search = Search::new(target, number("FUZZ_SEED", 1));
        for entry in fs::read_dir(corpus(name)).into_iter().flatten().flatten() {
            search.try_input(fs::read(entry.path()).unwrap_or_default());
        }
        let end = Instant::now() + share;
        while Instant::now() < end {
            for _ in 0..BATCH {
                let input = search.mutated();
                search.try_input(input);
            }
        }
        println!("{name}: {} executions, {} kinds", search.executions, search.kinds.len());
        all += search.executions;
        if number("FUZZ_KEEP", 0) > 0 {
            search.keep(&corpus(name));
        }
        failed.extend(search.failed.into_iter().map(|input| (name, input)));
    }
    println!("{all} executions in all");
    for (name, input) in &failed {
        println!("{name} panics at {:?}", String::from_utf8_lossy(input));
    }
    assert!(failed.is_empty(), "{} inputs fail", failed.len());
}

struct Search {
    target: fn(&[u8]) -> String,
    dice: Dice,
    executions: u64,
    /// The shortest input of each kind.
    kinds: BTreeMap<String, usize>,
    pool: Vec<Vec<u8>>,
    failed: Vec<Vec<u8>>,
}

impl Search {
    fn new(target: fn(&[u8]) -> String, seed: u64) -> Self {
        let dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let (kinds, pool, failed) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { target, dice, executions: 0, kinds, pool, failed }
    }

    fn try_input(&mut self, input: Vec<u8>) {
        self.executions += 1;
        let target = self.target;
        match catch_unwind(|| target(&input)) {
            Err(_) => {
                if self.failed.len() < 20 {
                    self.failed.push(input);
                }
            }
            Ok(kind) => match self.kinds.get(&kind) {
                Some(&at) if self.pool[at].len() > input.len() => self.pool[at] = input,
                Some(_) => {}
                None if self.pool.len() >= MOST_KINDS => {}
                None => {
                    self.kinds.insert(kind, self.pool.len());
                    self.pool.push(input);
                }
            },
        }
    }

    fn mutated(&mut self) -> Vec<u8> {
        let at = self.dice.below(self.pool.len());
        let mut input = self.pool.get(at).cloned().unwrap_or_default();
        for _ in 0..=self.dice.below(4) {
            self.mutate(&mut input);
        }
        input.truncate(LONGEST);
        input
    }

    fn mutate(&mut self, input: &mut Vec<u8>) {
        let at = self.dice.below(input.len() + 1);
        let end = (at + 1 + self.dice.below(12)).min(input.len());
        match self.dice.below(7) {
            0 if at < input.len() => input[at] ^= 1 << self.dice.below(8),
            1 => drop(input.drain(at.min(end)..end)),
            2 => {
                let piece = input[at.min(end)..end].to_vec();
                let to = self.dice.below(input.len() + 1);
                input.splice(to..to, piece);
            }
            3 => {
                let other = self.dice.below(self.pool.len());
                let other = self.pool.get(other).cloned().unwrap_or_default();
                let from = self.dice.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            4 if at < input.len() => input[at] = b"0123456789.-eE"[self.dice.below(14)],
            _ => {
                let piece = PIECES[self.dice.below(PIECES.len())];
                let until = if self.dice.below(2) == 0 { at } else { at.max(end) };
                input.splice(at..until, piece.bytes());
            }
        }
    }

    /// Writes the shortest inputs, under names that tell their order.
    fn keep(&self, folder: &std::path::Path) {
        let mut inputs: Vec<&Vec<u8>> = self.pool.iter().collect();
        inputs.sort_by_key(|input| (input.len(), *input));
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("the corpus can be written");
        // Short and long ones, evenly.
        let step = inputs.len().div_ceil(MOST_KEPT).max(1);
        for (at, input) in inputs.iter().step_by(step).enumerate() {
            fs::write(folder.join(format!("{at:02}")), input).expect("the corpus can be written");
        }
    }
}
