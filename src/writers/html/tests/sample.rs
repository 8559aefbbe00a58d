//! A pack of the size and shape of a real one. Its numbers are invented.

use chrono::{Months, NaiveDate};

use crate::charts::{Chart, ChartLine, ChartPhase, ChartPoint, Direction, Mark};
use crate::disclosure::Figure;
use crate::document::{
    Block, Cell, Column, Count, Document, Fact, Format, Icon, Table, Tag, TextStyle,
};
use crate::unit::Unit;

/// Reference, title, format, level, spread, rating, variation, assurance, target, stated.
type Row =
    (&'static str, &'static str, Format, f64, f64, Icon, Icon, Icon, &'static str, &'static str);

const ROWS: [Row; 18] = [
    (
        "KPI 1",
        "Use of Section 136 powers",
        Format::Decimal(0),
        61.0,
        9.0,
        Icon::Green,
        Icon::ImprovementLow,
        Icon::NoTarget,
        "Fewer than in 2014",
        "Down 40–50% (Aug 2017)",
    ),
    (
        "KPI 2",
        "Police cells used as place of safety under s136, all ages",
        Format::Decimal(0),
        1.2,
        1.0,
        Icon::Amber,
        Icon::CommonCause,
        Icon::HitOrMiss,
        "None",
        "2 in 20 months",
    ),
    (
        "KPI 3",
        "Child detained in a police cell under s136",
        Format::Decimal(0),
        0.0,
        0.0,
        Icon::Green,
        Icon::CommonCause,
        Icon::Pass,
        "Never",
        "None in 2017",
    ),
    (
        "KPI 4",
        "Conversion rate: s136 hospital place of safety to admission",
        Format::Percent(1),
        0.34,
        0.05,
        Icon::Amber,
        Icon::CommonCause,
        Icon::NoTarget,
        "Higher than in 2014",
        "Increased in south",
    ),
    (
        "KPI 5",
        "Out-of-area acute admissions",
        Format::Decimal(0),
        14.0,
        4.0,
        Icon::Red,
        Icon::ConcernHigh,
        Icon::Fail,
        "At most 0 by Sep 2018",
        "Target met for 9 weeks (Dec 2016)",
    ),
    (
        "KPI 6",
        "Use of crisis and step-down beds",
        Format::Decimal(1),
        11.0,
        1.4,
        Icon::Green,
        Icon::ImprovementHigh,
        Icon::Pass,
        "More than in 2014",
        "11 people a week (Aug 2017)",
    ),
    (
        "KPI 7",
        "People seen by the ambulance service with mental health as primary reason",
        Format::Decimal(0),
        172.0,
        14.0,
        Icon::NotRated,
        Icon::NeitherHigh,
        Icon::NoTarget,
        "Monitored",
        "No data set yet",
    ),
    (
        "KPI 8",
        "Supported other than by conveyance to acute hospital",
        Format::Percent(1),
        0.41,
        0.04,
        Icon::NotRated,
        Icon::CommonCause,
        Icon::NoTarget,
        "Not stated",
        "Not able to report",
    ),
    (
        "KPI 9",
        "Ambulance staff trained in mental health",
        Format::Decimal(0),
        1240.0,
        60.0,
        Icon::Green,
        Icon::ImprovementHigh,
        Icon::NoTarget,
        "More than in 2014",
        "Training under way",
    ),
    (
        "KPI 10",
        "Ambulance response within 30 minutes of a s136 call",
        Format::Percent(1),
        0.58,
        0.06,
        Icon::Amber,
        Icon::ImprovementHigh,
        Icon::Fail,
        "At least 95%",
        "Long delays",
    ),
    (
        "KPI 10",
        "Ambulance response to s136, 90th percentile",
        Format::Clock,
        4410.0,
        620.0,
        Icon::Red,
        Icon::CommonCause,
        Icon::Fail,
        "At most 0:30:00",
        "Not stated",
    ),
    (
        "KPI 14",
        "Recorded experiences of detention",
        Format::Decimal(0),
        3.0,
        1.0,
        Icon::NotRated,
        Icon::CommonCause,
        Icon::NoTarget,
        "A process is in place",
        "Green in county",
    ),
    (
        "KPI 15",
        "Police use of restraint",
        Format::Decimal(0),
        38.0,
        6.0,
        Icon::NotRated,
        Icon::CommonCause,
        Icon::NoTarget,
        "Reduce; no size stated",
        "In progress",
    ),
    (
        "KPI 17",
        "Crisis team response within 4 hours",
        Format::Percent(1),
        0.87,
        0.03,
        Icon::Amber,
        Icon::CommonCause,
        Icon::HitOrMiss,
        "At least 90%",
        "89% (Nov 2015)",
    ),
    (
        "4.4",
        "Out-of-area bed days, acute",
        Format::Decimal(0),
        412.0,
        55.0,
        Icon::Red,
        Icon::ConcernHigh,
        Icon::Fail,
        "118 on the plan’s line",
        "Numbers beginning to stabilise",
    ),
    (
        "4.8",
        "Acute ward length of stay",
        Format::Decimal(1),
        34.2,
        3.1,
        Icon::Amber,
        Icon::CommonCause,
        Icon::NoTarget,
        "Shorter than in 2017",
        "High in the county",
    ),
    (
        "4.9",
        "Cost of out-of-area placements",
        Format::Pounds,
        231_400.0,
        31_000.0,
        Icon::Red,
        Icon::ConcernHigh,
        Icon::NoTarget,
        "Lower than in 2017",
        "Not stated",
    ),
    (
        "6.4",
        "Caged vehicles used for conveyance",
        Format::Decimal(0),
        0.0,
        0.0,
        Icon::Green,
        Icon::CommonCause,
        Icon::Pass,
        "None",
        "Not stated",
    ),
];

fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2015, 9, 1).expect("a date")
}

fn figure(value: f64) -> Figure {
    Figure::for_test(value)
}

/// A wave that a hand could draw: no clock, no chance.
fn values(seed: usize, level: f64, spread: f64) -> Vec<f64> {
    (0..24_u32)
        .map(|at| {
            let turn =
                f64::from((at * 7 + u32::try_from(seed).expect("small") * 5) % 13) / 6.0 - 1.0;
            let whole = level > 20.0 || level.fract().abs() < f64::EPSILON;
            let value = (level + turn * spread).max(0.0);
            if whole { value.round() } else { value }
        })
        .collect()
}

fn chart(seed: usize, id: &str, row: &Row) -> Chart {
    let &(_, title, format, level, spread, ..) = row;
    let values = values(seed, level, spread);
    let last = values.len() - 1;
    let unit = match format {
        Format::Percent(_) => Unit::Proportion,
        Format::Clock => Unit::Seconds,
        Format::Pounds => Unit::Pounds,
        Format::Decimal(_) => Unit::Count,
    };
    Chart {
        id: id.to_owned(),
        title: format!("{title}: the last months are like those before"),
        subtitle: "Each month, whole county".to_owned(),
        caption: "XmR chart. Limits: mean ± 3 × mean moving range / 1.128. Synthetic data."
            .to_owned(),
        alt: format!("{title}, 24 months to August 2017, no signal."),
        unit,
        points: (0_u32..)
            .zip(&values)
            .map(|(at, &value)| ChartPoint {
                start: start() + Months::new(at),
                value: (at != 9).then(|| figure(value)),
                mark: if at == 17 { Mark::Concern(Direction::High) } else { Mark::Common },
                hollow: at == 23,
            })
            .collect(),
        phases: vec![ChartPhase {
            first: 0,
            last,
            mean: Some(figure(level)),
            median: false,
            lower: vec![Some(figure((level - 2.2 * spread).max(0.0))); last + 1],
            upper: vec![Some(figure(level + 2.2 * spread)); last + 1],
        }],
        targets: vec![ChartLine { first: 0, last, value: figure(level * 0.8) }],
        forecast: Vec::new(),
        path: None,
        annotations: vec![(start() + Months::new(12), "Street triage starts".to_owned())],
    }
}

fn column(heading: &str, numeric: bool) -> Column {
    Column { heading: heading.to_owned(), numeric }
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn number(value: f64, format: Format) -> Cell {
    Cell::Number { figure: figure(value), format }
}

fn heading(level: u8, words: &str, id: &str, kicker: Option<&str>) -> Block {
    Block::Heading {
        level,
        text: words.to_owned(),
        id: id.to_owned(),
        kicker: kicker.map(str::to_owned),
    }
}

fn paragraph(style: TextStyle, words: &str) -> Block {
    Block::Text { style, text: words.to_owned() }
}

fn fact(name: &str, value: Cell) -> Fact {
    Fact { name: name.to_owned(), value }
}

fn summary() -> Block {
    let rows = ROWS
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let &(
                reference,
                title,
                format,
                level,
                spread,
                rating,
                variation,
                assurance,
                target,
                stated,
            ) = row;
            let latest = values(at, level, spread)[23];
            let baseline = if at % 5 == 3 {
                text("No baseline stated")
            } else {
                text(if at % 2 == 0 { "Baseline 2014" } else { "Baseline: first 12 months, ours" })
            };
            let latest = if at == 7 {
                Cell::Stack(vec![text("Not delivered"), text("Due Sep 2017")])
            } else {
                Cell::Stack(vec![number(latest, format), text("Aug 2017")])
            };
            vec![
                Cell::Stack(vec![
                    text(reference),
                    Cell::Link { text: title.to_owned(), to: format!("indicator-{at}") },
                ]),
                Cell::Sparkline(Box::new(chart(at, &format!("spark-{at}"), row))),
                latest,
                Cell::Stack(vec![text(target), baseline]),
                Cell::Icons(vec![variation, assurance]),
                Cell::Icons(vec![rating]),
                text(stated),
            ]
        })
        .collect();
    Block::Table(Table {
        caption: "Every indicator at a glance, August 2017".to_owned(),
        columns: vec![
            column("Indicator", false),
            column("Last 24 months", false),
            column("Latest", true),
            column("Target and baseline", false),
            column("Variation and assurance", false),
            column("Rating", false),
            column("What the plan stated", false),
        ],
        rows,
        folded: false,
    })
}

fn indicator(at: usize, row: &Row) -> Vec<Block> {
    let &(reference, title, format, level, spread, rating, variation, assurance, target, stated) =
        row;
    let shown = values(at, level, spread);
    vec![
        heading(3, title, &format!("indicator-{at}"), Some(reference)),
        Block::Tags(vec![Tag { name: "Area", value: "Derbyshire and Derby".to_owned() }]),
        paragraph(
            TextStyle::Lead,
            "August was within ordinary variation. Over the last twelve months the plan’s target was missed, and chance does not explain it.",
        ),
        Block::Icons(vec![rating, variation, assurance]),
        Block::Facts(vec![
            fact("Latest, August 2017", number(shown[23], format)),
            fact("Month before", number(shown[22], format)),
            fact("Target in force", text(target)),
            fact("Green at or below", number(level * 0.8, format)),
            fact("Red above", number(level * 0.8 + spread, format)),
            fact("Rule that decided", text("T3: missed over a year, not by chance")),
            fact("Data", text("Final; 98.2% complete")),
            fact("Owner", text("Section 136 group")),
        ]),
        Block::Chart(Box::new(chart(at, &format!("chart-{at}"), row))),
        Block::Table(Table {
            caption: format!("{title}: the numbers behind the chart"),
            columns: vec![
                column("Month", false),
                column("Value", true),
                column("Mean", true),
                column("Lower limit", true),
                column("Upper limit", true),
                column("Target", true),
            ],
            rows: (0_u32..)
                .zip(&shown)
                .map(|(month, &value)| {
                    vec![
                        text(&(start() + Months::new(month)).format("%b %Y").to_string()),
                        if month == 9 { text("not delivered") } else { number(value, format) },
                        number(level, format),
                        number((level - 2.2 * spread).max(0.0), format),
                        number(level + 2.2 * spread, format),
                        number(level * 0.8, format),
                    ]
                })
                .collect(),
            folded: true,
        }),
        paragraph(TextStyle::Quote, stated),
        paragraph(
            TextStyle::Note,
            "Choices: the plan states no base, so 2014 is ours. Detentions are counted, not people. As printed in the plan, August 2017.",
        ),
    ]
}

/// The parts of an indicator's split.
fn split(at: usize) -> Vec<Block> {
    let part = |(place, name): (usize, &str)| {
        vec![
            heading(4, name, &format!("indicator-{at}--{place}"), Some("Part of the split")),
            Block::Tags(vec![Tag { name: "Area", value: name.to_owned() }]),
            Block::Icons(vec![Icon::Amber]),
            Block::Chart(Box::new(chart(at, &format!("chart-{at}--{place}"), &ROWS[at]))),
        ]
    };
    ["Erewash", "Hardwick"].into_iter().enumerate().flat_map(part).collect()
}

fn quality() -> Vec<Block> {
    let feeds = [
        ("Police detentions", "s136_detentions", 1482.0, 1461.0, 21.0, 0.982, "Aug 2017", "Final"),
        (
            "Ambulance response",
            "response_times",
            20_412.0,
            20_388.0,
            24.0,
            0.999,
            "Aug 2017",
            "Provisional",
        ),
        ("Placements", "oap", 612.0, 604.0, 8.0, 0.941, "Jul 2017", "Late: due 15 Sep 2017"),
        ("Monthly return", "monthly_return", 288.0, 288.0, 0.0, 1.0, "Aug 2017", "Final"),
    ];
    vec![
        heading(2, "Data quality", "quality", None),
        paragraph(
            TextStyle::Lead,
            "Three of four feeds are complete to August. Placements are one month late, so five indicators stand at July.",
        ),
        Block::Table(Table {
            caption: "Records read, used and set aside".to_owned(),
            columns: vec![
                column("Feed", false),
                column("Read", true),
                column("Used", true),
                column("Set aside", true),
                column("Complete", true),
                column("Latest month", false),
                column("Status", false),
            ],
            rows: feeds
                .iter()
                .map(|&(name, code, read, used, aside, complete, month, status)| {
                    vec![
                        Cell::Stack(vec![text(name), text(code)]),
                        number(read, Format::Decimal(0)),
                        number(used, Format::Decimal(0)),
                        number(aside, Format::Decimal(0)),
                        number(complete, Format::Percent(1)),
                        text(month),
                        text(status),
                    ]
                })
                .collect(),
            folded: false,
        }),
        heading(3, "Why records were set aside", "set-aside", None),
        Block::List(vec![
            "19 records had an end before their start.".to_owned(),
            "24 records had a call time in the hour that does not exist in March.".to_owned(),
            "10 records were exact copies of another.".to_owned(),
        ]),
    ]
}

fn method() -> Vec<Block> {
    vec![
        heading(2, "Method", "method", None),
        paragraph(
            TextStyle::Body,
            "Each indicator is drawn with its process limits: the range in which months fall while nothing changes. A rating rests on those limits and on the target in force in that month, never on one month against a number.",
        ),
        heading(3, "What the signs mean", "signs", None),
        Block::Icons(vec![Icon::Red, Icon::Amber, Icon::Green, Icon::NotRated, Icon::Blue]),
        Block::Icons(vec![
            Icon::CommonCause,
            Icon::ImprovementHigh,
            Icon::ImprovementLow,
            Icon::ConcernHigh,
            Icon::ConcernLow,
            Icon::NeitherHigh,
            Icon::NeitherLow,
        ]),
        Block::Icons(vec![Icon::Pass, Icon::HitOrMiss, Icon::Fail, Icon::NoTarget]),
        heading(3, "What chance does", "chance", None),
        paragraph(
            TextStyle::Body,
            "A process that stands exactly on its target is shown red in 3 of 100 months. With eighteen indicators expect a false red about every second month.",
        ),
    ]
}

/// The sample pack.
pub(super) fn document() -> Document {
    let count = |icon| {
        let rows = ROWS.iter().filter(|row| row.5 == icon).map(|_| 1.0);
        Count { icon, figure: figure(rows.sum()) }
    };
    let mut blocks = vec![
        heading(2, "Summary", "summary", None),
        paragraph(
            TextStyle::Lead,
            "Four indicators are red, two of them newly: out-of-area bed days left the plan’s line in June, and ambulance delays did not shorten.",
        ),
        Block::Counts([Icon::Red, Icon::Amber, Icon::Green, Icon::NotRated].map(count).to_vec()),
        summary(),
        heading(3, "What changed since last month", "changes", None),
        Block::List(vec![
            "Out-of-area acute admissions: amber to red. Missed over a year, not by chance."
                .to_owned(),
            "Use of crisis and step-down beds: amber to green. Met three months running."
                .to_owned(),
            "Police detentions in June were revised from 58 to 61 after a late return.".to_owned(),
        ]),
        heading(2, "Indicators", "indicators", None),
    ];
    for (at, row) in ROWS.iter().enumerate() {
        blocks.extend(indicator(at, row));
        if at == 4 {
            blocks.extend(split(at));
        }
    }
    blocks.extend(quality());
    blocks.extend(method());
    Document {
        title: "Derbyshire and Derby: monthly pack".to_owned(),
        subtitle: "Mental health crisis care, August 2017. For the concordat board.".to_owned(),
        notes: vec![
            "Synthetic data: no number here describes a real month.".to_owned(),
            "Profile internal: nothing is withheld. Data as at 30 September 2017.".to_owned(),
        ],
        blocks,
    }
}
