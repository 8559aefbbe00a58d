//! The published table: one row a world.

use super::outcome::{Delay, Outcome};
use super::world::World;

/// Headings of `benches/chance.csv`; shares are 0 to 1, delays in months, empty where nothing
/// worsened.
pub(crate) const COLUMNS: [&str; 19] = [
    "family",
    "world",
    "series",
    "months",
    "red",
    "amber",
    "green",
    "not_rated",
    "changes_a_year",
    "delay_median",
    "delay_p90",
    "never_red",
    "target_red",
    "target_changes_a_year",
    "ten_percent_red",
    "ten_percent_changes_a_year",
    "red_error",
    "red_at_once",
    "red_by_second",
];

/// A row of the table, as text.
pub(crate) fn row(world: &World, outcome: &Outcome) -> Vec<String> {
    let share = |share: f64| format!("{share:.4}");
    let number = |number: f64| format!("{number:.2}");
    let delay = outcome.delay.as_ref();
    let of = |cell: fn(&Delay) -> String| delay.map_or(String::new(), cell);
    let months = |months: Option<u32>, looked: u32| {
        months.map_or_else(|| format!(">{}", looked - 1), |months| months.to_string())
    };
    let mut row = vec![
        world.family.to_owned(),
        world.truth.to_owned(),
        outcome.series.to_string(),
        outcome.months.to_string(),
    ];
    row.extend(outcome.table.shares.map(share));
    row.push(number(outcome.table.changes_a_year));
    row.push(delay.map_or(String::new(), |delay| months(delay.median, delay.looked)));
    row.push(delay.map_or(String::new(), |delay| months(delay.ninth_decile, delay.looked)));
    row.push(of(|delay| format!("{:.4}", delay.never)));
    for simple in [&outcome.target, &outcome.ten] {
        row.push(share(simple.shares[0]));
        row.push(number(simple.changes_a_year));
    }
    row.push(share(outcome.table.red_error));
    row.push(of(|delay| format!("{:.4}", delay.early[0])));
    row.push(of(|delay| format!("{:.4}", delay.early[1])));
    row
}

/// What stands around the table in `benches/README.md`.
pub(crate) const MARKS: [&str; 2] = ["<!-- chance: begin -->\n", "<!-- chance: end -->"];

/// What stands between the marks: the table, and the false reds of a pack of 20 indicators.
pub(crate) fn block(rows: &[Vec<String>]) -> String {
    let (reds, one) = false_reds(rows, 20);
    format!(
        "{}\nIn a pack of 20 indicators that are all stable and exactly on target expect {reds:.1} \
         false reds a month;\nat least one in {:.0} of 100 months.\n",
        markdown(rows),
        100.0 * one
    )
}

/// The table: shares in per cent with one decimal.
fn markdown(rows: &[Vec<String>]) -> String {
    let mut text = String::from(
        "| what is true | red | ± | amber | green | not rated | changes a year | months to first red: \
         half, nine in ten, never in 12 | target: red, changes | target ± 10%: red, changes |\n\
         |---|--:|--:|--:|--:|--:|--:|---|---|---|\n",
    );
    let cent = |share: &str| {
        share.parse::<f64>().map_or(String::new(), |share| format!("{:.1}", 100.0 * share))
    };
    for row in rows {
        let delay = if row[9].is_empty() {
            String::new()
        } else {
            format!("{}, {}, {}%", row[9], row[10], cent(&row[11]))
        };
        let cells = [
            format!("{}: {}", row[0], row[1]),
            cent(&row[4]),
            cent(&row[16]),
            cent(&row[5]),
            cent(&row[6]),
            cent(&row[7]),
            row[8].clone(),
            delay,
            format!("{}%, {}", cent(&row[12]), row[13]),
            format!("{}%, {}", cent(&row[14]), row[15]),
        ];
        text.extend(["| ", &cells.join(" | "), " |\n"]);
    }
    text
}

/// False reds to expect among so many indicators whose processes are on target, and the chance of
/// one or more, from the first row.
fn false_reds(rows: &[Vec<String>], indicators: i32) -> (f64, f64) {
    let red: f64 = rows.first().and_then(|row| row[4].parse().ok()).unwrap_or(0.0);
    let number = f64::from(indicators);
    (number * red, 1.0 - libm::pow(1.0 - red, number))
}
