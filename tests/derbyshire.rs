//! The first pack: every printed row of the Derbyshire plan, on the repository's own workspace.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use concordat::packs::Made;
use concordat::workspace::Workspace;
use serde::Deserialize;

use super::sample::{self, text};

#[derive(Deserialize)]
struct Cases {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    reference: String,
    id: String,
    rule: Option<String>,
    numerator: Option<i64>,
    denominator: Option<i64>,
    missing: Option<String>,
    because: String,
}

type Line = BTreeMap<String, String>;

fn made(as_at: &str) -> Arc<Made> {
    sample::made("derbyshire", as_at)
}

fn lines(made: &Made, path: &str) -> Vec<Line> {
    let text = text(made, path);
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

#[test]
fn every_printed_row_has_its_rule_or_says_what_is_missing() {
    let cases: Cases = toml::from_str(include_str!("cases/derbyshire.toml")).unwrap();
    assert_eq!(cases.row.len(), 20, "18 printed rows and two of other sections");
    let made = made("2019-03");
    let findings: Vec<Line> = lines(&made, "data/findings.csv")
        .into_iter()
        .filter(|line| line["split"].is_empty())
        .collect();
    let values = lines(&made, "data/values.csv");
    let order: Vec<&str> =
        findings.iter().take(20).map(|line| line["indicator"].as_str()).collect();
    let wanted: Vec<&str> = cases.row.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(order, wanted, "the plan's own order");
    for row in &cases.row {
        let found = findings.iter().find(|line| line["indicator"] == row.id).unwrap();
        assert_eq!(found["reference"], row.reference, "{}", row.id);
        if let Some(rule) = &row.rule {
            assert_eq!(found["rule"], *rule, "{}: {} ({})", row.id, row.because, found["reason"]);
        }
        if let Some(feed) = &row.missing {
            let reason = &found["reason"];
            assert!(reason.starts_with("Not yet reportable"), "{}: {reason}", row.id);
            assert!(reason.contains(&format!("feed {feed} ")), "{}: {reason}", row.id);
            continue;
        }
        let latest = values.iter().find(|line| {
            line["indicator"] == row.id
                && line["split"].is_empty()
                && line["period_start"] == "2019-02-01"
                && line["grain"] == "month"
        });
        let latest = latest.unwrap_or_else(|| panic!("{} has no February 2019", row.id));
        let number = |name: &str| latest[name].parse::<i64>().ok();
        assert_eq!(number("numerator"), row.numerator, "{} numerator", row.id);
        assert_eq!(number("denominator"), row.denominator, "{} denominator", row.id);
    }
}

#[test]
fn a_call_that_nobody_answered_is_a_breach() {
    // Counted from the delivered files: in time, and in time, late or blank past the limit. Without
    // the blank ones the first 12 months would be 91 of 201, the latest 12 settled 125 of 216.
    let values = lines(&made("2019-03"), "data/values.csv");
    let sum = |name: &str, from: &str, to: &str| -> i64 {
        let months = values.iter().filter(|line| {
            line["indicator"] == "DER-018"
                && line["split"].is_empty()
                && line["grain"] == "month"
                && (from..=to).contains(&line["period_start"].as_str())
        });
        months.map(|line| line[name].parse::<i64>().unwrap()).sum()
    };
    for (from, to, within, of) in
        [("2014-01-01", "2014-12-01", 91, 209), ("2018-03-01", "2019-02-01", 125, 227)]
    {
        assert_eq!((sum("numerator", from, to), sum("denominator", from, to)), (within, of));
    }
}

#[test]
fn the_plan_s_words_stand_beside_the_published_figure() {
    // The plan: no placements for ten weeks to December 2016. The publication: 198 bed days.
    let page = text(&made("2019-03"), "pack.html");
    assert!(page.contains("none for 10 weeks"));
    let published = "Out-of-area days, all bed types, as published (DER-026-PUB)";
    let months = "202 days in November 2016 and 198 days in December 2016.";
    assert!(page.contains(&format!("{published}: suppressed at source in October 2016, {months}")));
    // The plan: two cell uses in 20 months. The same 20 months counted here.
    assert!(page.contains("Computed here, January 2016 to August 2017: 2 in all."));
}

/// The largest of the five plans' pages can still be mailed and opens at once.
#[test]
fn the_page_stays_under_three_megabytes() {
    let bytes = text(&made("2019-03"), "pack.html").len();
    assert!(bytes < 3_000_000, "{bytes} bytes");
}

#[test]
fn the_plan_s_own_month_can_be_judged_too() {
    let findings = lines(&made("2017-08"), "data/findings.csv");
    assert!(findings.iter().all(|line| line["as_at"] == "2017-08"));
    let periods = findings.iter().filter(|line| !line["period"].is_empty());
    assert!(periods.clone().count() > 10);
    assert!(
        periods
            .clone()
            .all(|line| line["period"].as_str() <= "2017/18 Q1"
                || line["period"].as_str() <= "2017-07"),
        "July is settled"
    );
}

/// Once with the feeds of all plans open and once with its own alone.
#[test]
fn two_runs_give_the_same_bytes() {
    let workspace = Workspace::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let opened = workspace.open(workspace.feeds_of(workspace.plan("derbyshire").unwrap()));
    let again = sample::of(&workspace, &opened, "derbyshire", "2019-03");
    assert_eq!(*made("2019-03"), again);
}

#[test]
fn the_tables_have_the_columns_other_tools_call_by_name() {
    const VALUES: &str = "plan,indicator,measure,area,split,period_start,period_end,status,\
        numerator,denominator,unknown,value,unit,ci_lower,ci_upper,ci_method,target,mean,\
        lower_limit,upper_limit,phase,signals,grain";
    const FINDINGS: &str = "plan,indicator,reference,title,area,as_at,period,value,previous,\
        baseline,target,target_set,green_threshold,red_threshold,tolerance,tolerance_basis,\
        position,variation,assurance,rating,rule,reason,forecast,probability,data_status,chart,\
        caveats,stated_value,stated_rag,stated_as_at,split";
    const QUALITY: &str = "feed,file,rows_read,rows_used,rows_set_aside,reason,column,\
        completeness,latest_period,due,status,rows_doubted,first_lines";
    let made = made("2019-03");
    let heading = |path: &str| text(&made, path).lines().next().unwrap().to_owned();
    assert_eq!(heading("data/values.csv"), VALUES);
    assert_eq!(heading("data/findings.csv"), FINDINGS);
    assert_eq!(heading("data/quality.csv"), QUALITY);
}
