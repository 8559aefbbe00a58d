//! Random small feeds, filters, measures and requests.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use concordat::area::{Days, Estimate, Members, Population};
use concordat::error::Place;
use concordat::feeds::contract::{Contract, Empty, Rows};
use concordat::filter::{ColumnType, Comparison, Filter, Literal, Operand, Prior};
use concordat::indicators::measure::each::{Each, Then};
use concordat::indicators::measure::{
    Convention, Interval, Kind, Length, Limit, Measure, Quantity, Stay, Unknown,
};
use concordat::measures::Request;
use concordat::period::{Grain, Month};
use concordat::unit::Unit;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::measures::cases::own_calendar;
use crate::measures::frame::{Row, Value, contract, day};

/// Times around both changes of the clocks and the end of the financial year; none falls in the
/// skipped hour.
const TIMES: [&str; 17] = [
    "2017-01-31T23:59",
    "2017-03-01T00:00",
    "2017-03-25T23:30",
    "2017-03-26T00:30",
    "2017-03-26T02:30",
    "2017-03-26T23:59",
    "2017-03-27T00:00",
    "2017-03-31T22:00",
    "2017-04-01T00:00",
    "2017-04-01T09:30",
    "2017-10-28T23:30",
    "2017-10-29T00:30",
    "2017-10-29T01:30",
    "2017-10-29T02:30",
    "2017-10-30T00:00",
    "2017-10-31T23:30",
    "2017-11-01T00:00",
];
const DAYS: [&str; 11] = [
    // the day before the first whose holidays are known
    "2012-12-31",
    "2017-02-28",
    "2017-03-01",
    "2017-03-30",
    "2017-03-31",
    "2017-04-01",
    "2017-04-02",
    "2017-04-03",
    "2017-05-10",
    "2017-10-31",
    "2017-11-02",
];

/// What a row is, an empty month, months to settle, and whether a blank `to` is not ended.
type Terms = (Rows, Empty, u32, bool);

pub(super) fn some_contract((rows, empty, settles_after, open): Terms) -> Contract {
    let columns = [
        ("id", ColumnType::Text),
        ("person", ColumnType::Text),
        ("area", ColumnType::Area),
        ("code", ColumnType::Code(vec!["a".into(), "b".into(), "never".into()])),
        ("n", ColumnType::Integer),
        ("m", ColumnType::Integer),
        ("x", ColumnType::Decimal),
        ("yes", ColumnType::Flag),
        ("at", ColumnType::Time),
        ("from", ColumnType::Time),
        ("to", ColumnType::Time),
        ("in", ColumnType::Date),
        ("out", ColumnType::Date),
    ];
    let event_time = Some("at".to_owned());
    let open_ends = open.then(|| "to".to_owned()).into_iter().collect();
    Contract { event_time, empty, settles_after, open_ends, ..contract(rows, &columns) }
}

fn text(values: &'static [&'static str]) -> BoxedStrategy<Option<Value>> {
    prop_oneof![
        1 => Just(None),
        5 => select(values).prop_map(|text| Some(Value::Text(text.to_owned()))),
    ]
    .boxed()
}

fn time(absent: u32) -> BoxedStrategy<Option<Value>> {
    let read = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
    prop_oneof![
        absent => Just(None),
        5 => select(&TIMES[..]).prop_map(move |text| Some(Value::Time(read(text)))),
    ]
    .boxed()
}

fn date() -> BoxedStrategy<Option<Value>> {
    prop_oneof![
        1 => Just(None),
        5 => select(&DAYS[..]).prop_map(|text| Some(Value::Date(day(text)))),
    ]
    .boxed()
}

fn integer(most: i64) -> BoxedStrategy<Option<Value>> {
    prop_oneof![1 => Just(None), 6 => (0..=most).prop_map(|number| Some(Value::Integer(number)))]
        .boxed()
}

/// Quarters, so that sums are exact in any order.
fn decimal() -> BoxedStrategy<Option<Value>> {
    prop_oneof![
        1 => Just(None),
        5 => (-8_i32..8).prop_map(|number| Some(Value::Decimal(f64::from(number) / 4.0))),
    ]
    .boxed()
}

fn flag() -> BoxedStrategy<Option<Value>> {
    prop_oneof![1 => Just(None), 3 => any::<bool>().prop_map(|flag| Some(Value::Flag(flag)))]
        .boxed()
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let names = ["person", "area", "code", "n", "m", "x", "yes", "at", "from", "to", "in", "out"];
    let row = vec![
        text(&["p", "q"]),
        text(&["N", "S", "W"]),
        text(&["a", "b"]),
        integer(4),
        integer(3),
        decimal(),
        flag(),
        time(1),
        time(1),
        time(4),
        date(),
        date(),
    ];
    vec((row, proptest::bool::weighted(0.7)), 0..14).prop_map(move |rows| {
        rows.into_iter()
            .enumerate()
            .map(|(at, (values, blank))| {
                let mut row: Row = names
                    .iter()
                    .zip(values)
                    .filter_map(|(name, value)| Some(((*name).to_owned(), value?)))
                    .collect();
                row.insert("id".into(), Value::Text(format!("r{at:02}")));
                let blank = blank && !row.contains_key("to");
                row.insert("to@blank".into(), Value::Flag(blank));
                row
            })
            .collect()
    })
}

fn comparison() -> impl Strategy<Value = Comparison> {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    select(vec![Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual])
}

fn column(name: &str) -> Operand {
    Operand::Column(name.to_owned())
}

fn compared(left: Operand, right: Operand) -> impl Strategy<Value = Filter> {
    comparison().prop_map(move |comparison| Filter::Compare {
        left: left.clone(),
        comparison,
        right: right.clone(),
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let fixed = |value| Operand::Literal(value);
    let elapsed = || Operand::Elapsed { to: "to".into(), from: "from".into() };
    let noon = day("2017-03-26").and_hms_opt(0, 30, 0).unwrap();
    let words = |words: &[&str]| words.iter().map(|word| Literal::Text((*word).into())).collect();
    let leaf = prop_oneof![
        Just(Filter::Flag("yes".into())),
        select(vec!["person", "yes", "to", "out", "n"])
            .prop_map(|name| Filter::IsNull(name.into())),
        select(vec!["%", "_", "P", "%p%", "q_"])
            .prop_map(|pattern| Filter::Like { column: "person".into(), pattern: pattern.into() }),
        compared(column("n"), fixed(Literal::Integer(2))),
        compared(column("n"), column("m")),
        compared(column("n"), fixed(Literal::Decimal(1.5))),
        compared(column("x"), fixed(Literal::Integer(1))),
        compared(column("code"), fixed(Literal::Text("a".into()))),
        compared(column("in"), fixed(Literal::Date(day("2017-03-31")))),
        compared(column("from"), fixed(Literal::Date(day("2017-04-01")))),
        compared(column("from"), fixed(Literal::Time(noon))),
        compared(column("from"), column("to")),
        compared(elapsed(), fixed(Literal::Seconds(3_600))),
        Just(Filter::In { value: column("code"), list: words(&["b", "c"]) }),
        Just(Filter::In {
            value: column("n"),
            list: vec![Literal::Integer(0), Literal::Integer(3)],
        }),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let window = select(vec![1, 2, 7, 31, 215]);
        prop_oneof![
            (window, proptest::option::of(inner.clone())).prop_map(|(days, among)| {
                let among = among.map(Box::new);
                Filter::Prior(Prior { person: "person".into(), days, among })
            }),
            vec(inner.clone(), 1..4).prop_map(Filter::And),
            vec(inner.clone(), 1..4).prop_map(Filter::Or),
            inner.prop_map(|part| Filter::Not(Box::new(part))),
        ]
    })
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let columns = select(vec!["n", "x"]).prop_map(|of| Quantity::Column(of.into()));
    let elapsed = (select(vec![("from", "to"), ("in", "out")]), any::<bool>(), longest());
    prop_oneof![
        columns,
        elapsed.prop_map(|(events, working, longest)| {
            Quantity::Elapsed(interval(events, longest, working))
        }),
    ]
}

fn stay() -> impl Strategy<Value = Stay> {
    let of = |from: &str, to: &str, person: Option<&str>| Stay {
        from: from.into(),
        to: to.into(),
        person: person.map(str::to_owned),
    };
    select(vec![
        of("from", "to", None),
        of("from", "to", Some("person")),
        of("in", "out", None),
        of("in", "out", Some("person")),
    ])
}

fn limits() -> impl Strategy<Value = Vec<Limit>> {
    let before = proptest::option::of(select(vec![day("2017-03-26"), day("2017-04-01")]));
    let seconds = select(vec![0, 3_600, 7_200, 86_400, 900_000]).prop_map(Length::Seconds);
    let working = select(vec![1, 2, 20, 150]).prop_map(Length::WorkingDays);
    let length = prop_oneof![3 => seconds, 2 => working];
    let limit = (before, proptest::option::of(filter()), length);
    vec(limit.prop_map(|(before, when, length)| Limit { before, when, length }), 1..4)
}

fn longest() -> impl Strategy<Value = Option<i64>> {
    proptest::option::weighted(0.3, select(vec![3_600, 90_000, 3_000_000]))
}

fn interval((from, to): (&str, &str), longest: Option<i64>, working: bool) -> Interval {
    let calendar = working.then(own_calendar);
    Interval { from: from.into(), to: to.into(), longest, calendar }
}

fn within(
    events: (&str, &str),
    limits: Vec<Limit>,
    longest: Option<i64>,
    unknown: Unknown,
) -> Kind {
    let working = limits.iter().any(|limit| matches!(limit.length, Length::WorkingDays(_)));
    Kind::Within { clock: interval(events, longest, working), limits, standard: None, unknown }
}

fn unknown() -> impl Strategy<Value = Unknown> {
    select(vec![Unknown::Exclude, Unknown::Outside])
}

fn follow() -> impl Strategy<Value = Option<u32>> {
    proptest::option::weighted(0.4, select(vec![1, 28, 30, 31, 90]))
}

/// Kinds whose rows can be placed by another time than the feed's.
fn can_be_placed(kind: &Kind) -> bool {
    use Kind::{Count, Distinct, Gap, Mean, Proportion, Quantile, Rate, Ratio, Sum};
    matches!(
        kind,
        Count
            | Distinct { .. }
            | Sum { .. }
            | Mean { .. }
            | Quantile { .. }
            | Proportion { .. }
            | Rate { .. }
            | Ratio { .. }
            | Gap
    )
}

fn kind() -> impl Strategy<Value = Kind> {
    let columns = || select(vec!["n", "m", "x"]).prop_map(str::to_owned);
    let clock = select(vec![("from", "to"), ("in", "out"), ("at", "to")]);
    prop_oneof![
        2 => Just(Kind::Count),
        1 => Just(Kind::Gap),
        3 => select(vec![1, 2, 7, 31, 215, 300])
            .prop_flat_map(|days| {
                unknown().prop_map(move |unknown| Kind::Repeat {
                    person: "person".into(),
                    days,
                    unknown,
                })
            }),
        2 => select(vec!["person", "code"]).prop_map(|of| Kind::Distinct { of: of.into() }),
        1 => quantity().prop_map(|of| Kind::Sum { of }),
        1 => quantity().prop_map(|of| Kind::Mean { of }),
        2 => (quantity(), select(vec![0.0, 0.1, 0.5, 0.55, 0.9, 1.0]))
            .prop_map(|(of, at)| Kind::Quantile { of, at }),
        3 => (proptest::option::of(filter()), filter(), follow(), unknown()).prop_map(
            |(denominator, numerator, follow, unknown)| Kind::Proportion {
                denominator,
                numerator,
                follow,
                unknown,
            }
        ),
        2 => (select(vec![1, 1_000]), any::<bool>())
            .prop_map(|(per, annualised)| Kind::Rate { per, age: "all".into(), annualised }),
        1 => (columns(), columns())
            .prop_map(|(numerator, denominator)| Kind::Ratio { numerator, denominator }),
        4 => (clock, limits(), longest(), unknown()).prop_map(
            |(events, limits, longest, unknown)| within(events, limits, longest, unknown)
        ),
        3 => (stay(), select(vec![Convention::Mhsds, Convention::Inclusive]))
            .prop_map(|(stay, convention)| Kind::BedDays { stay, convention }),
        2 => stay().prop_map(|stay| Kind::Open { stay }),
        1 => stay().prop_map(|stay| Kind::AverageOpen { stay }),
        3 => stay().prop_map(|stay| Kind::Peak { stay }),
    ]
}

fn population(years: BTreeMap<i32, i64>) -> Population {
    let of = |(year, people)| (year, Estimate { people, source: "made".into() });
    years.into_iter().map(of).collect()
}

fn request() -> impl Strategy<Value = Request> {
    let ends =
        vec![None, Some(day("2017-03-15")), Some(day("2017-04-01")), Some(day("2017-10-29"))];
    let days = (select(ends.clone()), select(ends)).prop_map(|(one, other)| match (one, other) {
        (Some(from), Some(to)) if to <= from => Days::stretch(Some(from), None),
        (from, to) => Days::stretch(from, to),
    });
    let areas = proptest::collection::btree_map(select(vec!["N", "S", "X"]), days, 0..3);
    let members = |areas: BTreeMap<&str, Days>| {
        let mut members = Members::default();
        for (code, days) in areas {
            members.insert(code, days);
        }
        members
    };
    let areas = (areas.clone(), areas)
        .prop_map(move |(asked, in_force)| (members(asked), members(in_force)));
    let split = proptest::option::weighted(0.4, select(vec!["code", "person", "area"]));
    let month =
        |months: Vec<u32>| select(months).prop_map(|month| Month::new(2017, month).unwrap());
    let first = proptest::option::weighted(0.3, month(vec![1, 4, 10]));
    let grain = prop_oneof![
        3 => Just(Grain::Month),
        2 => Just(Grain::Week),
        1 => Just(Grain::FinancialYear),
        1 => Just(Grain::CalendarYear),
    ];
    let years = proptest::collection::btree_map(select(vec![2016, 2017]), 1_i64..50, 1..3);
    let codes = select(vec![None, Some("a"), Some("p")]);
    let people = proptest::collection::btree_map(codes, years, 1..4);
    (areas, split, grain, month(vec![3, 4, 10, 12]), first, people).prop_map(
        |((areas, in_force), split, grain, as_at, first, people)| Request {
            areas,
            split: split.map(str::to_owned),
            in_force,
            grain,
            as_at,
            first,
            populations: people
                .into_iter()
                .map(|(code, years)| (code.map(str::to_owned), population(years)))
                .collect(),
        },
    )
}

#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) rows: Vec<Row>,
    pub(super) kind: Kind,
    pub(super) filters: (Option<Filter>, Option<Filter>),
    pub(super) request: Request,
    pub(super) feed: Terms,
    pub(super) per_day: bool,
    pub(super) each: Option<Each>,
    pub(super) period_by: Option<&'static str>,
}

/// Days or weeks inside longer periods, of the kinds that have them.
fn each(kind: &Kind, grain: Grain, each: Option<Each>) -> Option<Each> {
    let suits = matches!(
        kind,
        Kind::Count
            | Kind::Distinct { .. }
            | Kind::Sum { .. }
            | Kind::BedDays { .. }
            | Kind::Open { .. }
            | Kind::Peak { .. }
    );
    each.filter(|each| suits && each.inner != grain)
}

pub(super) fn asked() -> impl Strategy<Value = Asked> {
    let inner = (
        select(vec![Grain::Day, Grain::Week]),
        select(vec![Then::Mean, Then::Median, Then::Max, Then::Min]),
    );
    let inner = inner.prop_map(|(inner, then)| Each { inner, then });
    let each_of = proptest::option::weighted(0.3, inner);
    let filters = (proptest::option::of(filter()), proptest::option::weighted(0.2, filter()));
    let feed = (
        select(vec![Rows::Events, Rows::Stays]),
        select(vec![Empty::Missing, Empty::Zero]),
        0_u32..2,
        any::<bool>(),
    );
    let placed = proptest::option::weighted(0.3, select(vec!["from", "to", "in", "out"]));
    (rows(), kind(), filters, request(), feed, any::<bool>(), each_of, placed).prop_map(
        |(rows, kind, filters, request, feed, per_day, each_of, placed)| Asked {
            each: each(&kind, request.grain, each_of),
            period_by: placed.filter(|_| can_be_placed(&kind)),
            rows,
            kind,
            filters,
            request,
            feed,
            per_day,
        },
    )
}

/// Clocks of events whose blank end is not ended, with every row in the area.
pub(super) fn asked_of_blank_ends() -> impl Strategy<Value = Asked> {
    (asked(), limits(), longest(), unknown()).prop_map(|(asked, limits, longest, unknown)| Asked {
        kind: within(("from", "to"), limits, longest, unknown),
        each: None,
        period_by: None,
        filters: (None, None),
        feed: (Rows::Events, asked.feed.1, asked.feed.2, true),
        request: Request { areas: ["N", "S", "W"].into_iter().collect(), ..asked.request },
        ..asked
    })
}

pub(super) fn measure(asked: &Asked) -> Measure {
    let beds = matches!(asked.kind, Kind::BedDays { .. });
    Measure {
        id: "measure".into(),
        title: "A measure".into(),
        feed: "feed".into(),
        filter: asked.filters.0.clone(),
        kind: asked.kind.clone(),
        unit: if beds && asked.per_day { Unit::BedDaysPerDay } else { Unit::Count },
        stock: false,
        period_by: asked.period_by.map(str::to_owned),
        split_shares: false,
        each: asked.each,
        source: String::new(),
        place: Place::file("measures.toml"),
    }
}
