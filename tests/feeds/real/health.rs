//! Published monthly figures.

use super::{decimals, file, months, read, reasons, sum, texts, whole};

const MONTHLY: &str = include_str!("../../cases/feeds/real/monthly_statistics.toml");
const EMERGENCY: &str = include_str!("../../cases/feeds/real/emergency_departments.toml");
const WALES: &str = include_str!("../../cases/feeds/real/welsh_ambulances.toml");
const CONTACTS: &str = include_str!("../../cases/feeds/real/contacts.toml");
const OCCUPANCY: &str = include_str!("../../cases/feeds/real/occupancy.toml");

/// `r = list(csv.DictReader(io.TextIOWrapper(gzip.open(S + F))))`: 19,958 rows, of which 4,760 are of
/// three months (`x['REPORTING_PERIOD_START'] == '01/02/2024'`). Of the month, by `BREAKDOWN` and
/// `MEASURE_ID`, `sum(int(v) for v in values if v != '*')`, and how many are `*`.
#[test]
fn monthly_statistics_in_a_gzip_file() {
    let Some(feed) = read("mhsds_4ww", MONTHLY) else { return };
    assert_eq!(file(&feed).rows_read, 19_958);
    let of_three_months = ("left out: not exactly one month".to_owned(), 4_760);
    assert!(reasons(&feed).contains(&of_three_months), "{:?}", reasons(&feed));
    let level = texts(&feed, "level");
    let at = |wanted: &'static str| {
        let level = level.clone();
        move |row: usize| level[row] == wanted
    };
    assert_eq!(sum(&feed, "waiting", at("england")), 563_754);
    assert_eq!(sum(&feed, "waiting", at("icb")), 563_735);
    assert_eq!(sum(&feed, "waiting", at("provider")), 563_660);
    assert_eq!(sum(&feed, "waiting@suppressed", at("provider")), 105);
    let england = level.iter().position(|level| level == "england").unwrap();
    assert_eq!(decimals(&feed, "share")[england], Some(21.194_698));
    assert_eq!(decimals(&feed, "median")[england], Some(712.5));
    assert_eq!(months(&feed)[england], "2024-04");
}

/// `r = rows('healthyr/england_trust_accidents_emergency.csv')`;
/// `sum(int(x[k]) for x in r if x[k] != 'NA')` for each column, and `NA`s in two of them.
#[test]
fn emergency_departments_of_england() {
    let Some(feed) = read("healthyr", EMERGENCY) else { return };
    assert_eq!((file(&feed).rows_read, file(&feed).rows_used), (7_895, 7_895));
    for (column, total, missing) in [
        ("attendances", 106_090_225, 0),
        ("over_4h", 28_177_473, 354),
        ("admissions", 27_194_085, 0),
        ("waited_4h", 6_588_418, 1),
    ] {
        assert_eq!(sum(&feed, column, |_| true), total, "{column}");
        let unknown = whole(&feed, column).iter().filter(|value| value.is_none()).count();
        assert_eq!(unknown, missing, "{column}");
    }
    let months = months(&feed);
    let december = sum(&feed, "attendances", |row| months[row] == "2022-12");
    assert_eq!(december, 2_149_856);
    assert_eq!(feed.coverage.months.len(), 52);
}

/// `r = rows('healthyr/wales_ambulance_waiting_times.csv')`; `sum(int(x[k]) for x in r if x['hb'] !=`
/// `'WALES')` is what the rows of Wales say; by year, calls, responses and responses in 8 minutes.
#[test]
fn ambulances_of_wales() {
    let Some(feed) = read("healthyr", WALES) else { return };
    assert_eq!((file(&feed).rows_read, file(&feed).rows_used), (288, 252));
    for (column, total) in [("red", 136_821), ("amber", 952_701), ("green", 246_961)] {
        assert_eq!(sum(&feed, column, |_| true), total, "{column}");
    }
    let months = months(&feed);
    for (year, calls, responses, in_time) in [
        ("2021", 38_673, 38_339, 21_728),
        ("2022", 47_106, 46_482, 23_044),
        ("2023", 51_042, 50_348, 25_379),
    ] {
        let of = |column| sum(&feed, column, |row| months[row].starts_with(year));
        assert_eq!((of("red"), of("responses"), of("in_8_min")), (calls, responses, in_time));
    }
}

/// `r = rows('healthyr/england_mental_health_performance.csv')`: 97 months, first 1,168,537, last
/// 1,905,302, `sum(int(x['count']) for x in r)` = 139,502,070.
#[test]
fn a_month_written_as_its_last_day() {
    let Some(feed) = read("healthyr", CONTACTS) else { return };
    assert_eq!(sum(&feed, "people", |_| true), 139_502_070);
    let (months, people) = (months(&feed), whole(&feed, "people"));
    assert_eq!((months[0].as_str(), people[0]), ("2016-04", Some(1_168_537)));
    assert_eq!((months[96].as_str(), people[96]), ("2024-04", Some(1_905_302)));
}

/// As printed in the file: five trusts, 19 quarters across, the oldest ones for one trust alone; a
/// byte order mark, a row of commas, five columns without a heading or anything in them.
#[test]
fn quarters_across_and_per_cent_signs() {
    let Some(feed) = read("oaps", OCCUPANCY) else { return };
    assert_eq!((file(&feed).rows_read, file(&feed).rows_used), (6 * 19, 5 * 19));
    assert_eq!(reasons(&feed), [("blank row".to_owned(), 19)]);
    let (trusts, months) = (texts(&feed, "trust"), months(&feed));
    let occupancy = decimals(&feed, "occupancy");
    let of = |trust: &str, month: &str| {
        let mut rows = (0..trusts.len()).filter(|row| trusts[*row].starts_with(trust));
        rows.find(|row| months[*row] == month).map(|row| occupancy[row]).unwrap()
    };
    assert_eq!(of("LANCASHIRE", "2020-07"), Some(0.905));
    assert_eq!(of("LANCASHIRE", "2020-04"), Some(0.47));
    assert_eq!(of("LANCASHIRE", "2016-01"), None);
    assert_eq!(of("BIRMINGHAM", "2017-01"), Some(1.0));
    assert_eq!(of("BIRMINGHAM", "2016-01"), Some(0.947));
    assert_eq!(of("OXLEAS", "2019-10"), Some(0.943));
    assert_eq!(occupancy.iter().flatten().count(), 4 * 4 + 19);
}
