//! Single events: Toronto, San Francisco, Seattle.

use std::collections::{BTreeMap, BTreeSet};

use super::{file, median_twice, read, said, texts, whole};

const TORONTO: &str = include_str!("../../cases/feeds/real/toronto.toml");
const SAN_FRANCISCO: &str = include_str!("../../cases/feeds/real/san_francisco.toml");
const SEATTLE: &str = include_str!("../../cases/feeds/real/seattle.toml");
const CLEANED: &str = include_str!("../../cases/feeds/real/seattle_cleaned.toml");

/// FACTS part 5. And, for March 2015:
/// `len([x for x in rows('toronto/persons_in_crisis_data.csv') if x['event_year'] == '2015' and`
/// `x['event_month'] == 'March' and x['apprehension_made'] == 'Yes'])` is 460.
#[test]
fn persons_in_crisis_in_toronto() {
    let Some(feed) = read("toronto", TORONTO) else { return };
    assert_eq!((file(&feed).rows_read, file(&feed).rows_used), (31_944, 31_944));
    let apprehended = whole(&feed, "apprehended");
    let count = |answer: i64| apprehended.iter().filter(|flag| **flag == Some(answer)).count();
    assert_eq!((count(1), count(0)), (7_024, 24_920));
    let days = whole(&feed, "month");
    // 2015 begins 16,436 days after 1970: 45 years of 365 and 11 leap days.
    let in_2015 = days.iter().filter(|day| **day >= Some(16_436)).count();
    assert_eq!((days.len() - in_2015, in_2015), (22_176, 9_768));
    let march = days.iter().zip(&apprehended).filter(|(day, yes)| {
        // 31 days of January and 28 of February later.
        **day == Some(16_436 + 59) && **yes == Some(1)
    });
    assert_eq!(march.count(), 460);
    let what = texts(&feed, "what");
    assert_eq!(what.iter().filter(|what| *what == "overdose").count(), 2_381);
}

/// FACTS part 5: means to a tenth of a second. Sums, so that they are exact:
/// `m = [x for x in rows(F) if x['Call Type'] == 'Medical Incident' and x['On Scene DtTm']]` and
/// `t = lambda s: datetime.strptime(s, '%m/%d/%Y %I:%M:%S %p')` give
/// `sum((t(x['On Scene DtTm']) - t(x['Received DtTm'])).total_seconds() for x in m)` = 4,138,062.
#[test]
fn fire_department_calls_in_san_francisco() {
    let Some(feed) = read("sf_fire_calls", SAN_FRANCISCO) else { return };
    assert_eq!((file(&feed).rows_read, file(&feed).rows_used), (10_410, 10_410));
    let calls = texts(&feed, "call");
    assert_eq!(calls.iter().collect::<BTreeSet<_>>().len(), 5_292);
    let medical: Vec<bool> =
        texts(&feed, "what").iter().map(|what| what == "Medical Incident").collect();
    assert_eq!(medical.iter().filter(|medical| **medical).count(), 7_528);
    let of_medical = calls.iter().zip(&medical).filter(|(_, medical)| **medical);
    assert_eq!(of_medical.map(|(call, _)| call).collect::<BTreeSet<_>>().len(), 4_227);

    let (received, on_scene) = (whole(&feed, "received@utc"), whole(&feed, "on_scene@utc"));
    let mut seconds = Vec::new();
    let mut first: BTreeMap<&str, i64> = BTreeMap::new();
    for row in 0..calls.len() {
        if let (true, Some(from), Some(to)) = (medical[row], received[row], on_scene[row]) {
            seconds.push(to - from);
            let best = first.entry(&calls[row]).or_insert(i64::MAX);
            *best = (*best).min(to - from);
        }
    }
    assert_eq!((seconds.len(), seconds.iter().sum::<i64>()), (6_449, 4_138_062));
    assert_eq!(median_twice(&mut seconds), 2 * 495);
    // Nearest rank: the 5,805th of 6,449 in order.
    assert_eq!((seconds[5_804], seconds[0], *seconds.last().unwrap()), (1_128, 0, 10_803));
    let mut first: Vec<i64> = first.into_values().collect();
    // Mean 588.4: 2,411,851.6 seconds for 4,099 calls, give or take half a tenth for each.
    assert_eq!(first.len(), 4_099);
    assert!((10 * first.iter().sum::<i64>() - 5_884 * 4_099).abs() * 2 <= 4_099);
    assert_eq!(median_twice(&mut first), 2 * 473);

    let doubts = said(&feed.quality, |file| &file.warnings);
    let hospital = doubts.iter().find(|doubt| doubt.contains("at the hospital before")).unwrap();
    assert!(hospital.contains("(13 rows)"), "{hospital}");
    let (watch, called) = (whole(&feed, "watch"), whole(&feed, "called"));
    let moved = watch.iter().zip(&called).filter(|(watch, called)| watch != called);
    assert_eq!(moved.count(), 1_871, "a shift's date is not the call's");
}

/// `r = rows('seattle_police_calls/db_call_data_2018-2023.csv')`;
/// `d = [(t(x['Arrived Time']) - t(x['Original Time Queued'])).total_seconds() for x in r if`
/// `x['Arrived Time']]`: `len(r), len(d), sum(d), median(d)` = 222, 186, 901,509, 1,623.
#[test]
fn police_calls_in_seattle() {
    let Some(feed) = read("seattle_police_calls", SEATTLE) else { return };
    assert_eq!((file(&feed).rows_read, file(&feed).rows_used), (222, 222));
    let (queued, arrived) = (whole(&feed, "queued@utc"), whole(&feed, "arrived@utc"));
    let mut seconds: Vec<i64> =
        queued.iter().zip(&arrived).filter_map(|(from, to)| Some((*to)? - (*from)?)).collect();
    assert_eq!((seconds.len(), seconds.iter().sum::<i64>()), (186, 901_509));
    assert_eq!(median_twice(&mut seconds), 2 * 1_623);
    let unarrived = whole(&feed, "arrived@blank").into_iter().filter(|blank| *blank == Some(1));
    assert_eq!(unarrived.count(), 36);
    let crisis = texts(&feed, "final_type").into_iter().filter(|what| what.contains("CRISIS"));
    assert_eq!(crisis.count(), 8);
}

/// The same source after a program that changes headings: 2,706 rows, 96 crisis complaints
/// (SOURCE.md), and `Counter(x['Incident.Date'][:4] for x in r)['2016']` = 248.
#[test]
fn police_calls_in_seattle_after_cleaning() {
    let Some(feed) = read("seattle_police_calls", CLEANED) else { return };
    assert_eq!(file(&feed).rows_used, 2_706);
    let crisis = texts(&feed, "final_type").into_iter().filter(|what| what.contains("CRISIS"));
    assert_eq!(crisis.count(), 96);
    // 2016 is days 16,801 to 17,166.
    let in_2016 = whole(&feed, "day").into_iter().flatten();
    assert_eq!(in_2016.filter(|day| (16_801..=17_166).contains(day)).count(), 248);
    assert_eq!(whole(&feed, "priority").into_iter().filter(|p| *p == Some(1)).count(), 205);
}
