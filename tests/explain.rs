//! What `explain` prints, read as an analyst reads it: the numbers are taken from the page, and the
//! rating is worked out from them by a second, small reading of the rules.

use concordat::explain::explain;
use concordat::period::Month;

use super::sample::SAMPLE;

fn page(id: &str, as_at: &str) -> String {
    let (workspace, opened) = &*SAMPLE;
    let as_at: Month = as_at.parse().unwrap();
    let plan = workspace.plan("derbyshire").unwrap();
    explain(workspace, opened, plan, id, None, as_at).unwrap()
}

fn ids() -> impl Iterator<Item = &'static str> {
    let plan = SAMPLE.0.plan("derbyshire").unwrap();
    plan.indicators.iter().map(|indicator| indicator.id.as_str())
}

/// The lines of a table under a heading: the numbers of each, gaps left out, and its last words.
fn table(page: &str, heading: &str) -> Vec<(Vec<f64>, String)> {
    let lines = page.lines().skip_while(|line| !line.starts_with(heading));
    let lines = lines.skip_while(|line| !line.starts_with("  period ")).skip(1);
    lines
        .take_while(|line| !line.is_empty())
        .map(|line| {
            // The month and the year stand first.
            let words: Vec<&str> = line.split_whitespace().skip(2).collect();
            let is_number = |word: &&&str| word.parse::<f64>().is_ok() || **word == "–";
            let numbers = words.iter().take_while(is_number).filter_map(|word| word.parse().ok());
            let rest: Vec<&str> = words.iter().skip_while(|w| is_number(w)).copied().collect();
            (numbers.collect(), rest.join(" "))
        })
        .collect()
}

/// The number after the last `=` of a named line, or the line's first number.
fn number(page: &str, name: &str) -> f64 {
    let line = page.lines().find(|line| line.starts_with(&format!("  {name}  ")));
    let line = line.unwrap_or_else(|| panic!("no {name} in:\n{page}"));
    let value = line.rsplit('=').next().unwrap().trim_start_matches(&format!("  {name}"));
    value.split_whitespace().next().unwrap().parse().unwrap()
}

fn printed_rule(page: &str) -> &str {
    let rating = page.split("\nRating: ").nth(1).unwrap();
    rating.split(['(', ')']).nth(1).unwrap()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Mean moving range after screening once.
fn moving_range(values: &[f64]) -> f64 {
    let ranges: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let screen = 3.267 * mean(&ranges);
    mean(&ranges.into_iter().filter(|range| *range < screen).collect::<Vec<f64>>())
}

/// r of a stock: 1 + 2 · correlation of successive differences, held to 0.4–0.8.
fn carried_over(values: &[f64]) -> f64 {
    let steps: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let centre = mean(&steps);
    let products: Vec<f64> =
        steps.windows(2).map(|pair| (pair[0] - centre) * (pair[1] - centre)).collect();
    let squares: Vec<f64> = steps.iter().map(|step| (step - centre).powi(2)).collect();
    (1.0 + 2.0 * mean(&products) / mean(&squares)).clamp(0.4, 0.8)
}

/// Equal to four digits: the page has six of each number, and differences have fewer.
fn near(ours: f64, printed: f64) -> bool {
    (ours - printed).abs() <= 2e-4 * printed.abs().max(1.0)
}

/// A stock of 12 points or more before the latest, no gaps, lower is better: the T rows by hand.
fn rated_by_hand(page: &str) -> &'static str {
    let lines: Vec<Vec<f64>> =
        table(page, "The phase since").into_iter().map(|(numbers, _)| numbers).collect();
    let misses: Vec<f64> = lines.iter().map(|line| line[0] - line[1]).collect();
    assert!(lines.iter().zip(&misses).all(|(line, miss)| near(*miss, line[2])), "{page}");
    let (latest, before) = misses.split_last().unwrap();
    assert!(before.len() >= 12, "{}", before.len());
    let r = carried_over(before);
    let sigma = moving_range(before) / 1.128 / (1.0 - r).sqrt();
    assert!(near(sigma, number(page, "sigma")), "{sigma} in\n{page}");
    assert!(near(mean(before), number(page, "mean of the misses before")));
    let third = 2.66 * moving_range(before) / (1.0 - r).sqrt() / 3.0;
    let place = |miss: f64| (miss - mean(before)) / third;
    let close = |miss: f64| (2.0..=3.0).contains(&place(miss).abs());
    let last: Vec<f64> = misses[misses.len() - 3..].to_vec();
    let together = last.iter().all(|miss| place(*miss).signum() == place(*latest).signum());
    let twice = together && close(*latest) && last.iter().filter(|m| close(**m)).count() >= 2;
    let signal = place(*latest).abs() > 3.0 || twice;
    let improvement = signal && place(*latest) < 0.0;
    let concern = signal && place(*latest) > 0.0;
    let fails = mean(before) - 3.0 * third > 0.0;
    let passes = mean(before) + 3.0 * third < 0.0;
    let year = &misses[misses.len() - 12..];
    let error = sigma * ((1.0 + r) / (1.0 - r)).sqrt() / 12.0_f64.sqrt();
    assert!(near(error, number_after(page, "its standard error", '=')), "{error}");
    let year_missed = mean(year) - 1.959_964 * error > 0.0;
    let running = misses.iter().rev().take_while(|miss| **miss <= 0.0).count();
    if *latest > sigma && fails && !improvement {
        "T1"
    } else if *latest > sigma && concern {
        "T2"
    } else if *latest > 0.0 && !improvement && year_missed {
        "T3"
    } else if *latest > sigma {
        "T5"
    } else if *latest > 0.0 {
        "T6"
    } else if concern && !passes {
        "T7"
    } else if passes || running >= 3 {
        "T8"
    } else {
        "T9"
    }
}

fn number_after(page: &str, name: &str, mark: char) -> f64 {
    let line = page.lines().find(|line| line.starts_with(&format!("  {name} "))).unwrap();
    let value = line.rsplit(mark).next().unwrap();
    value.split_whitespace().next().unwrap().parse().unwrap()
}

/// Counts with a baseline, lower is better: the D rows by hand.
fn directed_by_hand(page: &str) -> &'static str {
    let phase: Vec<f64> =
        table(page, "The phase since").into_iter().map(|(numbers, _)| numbers[0]).collect();
    let (latest, before) = phase.split_last().unwrap();
    let sigma = moving_range(before) / 1.128;
    assert!(near(sigma, number(page, "sigma")), "{sigma} in\n{page}");
    let compared = table(page, "The latest periods against the baseline");
    let of = |name: &str| -> Vec<f64> {
        let lines = compared.iter().filter(|(_, said)| said == name);
        lines.map(|(numbers, _)| numbers[0]).collect()
    };
    let (old, new) = (of("baseline"), of("latest"));
    let larger = |process: f64, values: &[f64]| process.max(mean(values).sqrt());
    let own = larger(moving_range(&old) / 1.128, &old);
    let now = larger(sigma, &new);
    let error = (now * now / new.len() as f64 + own * own / old.len() as f64).sqrt();
    let difference = mean(&new) - mean(&old);
    assert!(near(difference, number(page, "difference")), "{difference} in\n{page}");
    assert!(near(error, number(page, "its standard error")), "{error} in\n{page}");
    let (lower, upper) = (difference - 1.959_964 * error, difference + 1.959_964 * error);
    let third = 2.66 * moving_range(before) / 3.0;
    let place = |value: f64| (value - mean(before)) / third;
    let run = phase.iter().rev().take_while(|v| place(**v).signum() == place(*latest).signum());
    let rises = phase.windows(2).rev().take_while(|pair| pair[1] > pair[0]).count();
    let falls = phase.windows(2).rev().take_while(|pair| pair[1] < pair[0]).count();
    let signal = place(*latest).abs() > 3.0 || run.count() >= 7 || rises.max(falls) >= 6;
    let up = if rises >= 6 { true } else { falls < 6 && place(*latest) > 0.0 };
    if upper < 0.0 && !(signal && up) {
        "D2"
    } else if lower > 0.0 && (!signal || up) {
        "D3"
    } else {
        "D4"
    }
}

#[test]
fn a_reader_can_work_out_the_rating_from_the_page() {
    let mut seen = Vec::new();
    for as_at in ["2018-11", "2018-12", "2019-01", "2019-02", "2019-03"] {
        for id in ["DER-024", "DER-026"] {
            let page = self::page(id, as_at);
            if !printed_rule(&page).starts_with('T') || !page.contains("(one sigma of this phase)")
            {
                continue;
            }
            let code = rated_by_hand(&page);
            assert_eq!(code, printed_rule(&page), "{id} as at {as_at}:\n{page}");
            seen.push(code);
        }
    }
    for as_at in ["2015-08", "2016-03", "2017-03", "2018-01", "2019-03"] {
        let page = self::page("DER-001", as_at);
        if printed_rule(&page) == "D1" || !page.contains("\n  sigma ") {
            continue;
        }
        let points = table(&page, "The phase since").len();
        // The sigma of a young phase is of the phase before: not what this reading knows.
        if points <= 12 {
            continue;
        }
        let code = directed_by_hand(&page);
        assert_eq!(code, printed_rule(&page), "DER-001 as at {as_at}:\n{page}");
        seen.push(code);
    }
    println!("worked out by hand: {}", seen.join(" "));
    assert!(seen.len() >= 7, "{seen:?}");
}

#[test]
fn every_explanation_fits_a_terminal_and_ends_with_the_row_that_decides() {
    for as_at in ["2014-06", "2016-03", "2018-09", "2019-03"] {
        for id in ids() {
            let page = self::page(id, as_at);
            for line in page.lines() {
                assert!(line.chars().count() <= 100, "{id} as at {as_at}: {line}");
            }
            let decided: Vec<&str> = page
                .lines()
                .filter(|line| line.get(6..).is_some_and(|rest| rest.starts_with("YES ")))
                .map(|line| line[..6].trim())
                .collect();
            assert_eq!(decided, [printed_rule(&page)], "{id} as at {as_at}:\n{page}");
        }
    }
}
