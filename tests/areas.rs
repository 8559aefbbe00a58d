//! Areas: spellings, dated and overlapping parents, and what is wrong in their files.

#![expect(clippy::unwrap_used, reason = "a test that fails should say so and stop")]

use chrono::NaiveDate;
use concordat::area::Areas;
use concordat::definition::Source;

mod dated;
mod lookups;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn own() -> Areas {
    let (areas, errors) = Areas::read(
        &Source::new("areas.csv", include_str!("../indicators/areas/areas.csv")),
        &Source::new("area_links.csv", include_str!("../indicators/areas/area_links.csv")),
        &Source::new("area_names.csv", include_str!("../indicators/areas/area_names.csv")),
    );
    assert_eq!(errors, []);
    areas
}

#[test]
fn spellings_met_in_the_wild_are_found() {
    let areas = own();
    for (spelling, kind, code) in [
        ("England", None, Some("Eng")),
        ("ENG", None, Some("Eng")),
        ("E92000001", Some("country"), Some("Eng")),
        ("  derbyshire ", Some("police force"), Some("E23000018")),
        ("Derbyshire", Some("local authority"), Some("E10000007")),
        ("Derbyshire", Some("plan"), Some("derbyshire")),
        ("Derbyshire", None, None), // a force, a council and a plan: not one
        ("derbyshire", None, Some("derbyshire")), // written as the code of the plan
        ("NHS Newark and Sherwood CCG", Some("ccg"), Some("04H")),
        ("NHS  NEWARK & SHERWOOD CCG", None, Some("04H")),
        ("E38000058", Some("ccg"), Some("03X")),
        ("DCHFT", Some("trust"), Some("RXM")),
        ("EAST MIDLANDS AMBULANCE SERVICE NHS TRUST", None, Some("RX9")),
        ("Avon & Somerset", Some("police force"), None),
    ] {
        assert_eq!(areas.find(spelling, kind), code, "{spelling} as {kind:?}");
    }
}

#[test]
fn an_area_has_the_parts_in_force_on_the_day() {
    let areas = own();
    assert_eq!(areas.members("derbyshire", "ccg", day("2019-03-31")), ["03X", "03Y", "04J", "04R"]);
    assert_eq!(areas.members("derbyshire", "ccg", day("2019-04-01")), ["15M"]);
    assert_eq!(areas.members("derbyshire", "plan", day("2017-01-01")), ["derbyshire"]);
    assert_eq!(areas.members("nottinghamshire", "ambulance trust", day("2017-01-01")), ["RX9"]);
    assert_eq!(areas.members("Eng", "police force", day("2017-01-01")).len(), 5, "through plans");
    assert_eq!(areas.members("nowhere", "ccg", day("2017-01-01")), [""; 0]);
}

#[test]
fn every_plan_has_a_force_a_trust_an_ambulance_trust_ccgs_and_councils() {
    let areas = own();
    let plans = areas.members("Eng", "plan", day("2017-01-01"));
    assert_eq!(plans.len(), 5);
    for plan in plans {
        for kind in ["police force", "trust", "ambulance trust", "ccg", "local authority"] {
            assert!(!areas.members(plan, kind, day("2017-01-01")).is_empty(), "{plan}: {kind}");
        }
    }
}

#[test]
fn problems_are_told_all_at_once_with_their_lines() {
    let (_, errors) = Areas::read(
        &Source::new(
            "a.csv",
            "code,name,kind\nx,Ex,plan\ny,Why,plan\nx,Again,plan\nz,,plan\nq,Ex,plan\n",
        ),
        &Source::new(
            "l.csv",
            "area,part_of,from,to\nx,y,2015-01-01,2014-01-01\ny,x,,2016-01-01\ny,x,2015-06-01,\nxx,y,,\nq,y,1/2/2015,\nq,y\n",
        ),
        &Source::new(
            "n.csv",
            "spelling,kind,code\nEks,plan,x\nEks,plan,y\nEcks,trust,x\nWy,plan,w\n",
        ),
    );
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "a.csv:4: area `x` is there already",
            "a.csv:5: an area needs a code, a name and a kind",
            "a.csv:6: `Ex` already means the plan `x`",
            "l.csv:2: the link of `x` to `y` ends before it begins",
            "l.csv:4: `y` is part of `x` twice on 2015-06-01",
            "l.csv:5: `xx` is not an area",
            "l.csv:6: `1/2/2015` is not a day",
            "l.csv:7: 2 cells where 4 are expected",
            "n.csv:3: `Eks` already means the plan `x`",
            "n.csv:4: `x` is a plan, not a trust",
            "n.csv:5: `w` is not an area",
        ]
    );
}

#[test]
fn wrong_dates_and_successors_are_told_with_their_lines() {
    let text = "code,name,kind,from,to,successor
a,A,ccg,2013-04-01,2019-04-01,d
b,B,ccg,2013-04-01,2013-04-01,
c,C,ccg,1/4/2013,,
d,D,ccg,2019-04-02,,
e,E,ccg,,,d
f,F,ccg,,2019-04-01,dd
g,G,ccg,,2019-04-01,g
h,H,ccg
";
    let (areas, errors) = Areas::read(
        &Source::new("a.csv", text),
        &Source::new("l.csv", "area,part_of,from,to\n"),
        &Source::new("n.csv", "spelling,kind,code\n"),
    );
    let told: Vec<String> = errors
        .iter()
        .map(|error| format!("{error} ({})", error.help.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        told,
        [
            "a.csv:2: `d`, the successor of `a`, is not in force on 2019-04-01 (-)",
            "a.csv:3: area `b` ends before it begins (-)",
            "a.csv:4: `1/4/2013` is not a day (write it as 2017-12-11)",
            "a.csv:6: `e` has a successor and no end (write the first day on which the code is no longer in force under `to`)",
            "a.csv:7: `dd` is not an area (did you mean `d`?)",
            "a.csv:8: `g`, the successor of `g`, is not in force on 2019-04-01 (-)",
            "a.csv:9: 3 cells where 6 are expected (put a cell that holds a comma between double quotes, and close each of them)",
        ]
    );
    assert!(areas.get("b").is_some(), "the rest is given all the same");
    let (_, errors) = Areas::read(
        &Source::new("a.csv", "code,name,kind,from,until,successor\n"),
        &Source::new("l.csv", "area,part_of,from,to\n"),
        &Source::new("n.csv", "spelling,kind,code\n"),
    );
    assert_eq!(
        errors[0].to_string(),
        "a.csv:1: the headings should be code,name,kind,from,to,successor"
    );
}

#[test]
fn codes_come_and_go() {
    let areas = own();
    let hardwick = areas.get("03Y").unwrap();
    assert!(hardwick.in_force().holds(day("2019-03-31")));
    assert!(!hardwick.in_force().holds(day("2019-04-01")));
    assert_eq!(hardwick.successor.as_deref(), Some("15M"));
    let one = areas.get("15M").unwrap().in_force();
    assert!(!one.holds(day("2019-03-31")) && one.holds(day("2019-04-01")));
    let before: Vec<_> = areas.before("15M").map(|area| area.code.as_str()).collect();
    assert_eq!(before, ["03X", "03Y", "04J", "04R"]);
    assert_eq!(areas.before("52R").count(), 6);
    assert_eq!(areas.before("02Q").count(), 0, "Bassetlaw stayed itself");
}

/// Traps of the map: what belongs to two plans, to part of one, and to none.
#[test]
fn overlaps_are_as_they_are() {
    let areas = own();
    let plans = |code: &str| -> Vec<&str> {
        let on_day = |plan: &str| {
            areas.parts(plan).days(code).is_some_and(|days| days.holds(day("2017-01-01")))
        };
        areas.plans().map(|plan| plan.code.as_str()).filter(|plan| on_day(plan)).collect()
    };
    assert_eq!(plans("RX9"), ["derbyshire", "nottinghamshire"], "EMAS");
    assert_eq!(plans("RYC"), ["cambridgeshire", "hertfordshire"], "EEAST");
    assert_eq!(plans("E23000029"), ["oxfordshire"], "Thames Valley, for want of less");
    assert_eq!(plans("02Q"), ["nottinghamshire"], "Bassetlaw");
    assert_eq!(plans("01Y"), [""; 0], "Tameside and Glossop");
    assert_eq!(plans("Eng"), [""; 0]);
    assert!(areas.of_plans().days("01Y").is_none());
    assert!(areas.of_plans().days("RX9").is_some_and(concordat::area::Days::is_always));
}

#[test]
fn a_circle_is_an_error() {
    let (_, errors) = Areas::read(
        &Source::new("a.csv", "code,name,kind\nx,X,plan\ny,Y,plan\n"),
        &Source::new("l.csv", "area,part_of,from,to\nx,y,,\ny,x,,\n"),
        &Source::new("n.csv", "spelling,kind,code\n"),
    );
    assert_eq!(errors[0].to_string(), "l.csv:3: `x` is part of itself, by way of `y`");
}

const PEOPLE: &str = "year,area,age,people,source
2016,x,all,900,made
2018,x,all,1100,made
2016,x,18+,700,made
";

#[test]
fn people_are_of_the_year_or_the_latest_before_it() {
    let (mut areas, _) = Areas::read(
        &Source::new("a.csv", "code,name,kind\nx,X,plan\ny,Y,plan\n"),
        &Source::new("l.csv", "area,part_of,from,to\n"),
        &Source::new("n.csv", "spelling,kind,code\n"),
    );
    assert_eq!(areas.read_populations(&Source::new("p.csv", PEOPLE)), []);
    let of = |age, year| {
        let found = areas.population("x", age)?.of(year)?;
        Some((found.0, found.1.people))
    };
    assert_eq!(of("all", 2015), None);
    assert_eq!(of("all", 2016), Some((2016, 900)));
    assert_eq!(of("all", 2017), Some((2016, 900)));
    assert_eq!(of("all", 2018), Some((2018, 1100)));
    assert_eq!(of("18+", 2030), Some((2016, 700)));
    assert_eq!(of("65+", 2016), None);
    assert_eq!(areas.population("y", "all"), None);
    assert_eq!(areas.ages("x").collect::<Vec<_>>(), ["18+", "all"]);
}

#[test]
fn wrong_populations_are_told_with_their_lines() {
    let (mut areas, _) = Areas::read(
        &Source::new("a.csv", "code,name,kind\nnorth,N,plan\n"),
        &Source::new("l.csv", "area,part_of,from,to\n"),
        &Source::new("n.csv", "spelling,kind,code\n"),
    );
    let text = "year,area,age,people,source
2016,nort,all,900,made
2016/17,north,all,900,made
2016,north,all,\"1,000\",made
2016,north,all,0,made
2016,north,,900,made
2016,north,all,900,
2016,north,all,900,made
2016,north,all,901,made
2016,north,all,900
";
    let errors = areas.read_populations(&Source::new("p.csv", text));
    let told: Vec<String> = errors
        .iter()
        .map(|error| format!("{error} ({})", error.help.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        told,
        [
            "p.csv:10: 4 cells where 5 are expected (put a cell that holds a comma between double quotes, and close each of them)",
            "p.csv:2: `nort` is not an area (did you mean `north`?)",
            "p.csv:3: `2016/17` is not a year (write the calendar year of the estimate, such as 2017)",
            "p.csv:4: `1,000` is not a number of people (write a whole number without separators)",
            "p.csv:5: `0` is not a number of people (write a whole number without separators)",
            "p.csv:6: a population needs its age band and its source (the band of everybody is `all`)",
            "p.csv:7: a population needs its age band and its source (the band of everybody is `all`)",
            "p.csv:9: the people of `north` aged `all` in 2016 are there twice (keep one of the two)",
        ]
    );
}

/// Two ways from `x` to `top`: through `a` until 2018, through `b` from 2017 on, each narrowed by its
/// own upper link; and a part twice, with a gap.
#[test]
fn parts_have_the_days_on_which_every_link_of_a_way_is_in_force() {
    let (areas, errors) = Areas::read(
        &Source::new(
            "a.csv",
            "code,name,kind\ntop,Top,plan\na,A,ccg\nb,B,ccg\nx,X,ward\ny,Y,ward\n",
        ),
        &Source::new(
            "l.csv",
            "area,part_of,from,to\na,top,2015-01-01,2018-01-01\nb,top,2017-06-01,\nx,a,,\n\
             x,b,2017-01-01,\ny,a,2010-01-01,2016-01-01\ny,a,2017-01-01,2030-01-01\n",
        ),
        &Source::new("n.csv", "spelling,kind,code\n"),
    );
    assert_eq!(errors, []);
    let day = |text: &str| text.parse().unwrap();
    let parts = areas.parts("top");
    let stretches = |code| {
        let days = parts.days(code).unwrap().stretches().iter();
        days.map(|(from, to)| format!("{from} {to}")).collect::<Vec<_>>()
    };
    assert!(parts.days("top").unwrap().is_always());
    assert_eq!(stretches("a"), ["2015-01-01 2018-01-01"]);
    let open = chrono::NaiveDate::MAX;
    assert_eq!(stretches("b"), [format!("2017-06-01 {open}")]);
    // through a until 2018, through b from June 2017: joined
    assert_eq!(stretches("x"), [format!("2015-01-01 {open}")]);
    assert_eq!(stretches("y"), ["2015-01-01 2016-01-01", "2017-01-01 2018-01-01"]);
    let y = parts.days("y").unwrap();
    assert!(y.holds(day("2015-12-31")) && !y.holds(day("2016-01-01")));
    assert!(!y.holds(day("2016-12-31")) && y.holds(day("2017-01-01")));
    assert!(y.meets(day("2015-12-31"), day("2016-12-31")));
    assert!(!y.meets(day("2016-01-01"), day("2016-12-31")));
    assert_eq!(
        areas.within("top", day("2016-06-01")).into_iter().collect::<Vec<_>>(),
        ["a", "top", "x"]
    );
}

/// The four of Derbyshire became one on 1 April 2019: the day before and the day.
#[test]
fn the_ccgs_of_derbyshire_follow_each_other() {
    let areas = &super::sample::SAMPLE.0.areas;
    let ccgs = |day: &str| areas.members("derbyshire", "ccg", day.parse().unwrap());
    assert_eq!(ccgs("2019-03-31"), ["03X", "03Y", "04J", "04R"]);
    assert_eq!(ccgs("2019-04-01"), ["15M"]);
    assert_eq!(ccgs("2022-06-30"), ["15M"]);
    assert_eq!(ccgs("2022-07-01"), [""; 0]);
}

/// The councils of a plan together are the force's residents, where the force is the plan's alone.
#[test]
fn residents_of_councils_add_up_to_those_of_their_force() {
    let areas = &super::sample::SAMPLE.0.areas;
    let people = |code: &str| areas.population(code, "all").unwrap().of(2011).unwrap().1.people;
    for (force, councils) in [
        ("E23000018", &["E10000007", "E06000015"][..]),
        ("E23000027", &["E10000015"]),
        ("E23000019", &["E10000024", "E06000018"]),
        ("E23000023", &["E10000003", "E06000031"]),
    ] {
        assert_eq!(councils.iter().map(|code| people(code)).sum::<i64>(), people(force), "{force}");
    }
    // Cherwell, Oxford, South Oxfordshire, Vale of White Horse, West Oxfordshire
    assert_eq!(people("oxfordshire"), 141_868 + 151_906 + 134_257 + 120_988 + 104_779);
    assert_eq!(people("oxfordshire"), people("E10000025"));
}

const HOLIDAYS: &str = include_str!("../indicators/areas/holidays.csv");

#[test]
fn the_bank_holidays_of_15_years_are_there() {
    let mut areas = own();
    assert_eq!(areas.read_holidays(&Source::new("h.csv", HOLIDAYS)), []);
    let years: Vec<String> = HOLIDAYS.lines().skip(1).map(|line| line[..4].to_owned()).collect();
    for year in 2013..=2027 {
        // the Platinum Jubilee and the State Funeral; the Coronation
        let extra = match year {
            2022 => 2,
            2023 => 1,
            _ => 0,
        };
        let number = years.iter().filter(|found| **found == year.to_string()).count();
        assert_eq!(number, 8 + extra, "{year}");
    }
    let working = areas.working_days().unwrap();
    for (from, to, days) in [
        // VE Day was moved from Monday 4 to Friday 8 May 2020
        ("2020-05-01", "2020-05-04", Some(1)),
        ("2020-05-07", "2020-05-11", Some(1)),
        // Christmas on a Saturday: Monday 27 and Tuesday 28 December 2021
        ("2021-12-24", "2021-12-29", Some(1)),
        // the first and the last day known, and the days beyond
        ("2013-01-01", "2013-01-02", Some(1)),
        ("2027-12-30", "2027-12-31", Some(1)),
        ("2027-12-31", "2028-01-01", None),
        ("2012-12-31", "2013-01-02", None),
        ("2018-03-02", "2018-03-01", None),
    ] {
        assert_eq!(working.elapsed(day(from), day(to)), days, "{from} to {to}");
    }
}

#[test]
fn wrong_holidays_are_told_with_their_lines_and_leave_no_calendar() {
    let mut areas = own();
    let text = "date,name,area
25/12/2013,Christmas Day,england-and-wales
2013-12-25,Christmas Day,scotland
2013-12-26,,england-and-wales
2015-12-26,Boxing Day,england-and-wales
2014-01-01,New Year's Day,england-and-wales
2014-01-01,New Year's Day,england-and-wales
";
    let errors = areas.read_holidays(&Source::new("h.csv", text));
    let told: Vec<String> = errors
        .iter()
        .map(|error| format!("{error} ({})", error.help.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        told,
        [
            "h.csv:2: `25/12/2013` is not a day (write it as 2017-12-25)",
            "h.csv:3: `scotland` is not `england-and-wales` (the Act and the plans are of England \
             and Wales: leave others out)",
            "h.csv:4: 2013-12-26 has no name (say which holiday it is)",
            "h.csv:5: 2015-12-26 is a Saturday (give the substitute day, on which nobody worked)",
            "h.csv:7: 2014-01-01 is there twice (-)",
        ]
    );
    assert_eq!(areas.working_days(), None);
}

#[test]
fn a_year_with_a_holiday_missing_is_an_error() {
    let mut areas = own();
    let lacking = HOLIDAYS.replace("2018-12-26,Boxing Day,england-and-wales\n", "");
    let errors = areas.read_holidays(&Source::new("h.csv", lacking));
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["h.csv: 2018 has 7 bank holidays, fewer than 8"]);
    assert_eq!(areas.working_days(), None);
}
