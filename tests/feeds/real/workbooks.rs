//! Workbooks: the Mental Health Act, and the use of force.

use super::{decimals, file, months, read, reasons, sum, texts, whole};

const ACT: &str = include_str!("../../cases/feeds/real/mental_health_act.toml");
const FORCE: &str = include_str!("../../cases/feeds/real/use_of_force.toml");
const CLEANED: &str = include_str!("../../cases/feeds/real/use_of_force_cleaned.toml");

/// FACTS part 4. Somebody typed `h` over "All submissions" in one row, seven rows have `#N/A` for an
/// age group, and eight groups of people detained repeatedly carry names of others: of their 27
/// rows with the same key 19 are not the last. All are named, not used.
/// `k = Counter(tuple(r.get(h) for h in KEY) for r in R if no cell is '#N/A' or 'h')`;
/// `sum(n - 1 for n in k.values())` = 19.
#[test]
fn uses_of_the_mental_health_act() {
    let Some(feed) = read("mha_annual", ACT) else { return };
    let set_aside = super::said(&feed.quality, |file| &file.set_aside);
    assert_eq!((file(&feed).rows_read, file(&feed).rows_used), (6_947, 6_920), "{set_aside:?}");
    let typed_over =
        set_aside.iter().any(|note| note.ends_with(":2: level: not in the code list: h"));
    assert!(typed_over, "{set_aside:?}");
    let same = ("same key as a later row of this file, which counts instead".to_owned(), 19);
    assert!(reasons(&feed).contains(&same), "{:?}", reasons(&feed));
    let errors = ("an error of a spreadsheet, not a value".to_owned(), 7);
    assert!(reasons(&feed).contains(&errors), "{:?}", reasons(&feed));
    england(&feed);
    trusts(&feed);
    assert!(months(&feed).iter().all(|month| month == "2023-04"));
}

fn england(feed: &concordat::feeds::Feed) {
    let columns = ["measure", "part", "demographic", "group", "level", "org"];
    let columns = columns.map(|name| texts(feed, name));
    let total = whole(feed, "total");
    let row = |measure: &str, part: &str, demographic: &str, group: &str| {
        let wanted = [measure, part, demographic, group, "england", "All prov"];
        let is =
            |row: &usize| columns.iter().zip(wanted).all(|(column, text)| column[*row] == text);
        let rows: Vec<usize> = (0..total.len()).filter(is).collect();
        assert_eq!(rows.len(), 1, "{measure} {part} {group}");
        rows[0]
    };
    for (measure, part, expected) in [
        ("All detentions", "All", 52_458),
        ("Detentions on admission to hospital", "All", 36_686),
        ("Detentions following admission to hospital", "All", 12_435),
        ("Detentions following use of Place of Safety Order", "All", 3_272),
        ("Detentions following revocation of CTO", "All", 109),
        ("Short term orders", "All", 25_513),
        ("Short term orders", "Section 136", 16_837),
        ("Short term orders", "Section 135", 1_050),
        ("Short term orders", "All place of safety orders", 17_898),
        ("Short term orders", "Section 4", 80),
        ("Short term orders", "Section 5(2)", 6_409),
        ("Short term orders", "Section 5(4)", 1_105),
    ] {
        assert_eq!(total[row(measure, part, "All", "All")], Some(expected), "{measure} {part}");
    }
    let all = row("Short term orders", "Section 136", "All", "All");
    assert_eq!((whole(feed, "mhsds")[all], whole(feed, "acute")[all]), (Some(15_212), Some(1_625)));
    let rate = decimals(feed, "rate");
    assert_eq!(rate[all], Some(29.2));
    for (group, expected) in [("16 to 17", 26.6), ("18 to 34", 62.9), ("35 to 49", 40.5)] {
        assert_eq!(rate[row("Short term orders", "Section 136", "Age", group)], Some(expected));
    }
}

/// Section 136 by trust, rounded to 5 in print; what is blank is suppressed, not 0.
fn trusts(feed: &concordat::feeds::Feed) {
    let columns = ["measure", "part", "demographic", "level"].map(|name| texts(feed, name));
    let wanted = ["Short term orders", "Section 136", "All", "trust"];
    let org = texts(feed, "org");
    let is = |row: usize| {
        let here = columns.iter().zip(wanted).all(|(column, text)| column[row] == text);
        here && org[row] != "All prov"
    };
    let total = whole(feed, "total");
    let rows: Vec<usize> = (0..total.len()).filter(|row| is(*row)).collect();
    assert_eq!(rows.len(), 94);
    assert_eq!(sum(feed, "total", is), 14_830);
    assert_eq!(sum(feed, "total@suppressed", is), 48);
    for (trust, expected) in
        [("RXM", 280), ("RHA", 70), ("RWR", 350), ("RT1", 185), ("RNU", 255), ("RWX", 260)]
    {
        let row = rows.iter().find(|row| org[**row] == trust).unwrap();
        assert_eq!(total[*row], Some(expected), "{trust}");
    }
}

/// FACTS part 3: incidents with the outcome "Detained (Mental Health Act)". The other figures are
/// cells of the sheet, found with `zipfile` and `xml.etree`: the row "Total Restraint".
#[test]
fn use_of_force_by_outcome() {
    let Some(feed) = read("homeoffice_use_of_force", FORCE) else { return };
    let (tactic, months) = (texts(&feed, "tactic"), months(&feed));
    let (detained, arrested) = (whole(&feed, "detained"), whole(&feed, "arrested"));
    for (month, incidents, restraint, arrests) in [
        ("2017-04", 11_932, 12_295, 202_731),
        ("2018-04", 16_849, 17_392, 309_465),
        ("2019-04", 18_689, 19_018, 376_046),
    ] {
        let row = |wanted: &str| {
            let is = |row: &usize| tactic[*row] == wanted && months[*row] == month;
            (0..tactic.len()).find(is).unwrap()
        };
        assert_eq!(detained[row("all incidents")], Some(incidents));
        assert_eq!(arrested[row("all incidents")], Some(arrests));
        assert_eq!(detained[row("Total Restraint")], Some(restraint));
    }
    let below = feed.quality.files.iter().map(|file| {
        let notes = file.set_aside.iter().filter(|note| note.reason == "below the table");
        notes.map(|note| note.rows).sum::<u64>()
    });
    // "Notes" and the footnotes under it: 10, 10 and 7 lines of the three sheets.
    assert_eq!(below.collect::<Vec<_>>(), [10, 10, 7]);
}

/// The period of the latest edition stands in its title as well.
#[test]
fn the_period_in_a_title() {
    let title = "title = '(year ending \\w+ \\d{4})', format = \"year ending %B %Y\"";
    let start = FORCE.find("file_name").unwrap();
    let end = FORCE[start..].find(" }").unwrap() + start;
    let contract = FORCE.replace(&FORCE[start..end], title).replace("force-*", "force-apr2019*");
    let Some(feed) = read("homeoffice_use_of_force", &contract) else { return };
    assert!(months(&feed).iter().all(|month| month == "2019-04"));
    assert_eq!(sum(&feed, "detained", |row| row == 0), 18_689);
}

/// `r = rows(F)`; `sum(float(x['Mental']) for x in r if x['Tactic'] == '*Total Restraint' and not`
/// `x['Police Force'].startswith('Total'))` = 61,346, over 43 forces: what the row of the total says.
#[test]
fn use_of_force_by_force() {
    let Some(feed) = read("homeoffice_use_of_force", CLEANED) else { return };
    assert_eq!(file(&feed).rows_read, 1_671);
    let tactic = texts(&feed, "tactic");
    let restraint = |row: usize| tactic[row] == "*Total Restraint";
    assert_eq!((0..tactic.len()).filter(|row| restraint(*row)).count(), 43);
    assert_eq!(sum(&feed, "mental", restraint), 61_346);
    assert!(months(&feed).iter().all(|month| month == "2019-04"));
}
