//! Suggested rebases: cases worked by hand, and what the rules do by chance.

use concordat::statistics::rebase::{Proposal, rebase};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    values: String,
    #[serde(default)]
    stock: bool,
    from: Option<usize>,
    made: Option<usize>,
    before: Option<f64>,
    after: Option<f64>,
    sigma: Option<f64>,
    r: Option<f64>,
    errors: Option<f64>,
    running: Option<usize>,
}

/// Values from words: `12`, `-` (a gap), `(10 12)*6`.
fn values(words: &str) -> Vec<Option<f64>> {
    let one = |word: &str| (word != "-").then(|| word.parse::<f64>().unwrap());
    let mut found = Vec::new();
    let mut rest = words.trim();
    while !rest.is_empty() {
        if let Some(group) = rest.strip_prefix('(') {
            let (inside, after) = group.split_once(')').unwrap();
            let (times, after) = match after.strip_prefix('*') {
                Some(number) => number.split_once(' ').unwrap_or((number, "")),
                None => ("1", after),
            };
            let inside: Vec<Option<f64>> = inside.split_whitespace().map(one).collect();
            found.extend(inside.repeat(times.parse().unwrap()));
            rest = after.trim_start();
        } else {
            let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
            found.push(one(word));
            rest = after.trim_start();
        }
    }
    found
}

#[test]
fn proposals_follow_the_cases() {
    let text = std::fs::read_to_string(super::own("rebase.toml")).unwrap();
    let cases: Cases = toml::from_str(&text).unwrap();
    assert!(cases.case.len() >= 15, "only {} cases were read", cases.case.len());
    let near = |ours: f64, wanted: Option<f64>| wanted.is_none_or(|w| super::agree(ours, w));
    for case in &cases.case {
        let found = rebase(&values(&case.values), case.stock);
        let dates = (found.map(|p| p.from), found.map(|p| p.made));
        assert_eq!(dates, (case.from, case.made), "{}: {found:?}", case.name);
        let Some(Proposal { evidence, .. }) = found else { continue };
        assert!(
            near(evidence.before, case.before)
                && near(evidence.after, case.after)
                && near(evidence.sigma, case.sigma)
                && case.r.is_none_or(|r| (evidence.r - r).abs() < 1e-12)
                && near(evidence.errors, case.errors)
                && case.running.is_none_or(|running| evidence.running == running),
            "{}: {evidence:?}",
            case.name
        );
    }
    println!("rebase.toml: {} cases agreed", cases.case.len());
}

/// Mirrored, shifted and scaled values give the same date and the same evidence.
#[test]
fn a_proposal_knows_no_unit_and_no_direction() {
    let mut proposed = 0;
    for seed in 0..60 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let plain = steps(1.8)(&mut random);
        let other: Vec<Option<f64>> = plain.iter().map(|v| v.map(|v| 100.0 - 3.0 * v)).collect();
        let (one, two) = (rebase(&plain, false), rebase(&other, false));
        assert_eq!(one.map(|p| (p.from, p.made)), two.map(|p| (p.from, p.made)));
        if let Some((one, two)) = one.zip(two) {
            assert!(super::within(one.evidence.errors, two.evidence.errors, 1e-9));
            assert!(super::within(3.0 * one.evidence.sigma, two.evidence.sigma, 1e-9));
            proposed += 1;
        }
    }
    assert!(proposed > 40, "{proposed}");
}

fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (f64::from(random.next_u32()) + 0.5) / (f64::from(u32::MAX) + 1.0)
}

/// A standard normal number (Box and Muller).
fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (first, second) = (uniform(random), uniform(random));
    (-2.0 * libm::log(first)).sqrt() * libm::cos(std::f64::consts::TAU * second)
}

type Make = Box<dyn Fn(&mut ChaCha8Rng) -> Vec<Option<f64>>>;

/// Four years of independent values; from the 25th on so many sigmas higher.
fn steps(size: f64) -> Make {
    let level = move |at: usize| if at < 24 { 0.0 } else { size };
    Box::new(move |random| (0..48).map(|at| Some(level(at) + normal(random))).collect())
}

/// Three years without any step.
fn stable() -> Make {
    Box::new(|random| (0..36).map(|_| Some(normal(random))).collect())
}

/// Counts a month about a mean (inverse of the Poisson law's distribution).
fn counts(mean: f64) -> Make {
    let count = move |random: &mut ChaCha8Rng| {
        let (mut number, mut left) = (0.0, uniform(random));
        while left > libm::exp(-mean) {
            number += 1.0;
            left *= uniform(random);
        }
        number
    };
    Box::new(move |random| (0..36).map(|_| Some(count(random))).collect())
}

/// A level of which a share carries over; from the 25th month on so many sigmas higher.
fn level(carried: f64, length: usize, size: f64) -> Make {
    Box::new(move |random| {
        let mut value = normal(random);
        let step = |at: usize| if at < 24 { 0.0 } else { size };
        let new = (1.0 - carried * carried).sqrt();
        (0..length)
            .map(|at| {
                if at > 0 {
                    value = carried * value + new * normal(random);
                }
                Some(value + step(at))
            })
            .collect()
    })
}

/// A level that goes where chance takes it.
fn walk() -> Make {
    Box::new(|random| {
        let mut value = 0.0;
        (0..36)
            .map(|_| {
                value += normal(random);
                Some(value)
            })
            .collect()
    })
}

fn drift(a_month: f64) -> Make {
    Box::new(move |random| {
        (0..48).map(|at| Some(a_month * f64::from(at) + normal(random))).collect()
    })
}

/// A season of twelve months with a sigma of chance on top.
fn season(height: f64) -> Make {
    Box::new(move |random| {
        let begins = std::f64::consts::TAU * uniform(random);
        let wave =
            |at: i32| height * libm::sin(begins + std::f64::consts::TAU * f64::from(at) / 12.0);
        (0..48).map(|at| Some(wave(at) + normal(random))).collect()
    })
}

/// What became of many series, looked at month by month.
#[derive(Debug, Default)]
struct Outcome {
    series: usize,
    /// Series with a proposal in any month.
    ever: usize,
    /// Months of a standing proposal that had a month after them.
    standing: usize,
    /// Of these, how many were followed by another date.
    moved: usize,
    /// Of these, how many were followed by none.
    withdrawn: usize,
    /// Of first proposals: months from the 25th to the one it was made in, both counted.
    delays: Vec<usize>,
    /// Of first proposals: how many name the 25th month, or one of its two neighbours.
    dated: (usize, usize),
}

impl Outcome {
    fn of(series: u64, stock: bool, make: &Make) -> Self {
        let mut outcome = Self::default();
        for seed in 0..series {
            let values = make(&mut ChaCha8Rng::seed_from_u64(seed));
            let by_month: Vec<Option<Proposal>> =
                (1..=values.len()).map(|length| rebase(&values[..length], stock)).collect();
            outcome.series += 1;
            for pair in by_month.windows(2) {
                let Some(before) = pair[0] else { continue };
                outcome.standing += 1;
                match pair[1] {
                    Some(after) if after.from == before.from => {}
                    Some(_) => outcome.moved += 1,
                    None => outcome.withdrawn += 1,
                }
            }
            if let Some(first) = by_month.iter().flatten().next() {
                outcome.ever += 1;
                outcome.delays.push((first.made + 1).saturating_sub(24));
                outcome.dated.0 += usize::from(first.from == 24);
                outcome.dated.1 += usize::from(first.from.abs_diff(24) <= 1);
            }
        }
        outcome.delays.sort_unstable();
        outcome
    }

    fn share(&self) -> f64 {
        self.ever as f64 / self.series as f64
    }

    fn moved(&self) -> f64 {
        self.moved as f64 / self.standing.max(1) as f64
    }

    fn delay(&self) -> Option<usize> {
        self.delays.get(self.delays.len() / 2).copied()
    }

    fn say(&self, name: &str) {
        println!(
            "{name}: {:.1} % ever proposed, median {:?} months; {} dated exactly, {} within one; of \
             {} months standing {} moved, {} withdrawn",
            100.0 * self.share(),
            self.delay(),
            self.dated.0,
            self.dated.1,
            self.standing,
            self.moved,
            self.withdrawn
        );
    }
}

/// How many series each kind has: enough for the bounds; `REBASE_SERIES` asks for more.
fn number() -> u64 {
    std::env::var("REBASE_SERIES").ok().and_then(|text| text.parse().ok()).unwrap_or(150)
}

/// Shares of series in which a proposal ever appears, none being true (but for the drift). The
/// figures of 3,000 series stand in the table of `statistics::rebase`.
#[test]
fn what_did_not_step_is_seldom_proposed() {
    let kinds: Vec<(&str, bool, Make, f64)> = vec![
        ("stable", false, stable(), 0.02),
        ("counts about 1", false, counts(1.0), 0.035),
        ("counts about 5", false, counts(5.0), 0.02),
        ("season of 2 sigma", false, season(2.0), 0.02),
        ("drift of 0.05 sigma a month", false, drift(0.05), 0.36),
        ("0.3 carried over, not called a stock", false, level(0.3, 36, 0.0), 0.06),
        ("stock, 0.6 carried over", true, level(0.6, 36, 0.0), 0.02),
        ("stock, 0.9 carried over", true, level(0.9, 36, 0.0), 0.035),
        ("stock that walks at random", true, walk(), 0.04),
    ];
    for (name, stock, make, most) in kinds {
        let outcome = Outcome::of(number(), stock, &make);
        outcome.say(name);
        assert!(outcome.share() <= most, "{name}: {outcome:?}");
        assert!(outcome.moved() <= 0.005, "{name}: {outcome:?}");
    }
}

#[test]
fn what_stepped_is_proposed_and_its_date_stays() {
    let kinds: Vec<(&str, bool, Make, f64, usize)> = vec![
        ("1.5 sigma", false, steps(1.5), 0.68, 15),
        ("2 sigma", false, steps(2.0), 0.88, 14),
        ("3 sigma", false, steps(3.0), 0.95, 13),
        ("stock, 3 sigma", true, level(0.6, 48, 3.0), 0.27, 14),
    ];
    for (name, stock, make, least, latest) in kinds {
        let outcome = Outcome::of(number(), stock, &make);
        outcome.say(name);
        assert!(outcome.share() >= least, "{name}: {outcome:?}");
        assert!(outcome.delay().is_some_and(|delay| delay <= latest), "{name}: {outcome:?}");
        assert!(outcome.moved() <= 0.002, "{name}: {outcome:?}");
        assert!(outcome.withdrawn * 100 <= outcome.standing, "{name}: {outcome:?}");
        assert!(outcome.dated.1 * 2 >= outcome.ever, "{name}: {outcome:?}");
    }
}
