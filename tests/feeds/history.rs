//! Deliveries over time, worked by hand: order, lateness, how long months move, what was changed.

use std::collections::{BTreeMap, BTreeSet};

use concordat::area::Areas;
use concordat::feeds::history::{Settling, completeness, gaps, new_codes};
use concordat::feeds::{Feed, Opened};
use concordat::period::Month;

use super::{EVENTS, Workspace, said, said_of};

const HEADINGS: &str = "Ref,Force,Detained at,Ended,age,place,extended\n";

/// Files by name, each with its rows and the line of the log for it.
fn delivered(contract: &str, log: &str, files: &[(&str, &str)]) -> Opened {
    let workspace = Workspace::new();
    for (name, rows) in files {
        workspace.deliver(name, format!("{HEADINGS}{rows}"));
    }
    workspace.deliver("deliveries.csv", format!("file,delivered,status\n{log}"));
    workspace.open(contract)
}

fn ready(opened: Opened) -> Feed {
    assert_eq!(opened.problems, []);
    opened.feed.unwrap()
}

fn due(day: u32) -> String {
    EVENTS.replace("rows       =", &format!("due = {{ day = {day} }}\nrows       ="))
}

fn row(id: &str, day: &str) -> String {
    format!("{id},Derbyshire,{day} 10:00,{day} 12:00,34,Suite,Y\n")
}

fn months(all: &BTreeSet<Month>) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// By name `v10` comes before `v9`; by the log it came after, so that its row counts.
#[test]
fn files_are_read_in_the_order_in_which_they_came() {
    let files = [
        ("v9.csv", "1,Derbyshire,01/02/2017 10:00,,34,Suite,Y\n"),
        ("v10.csv", "1,Derbyshire,01/02/2017 10:00,01/02/2017 12:00,35,Suite,Y\n"),
    ];
    let feed = ready(delivered(EVENTS, "v9.csv,2017-03-02,\nv10.csv,2017-03-09,\n", &files));
    let ages: Vec<_> = feed.rows.column("age").unwrap().i64().unwrap().iter().collect();
    assert_eq!(ages, [Some(35)]);
    let names: Vec<&str> = feed.quality.files.iter().map(|file| file.file.as_str()).collect();
    assert_eq!(names, ["data/feed/v9.csv", "data/feed/v10.csv"]);
    assert_eq!(said(&feed.quality, |file| &file.set_aside), ["v9.csv:2: revised by v10.csv"],);
    let revised = &feed.quality.files[1].revised;
    let revised: Vec<_> =
        revised.iter().map(|one| (one.column.as_str(), one.rows, one.filled)).collect();
    assert_eq!(revised, [("age", 1, 0), ("ended", 1, 1)]);
    assert_eq!(feed.quality.files[0].revised, []);
}

/// Due on the 15th. January came on 17 February, two days late; February on 15 March, in time; March
/// first in a file of 20 April that also has February again. With a due day of 31 the last of February
/// is the 28th.
#[test]
fn lateness_is_of_the_day_on_which_a_month_first_came() {
    let files = [
        ("a.csv", row("1", "05/01/2017")),
        ("b.csv", row("2", "05/02/2017")),
        ("c.csv", row("2", "05/02/2017") + &row("3", "05/03/2017")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, rows)| (*name, &**rows)).collect();
    let log = "a.csv,2017-02-17,\nb.csv,2017-03-15,\nc.csv,2017-04-20,\n";
    let late = |day| {
        let quality = ready(delivered(&due(day), log, &files)).quality;
        let arrivals = quality.arrivals().into_iter();
        arrivals.map(|one| (one.month.to_string(), one.days_late)).collect::<Vec<_>>()
    };
    let expected = |days: [i64; 3]| {
        ["2017-01", "2017-02", "2017-03"]
            .into_iter()
            .map(str::to_owned)
            .zip(days)
            .collect::<Vec<_>>()
    };
    assert_eq!(late(15), expected([2, 0, 5]));
    assert_eq!(late(31), expected([-11, -16, -10]));
    let feed = ready(delivered(EVENTS, log, &files));
    assert_eq!(feed.quality.arrivals(), [], "nothing is late where no day is due");
}

/// Ten rows of January 2018: eight came on 10 February and stand; row 3 was corrected on 10 March, in
/// time for February's pack; row 10 came on 20 March, after the due day, so first in the pack of March.
/// The rows of later months are too young to tell.
#[test]
fn settling_is_measured_from_what_came_and_what_was_corrected() {
    let of_january = |ids: &[u32]| -> String {
        ids.iter().map(|id| row(&id.to_string(), "05/01/2018")).collect()
    };
    let files = [
        ("a.csv", of_january(&[1, 2, 3, 4, 5, 6, 7, 8, 9])),
        ("b.csv", "3,Derbyshire,05/01/2018 10:00,05/01/2018 13:00,34,Suite,Y\n".to_owned()),
        ("c.csv", of_january(&[10, 1])),
        ("d.csv", row("11", "05/01/2019")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, rows)| (*name, &**rows)).collect();
    let log = "a.csv,2018-02-10,\nb.csv,2018-03-10,\nc.csv,2018-03-20,\nd.csv,2019-02-10,\n";
    let feed = ready(delivered(&due(15), log, &files));
    let settling = Settling::of(&feed).unwrap();
    assert_eq!(settling.rows, BTreeMap::from([(0, 8), (1, 1), (2, 1)]));
    assert_eq!(settling.settles_after(), Some(2));
    assert_eq!(Settling { rows: [(0, 99), (7, 1)].into() }.settles_after(), Some(0));
    assert_eq!(Settling { rows: [(0, 98), (7, 2)].into() }.settles_after(), Some(7));
    assert_eq!(Settling::default().settles_after(), None);
}

/// January is provisional until the file of 9 March, which says nothing of itself, has it again.
#[test]
fn a_month_is_provisional_while_its_latest_delivery_says_so() {
    let january = row("1", "05/01/2017");
    let both = january.clone() + &row("2", "05/02/2017");
    let first = ("a.csv", january.as_str());
    let alone = ready(delivered(EVENTS, "a.csv,2017-02-05,provisional\n", &[first]));
    assert_eq!(months(&alone.coverage.provisional), ["2017-01"]);
    let log = "a.csv,2017-02-05,provisional\nb.csv,2017-03-09,\n";
    let after = ready(delivered(EVENTS, log, &[first, ("b.csv", &both)]));
    assert_eq!(months(&after.coverage.provisional), [""; 0]);
    let log = "a.csv,2017-02-05,final\nb.csv,2017-03-09,provisional\n";
    let again = ready(delivered(EVENTS, log, &[first, ("b.csv", &both)]));
    assert_eq!(months(&again.coverage.provisional), ["2017-01", "2017-02"]);
}

#[test]
fn a_log_with_mistakes_says_where_and_what_to_do_and_the_rows_are_read() {
    let files = [("a.csv", &*row("1", "05/01/2017")), ("b.csv", &*row("2", "05/02/2017"))];
    let log = "c.csv,2017-02-05,\na.csv,05/02/2017,\na.csv,2017-02-05,finished\n\
               a.csv,2017-02-05,final\na.csv,2017-02-06,\n";
    let opened = delivered(EVENTS, log, &files);
    let problems: Vec<String> = opened.problems.iter().map(said_of).collect();
    assert_eq!(
        problems,
        [
            "data/feed/deliveries.csv:2: no delivered file is called `c.csv` (names are written to \
             the letter, without folders)",
            "data/feed/deliveries.csv:3: `05/02/2017` is not a day (write the day the file came as \
             2018-04-15)",
            "data/feed/deliveries.csv:4: `finished` is not a status (it is provisional, final, or \
             left empty)",
            "data/feed/deliveries.csv:6: `a.csv` is there twice (keep the line of its latest \
             delivery)",
        ]
    );
    let feed = opened.feed.unwrap();
    assert_eq!(feed.rows.height(), 2);
    assert_eq!(
        said(&feed.quality, |file| &file.warnings),
        ["b.csv:: not in deliveries.csv: taken as the latest delivery"]
    );
}

/// Two forces; nobody has March, Derbyshire lacks February, and Nottinghamshire begins in February.
#[test]
fn gaps_are_of_the_feed_and_of_each_area() {
    let derbyshire = ["05/01/2017", "05/04/2017"].map(|day| row(day, day)).concat();
    let other = |day: &str| row(&format!("n{day}"), day).replace("Derbyshire", "Nottinghamshire");
    let rows = derbyshire + &other("05/02/2017") + &other("05/04/2017");
    let feed = ready(delivered(EVENTS, "a.csv,2017-05-01,\n", &[("a.csv", &rows)]));
    let found: Vec<_> = gaps(&feed, &Areas::default())
        .into_iter()
        .map(|(area, months)| (area, months.iter().map(ToString::to_string).collect::<Vec<_>>()))
        .collect();
    let one = |month: &str| vec![month.to_owned()];
    assert_eq!(found, [(None, one("2017-03")), (Some("E23000018".to_owned()), one("2017-02"))]);
    let zero = EVENTS.replace("rows       =", "empty = \"zero\"\nrows       =");
    let feed = ready(delivered(&zero, "a.csv,2017-05-01,\n", &[("a.csv", &rows)]));
    assert_eq!(gaps(&feed, &Areas::default()), []);
}

/// March and April lie in two financial years; the second file is the first with a cell.
#[test]
fn completeness_is_by_year_and_new_codes_are_by_file() {
    let first =
        "1,Derbyshire,31/03/2017 10:00,,34,Suite,Y\n2,Derbyshire,30/03/2017 10:00,,,Suite,Y\n";
    let second = "3,Derbyshire,01/04/2017 10:00,,34,Custody,Y\n";
    let log = "a.csv,2017-04-05,\nb.csv,2017-05-05,\n";
    let feed = ready(delivered(EVENTS, log, &[("a.csv", first), ("b.csv", second)]));
    let all = completeness(&feed).unwrap();
    let of = |column: &str| {
        let years = all[column].iter();
        years.map(|(year, filled)| (year.to_string(), *filled)).collect::<Vec<_>>()
    };
    let years = |one, other| vec![("2016/17".to_owned(), one), ("2017/18".to_owned(), other)];
    assert_eq!(of("age"), years((1, 2), (1, 1)));
    assert_eq!(of("ended"), years((0, 2), (0, 1)));
    let new = new_codes(&feed).unwrap();
    assert_eq!(new.len(), 1);
    let cell = BTreeSet::from(["cell".to_owned()]);
    assert_eq!(new[&1], BTreeMap::from([("place".to_owned(), cell)]));
}
