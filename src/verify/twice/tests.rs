use super::*;
use crate::expr::{minus, product, times};
use crate::name::Symbol;
use crate::num::Precision;
use crate::verify::hull::hull;

fn a() -> Expr {
    Symbol::Out { layer: 0, unit: 0 }.into()
}

fn a_name() -> Name {
    Symbol::Out { layer: 0, unit: 0 }.into()
}

fn slope() -> Expr {
    times(a(), minus(Expr::from(1.0), a()))
}

fn four_decimals() -> WorkingScale {
    WorkingScale::asked(Precision::Decimals(4))
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[test]
fn memory_and_paper_may_be_mixed() {
    for at in 0..200 {
        let memory = 0.0137 + f64::from(at) * 0.004_913;
        let around = Interval::around(memory, 2e-4);
        for paper in [None, Some(rounded(memory))] {
            let held = |_| MemoryAndPaper { memory: around, paper };
            let slope = bounds(&slope(), four_decimals(), &held).expect("it stands twice");
            let both = [memory, rounded(memory)];
            for (first, second) in both.iter().flat_map(|a| both.map(|b| (*a, b))) {
                for rest in [1.0 - second, rounded(1.0 - second)] {
                    let worked = first * rest;
                    assert!(slope.contains(worked), "{first}·{rest} is not in {slope:?}");
                }
            }
            let signal = product([minus(a(), Expr::from(2.0)), a(), minus(Expr::from(1.0), a())]);
            let signal = bounds(&signal, four_decimals(), &held).expect("it stands thrice");
            let worked = [
                (memory - 2.0) * rounded(rounded(memory) * (1.0 - memory)),
                rounded((memory - 2.0) * rounded(memory)) * rounded(1.0 - memory),
            ];
            assert!(worked.iter().all(|worked| signal.contains(*worked)), "{signal:?}");
        }
    }
}

#[test]
fn two_far_numbers_for_one_quantity_are_out_of_reach() {
    let memory = Interval::around(0.5226, 2e-4);
    let held = |_| MemoryAndPaper { memory, paper: None };
    let narrow = bounds(&slope(), four_decimals(), &held).expect("it stands twice");
    assert!(narrow.hi < 0.24954 && narrow.lo > 0.24944, "{narrow:?}");
    // 0.5228·(1 - 0.5224)
    assert!(hull(&slope(), four_decimals(), &|_| memory).hi > 0.24968);
}

#[test]
fn bounds_are_what_memory_and_paper_can_differ_by_and_no_more() {
    let (m, r, half) = (0.5226, 2e-4, 5e-5);
    let held = |_| MemoryAndPaper { memory: Interval::around(m, r), paper: None };
    let found = bounds(&slope(), four_decimals(), &held).expect("it stands twice");
    // What both have in common nearly cancels; what shortening one of them adds does not,
    // and it is most where the other is largest.
    let radius = (1.0 - 2.0 * m).abs() * r + half * m + r * (r + half);
    let expected = Interval::around(m * (1.0 - m), radius);
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    assert!(close(found.lo, expected.lo) && close(found.hi, expected.hi), "{found:?}");
    // Written down as 0.5226, it is that on paper, and both may be in memory.
    let held = |_| MemoryAndPaper { memory: Interval::around(m, r), paper: Some(m) };
    let found = bounds(&slope(), four_decimals(), &held).expect("it stands twice");
    let expected = Interval::around(m * (1.0 - m), r * m);
    assert!(close(found.lo, expected.lo) && close(found.hi, expected.hi), "{found:?}");
    let both_in_memory = (m - r) * (1.0 - (m - r));
    assert!(found.contains(both_in_memory));
}

#[test]
fn long_formulas_and_many_places_are_left_alone() {
    let others = |count: u32| (0..count).map(|unit| Expr::from(Symbol::Out { layer: 1, unit }));
    let of = |count: u32| repeated(&crate::expr::sum([a(), a()].into_iter().chain(others(count))));
    assert_eq!(of(10).map(|(names, places)| (names.len(), places)), Some((1, 2)));
    assert_eq!(of(11), None);
    let times_over = |count: usize| repeated(&product(std::iter::repeat_n(a(), count)));
    assert_eq!(times_over(6).map(|(_, places)| places), Some(6));
    assert_eq!(times_over(7), None);
    let two = product([a(), Symbol::Loss.into(), a(), Symbol::Loss.into()]);
    assert_eq!(repeated(&two).map(|(names, places)| (names.len(), places)), Some((2, 4)));
}

#[test]
fn who_cuts_off_or_counts_digits_rounds_what_is_left_of_one() {
    // With three significant digits 1 - 0.953 is 0.047, and 1 - 0.95338 is 0.0466.
    let held = |_| MemoryAndPaper { memory: Interval::point(0.95338), paper: None };
    let three = WorkingScale::asked(Precision::Significant(3));
    let found = bounds(&slope(), three, &held).expect("it stands twice");
    for worked in [0.95338 * 0.0466, 0.953 * 0.0466, 0.953 * 0.047, 0.95338 * 0.04662] {
        assert!(found.contains(worked), "{worked} is not in {found:?}");
    }
    let cutting = four_decimals().cutting_off();
    let held = |_| MemoryAndPaper { memory: Interval::point(0.522_48), paper: None };
    let found = bounds(&slope(), cutting, &held).expect("it stands twice");
    for worked in [0.5224 * 0.4775, 0.5224 * 0.4776, 0.522_48 * 0.4776, 0.522_48 * 0.4775] {
        assert!(found.contains(worked), "{worked} is not in {found:?}");
    }
}

#[test]
fn nothing_is_known_where_no_quantity_stands_twice() {
    let held = |_| MemoryAndPaper { memory: Interval::point(0.5), paper: None };
    let alone = times(a(), Symbol::Loss);
    assert_eq!(bounds(&alone, four_decimals(), &held), None);
    // What is given is the same for everybody.
    let given = times(Symbol::Input(0), Symbol::Input(0));
    assert_eq!(bounds(&given, four_decimals(), &held), None);
}

/// Dice that fall the same way every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }
}

/// Somebody who works a formula with `memory` of each quantity, or what is on paper, and
/// rounds results on the way or does not.
fn worked(expr: &Expr, dice: &mut Dice, memory: &dyn Fn(Name) -> f64) -> f64 {
    match expr {
        Expr::Number(number) => *number,
        Expr::Leaf(name) if dice.below(2) == 0 => memory(*name),
        Expr::Leaf(name) => rounded(memory(*name)),
        Expr::Apply(op, operands) => {
            let perhaps = |value: f64, dice: &mut Dice| {
                if dice.below(2) == 0 { value } else { rounded(value) }
            };
            let mut values: Vec<f64> = Vec::new();
            for operand in operands {
                let value = worked(operand, dice, memory);
                values.push(if is_rounded(operand) { perhaps(value, dice) } else { value });
            }
            if !matches!(op, Op::Product | Op::Sum) {
                return op.apply(&values);
            }
            while values.len() > 2 {
                // A sum from left to right, a product in any order.
                let at = if *op == Op::Sum { 0 } else { dice.below(values.len() as u64 - 1) };
                let next = values.remove(at as usize + 1);
                let both = op.apply(&[values[at as usize], next]);
                values[at as usize] = perhaps(both, dice);
            }
            op.apply(&values)
        }
    }
}

#[test]
fn bounds_hold_whoever_works_it_and_little_else() {
    use crate::expr::{exp, negative, square, sum};
    let b = || Expr::from(Symbol::Loss);
    let rest = || minus(Expr::from(1.0), a());
    let formulas = [
        product([minus(a(), Expr::from(2.0)), a(), rest()]),
        negative(product([a(), b(), rest()])),
        product([Expr::from(-1.0), a(), rest()]),
        product([a(), rest(), b(), Expr::from(3.0)]),
        sum([square(a()), times(a(), b()), b(), a()]),
        sum([negative(a()), b(), a(), negative(square(b()))]),
        times(exp(a()), rest()),
    ];
    let middle = |name: Name| if name == Symbol::Loss.into() { 1.3126 } else { 0.3124 };
    let range = 3e-4;
    let held = |name| MemoryAndPaper { memory: Interval::around(middle(name), range), paper: None };
    let mut dice = Dice(7);
    for formula in formulas {
        let found = bounds(&formula, four_decimals(), &held).expect("it stands twice");
        let mut seen: Option<Interval> = None;
        for _ in 0..20_000 {
            let off = |dice: &mut Dice| (dice.below(2_001) as f64 / 1_000.0 - 1.0) * range;
            // Most are found where what is in memory is far off.
            let off = |dice: &mut Dice| {
                let off = off(dice);
                if dice.below(2) == 0 { off } else { range.copysign(off) }
            };
            let (of_a, of_b) = (off(&mut dice), off(&mut dice));
            let memory =
                |name: Name| middle(name) + if name == Symbol::Loss.into() { of_b } else { of_a };
            let value = worked(&formula, &mut dice, &memory);
            assert!(found.contains(value), "{formula:?}: {value} is not in {found:?}");
            let value = Interval::point(value);
            seen = Some(seen.map_or(value, |seen| seen.hull(value)));
        }
        let seen = seen.expect("somebody worked it");
        // Of other operators only their bounds are known, not what moves them.
        if matches!(&formula, Expr::Apply(_, operands) if matches!(operands[0], Expr::Apply(Op::Exp, _)))
        {
            continue;
        }
        assert!(found.width() < 1.7 * seen.width(), "{formula:?}: {found:?}, {seen:?} are seen");
        let aside = (found.middle() - seen.middle()).abs();
        assert!(aside < 0.1 * seen.width(), "{formula:?}: {found:?}, {seen:?} are seen");
    }
}

#[test]
fn several_quantities_may_stand_twice() {
    let quantities = [Symbol::Out { layer: 0, unit: 0 }, Symbol::Loss, Symbol::Term(0)];
    let middles = [0.3124, 1.3126, 2.0127];
    let at = |name: Name| quantities.iter().position(|quantity| name == (*quantity).into());
    let middle = |name: Name| middles[at(name).expect("one of them")];
    let held = |name| MemoryAndPaper { memory: Interval::around(middle(name), 3e-4), paper: None };
    let pairs = |count: usize| {
        let pairs = quantities[..count].iter().enumerate().flat_map(|(at, quantity)| {
            [Expr::from(*quantity), minus(Expr::from(1.0 + at as f64), Expr::from(*quantity))]
        });
        pairs.collect::<Vec<_>>()
    };
    let with_exp = |count: usize| {
        let mut factors = pairs(count);
        factors[0] = crate::expr::exp(a());
        factors
    };
    // The others stand once.
    let alone = crate::expr::sum([slope(), Symbol::Loss.into(), Symbol::Term(0).into()]);
    let mut dice = Dice(11);
    // Of other operators only their bounds are known, not what moves them.
    for (formula, most) in [
        (product(pairs(2)), 2.0),
        (product(pairs(3)), 2.0),
        (product(with_exp(2)), 5.0),
        (product(with_exp(3)), 5.0),
        (alone, 2.0),
    ] {
        let found = bounds(&formula, four_decimals(), &held).expect("they stand twice");
        let mut seen = Interval::point(found.middle());
        for _ in 0..20_000 {
            let off = [0; 3].map(|_| if dice.below(2) == 0 { 3e-4 } else { -3e-4 });
            let memory = |name: Name| middle(name) + off[at(name).expect("one of them")];
            let value = worked(&formula, &mut dice, &memory);
            assert!(found.contains(value), "{formula:?}: {value} is not in {found:?}");
            seen = seen.hull(Interval::point(value));
        }
        assert!(found.width() < most * seen.width(), "{formula:?}: {found:?}, {seen:?} are seen");
    }
}

#[test]
fn running_totals_may_be_rounded_and_ones_change_nothing() {
    let of = |value: f64| {
        move |_| MemoryAndPaper { memory: Interval::point(value), paper: Some(rounded(value)) }
    };
    // 0.31244 + 0.31244 = 0.62488, rounded, and two more.
    let formula = crate::expr::sum([a(), a(), Expr::from(0.2), Expr::from(0.1)]);
    let found = bounds(&formula, four_decimals(), &of(0.31244)).expect("it stands twice");
    for total in [0.9249, 0.92488, 0.9248, 0.92484] {
        assert!(found.contains(total), "{total} is not in {found:?}");
    }
    assert!(found.width() < 2.5e-4, "{found:?}");
    // As the total before the last is.
    let formula = crate::expr::sum([Expr::from(0.2), a(), a()]);
    let found = bounds(&formula, four_decimals(), &of(0.31246)).expect("it stands twice");
    assert!(found.contains(0.5125 + 0.3125) && found.contains(0.82492), "{found:?}");
    let ones = bounds(&times(a(), a()), four_decimals(), &of(1.0)).expect("it stands twice");
    assert!(ones.contains(1.0) && ones.width() < 1e-12, "{ones:?}");
    // The last of twelve quantities is one of them.
    let others = (0..10).map(|unit| Expr::from(Symbol::Out { layer: 1, unit }));
    let around = crate::expr::sum([a()].into_iter().chain(others).chain([a()]));
    assert_eq!(repeated(&around).map(|(_, places)| places), Some(2));
}

#[test]
fn what_has_more_digits_than_are_kept_is_shortened_on_the_way() {
    // With three significant digits 10.4 + 0.0123 is 10.4.
    let held = |name| {
        let value = if name == a_name() { 10.4 } else { 0.0123 };
        MemoryAndPaper { memory: Interval::point(value), paper: Some(value) }
    };
    let three = WorkingScale::asked(Precision::Significant(3));
    let formula = times(crate::expr::sum([a(), Symbol::Loss.into()]), a());
    let found = bounds(&formula, three, &held).expect("it stands twice");
    assert!(found.contains(10.4 * 10.4) && found.contains(10.4123 * 10.4), "{found:?}");
    // With four decimals 0.3124 + 0.12345 is 0.4359, or cut off 0.4358.
    let held = |name| {
        let value = if name == a_name() { 0.3124 } else { 0.12345 };
        MemoryAndPaper { memory: Interval::point(value), paper: Some(value) }
    };
    let found = bounds(&formula, four_decimals(), &held).expect("it stands twice");
    assert!(found.contains(0.4359 * 0.3124) && found.contains(0.4358 * 0.3124), "{found:?}");
    // A running total is one of these.
    let formula = crate::expr::sum([Symbol::Loss.into(), a(), a()]);
    let found = bounds(&formula, four_decimals(), &held).expect("it stands twice");
    assert!(found.contains(0.4359 + 0.3124) && found.contains(0.4358 + 0.3124), "{found:?}");
}

#[test]
fn what_is_left_of_one_may_have_a_larger_unit() {
    // With three significant digits 1 - 0.04662 is 0.953.
    let held = |_| MemoryAndPaper { memory: Interval::point(0.046_62), paper: None };
    let three = WorkingScale::asked(Precision::Significant(3));
    let found = bounds(&slope(), three, &held).expect("it stands twice");
    assert!(found.contains(0.046_62 * 0.953) && found.contains(0.0466 * 0.953), "{found:?}");
}

#[test]
fn nought_times_anything_is_nought_however_it_is_shortened() {
    let of = |value| MemoryAndPaper { memory: Interval::point(value), paper: None };
    let held = |name| if name == a_name() { of(0.3124) } else { of(0.0) };
    let nothing = times(Symbol::Loss, Symbol::Term(0));
    let formula = crate::expr::sum([nothing, a(), a()]);
    let found = bounds(&formula, four_decimals(), &held).expect("it stands twice");
    // Half a unit for each of the others.
    assert!(found.contains(0.6248) && found.width() < 2.1e-4, "{found:?}");
}

#[test]
fn four_factors_are_multiplied_in_every_order_and_five_from_either_end() {
    // Only who begins with the two small ones loses both, to one decimal: 10·10·0.1.
    let (ten, small) = (Interval::point(10.0), Interval::point(0.04));
    let held = |name| {
        let memory = if name == a_name() { ten } else { small };
        MemoryAndPaper { memory, paper: Some(memory.lo) }
    };
    let tenths = WorkingScale::asked(Precision::Decimals(1));
    let (b, c) = (Expr::from(Symbol::Loss), Expr::from(Symbol::Term(0)));
    let four = [a(), b, c, a()];
    let found = bounds(&product(four.clone()), tenths, &held).expect("it stands twice");
    assert!(found.lo < -4.5 && found.hi > 4.5, "{found:?}");
    let five = product(four.into_iter().chain([Expr::from(3.0)]));
    let found = bounds(&five, tenths, &held).expect("it stands twice");
    assert!(found.lo > -3.0 && found.hi < 3.0, "{found:?}");
}

fn part(middle: f64, shares: [f64; 2], rest: f64) -> Part {
    Part { middle, shares: SmallVec::from_iter(shares), rest, digits: Digits::Many }
}

#[test]
fn the_noise_of_an_f64_is_added_to_what_a_part_may_be_off() {
    let one = f64::EPSILON;
    assert_eq!(part(1.0, [0.0, 0.0], 0.0).noisy().rest, 4.0 * one);
    assert_eq!(part(0.0, [-0.25, 0.25], 0.5).noisy().rest, 0.5 + 4.0 * one);
    // The exact square of a number lies between that in an f64 and one next to it.
    let (value, held) =
        (1.0 + one, |value| MemoryAndPaper { memory: Interval::point(value), paper: Some(value) });
    let found = bounds(&times(a(), a()), four_decimals(), &|_| held(value));
    let found = found.expect("it stands twice");
    assert!(found.contains((value * value).next_up()), "{found:?}");
    assert!(found.contains((value * value).next_down()), "{found:?}");
}

#[test]
fn a_part_that_holds_two_others_moves_as_both_do() {
    let both = part(1.0, [0.2, 0.4], 0.01).hull(&part(1.6, [0.6, -0.2], 0.03));
    let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
    assert!(near(both.middle, 1.3));
    assert!(near(both.shares[0], 0.4) && near(both.shares[1], 0.1));
    // Half of what parts the middles, half of what parts the shares, and the larger rest.
    assert!(near(both.rest, 0.3 + 0.2 + 0.3 + 0.03), "{}", both.rest);
}

#[test]
fn every_quantity_that_stands_twice_has_its_share_of_a_part() {
    let of = |name: Symbol| [Expr::from(name), Expr::from(name)];
    let all = [of(Symbol::Out { layer: 0, unit: 0 }), of(Symbol::Loss), of(Symbol::Term(0))];
    let (names, places) = repeated(&product(all.concat())).expect("they stand twice");
    assert_eq!((names.len(), places), (3, 6));
    let held = |_| MemoryAndPaper { memory: Interval::point(0.3124), paper: None };
    let walk = Walk { working: four_decimals(), repeated: &names, held: &held, choice: 0 };
    // One for what is in memory and one for what shortening makes of it.
    assert_eq!(walk.known(1.0).shares.len(), 6);
}
