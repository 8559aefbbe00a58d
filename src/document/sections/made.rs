//! Aggregates as blocks: a sentence, a picture where it helps, and every number in a table.

use crate::charts::heat::Heat;
use crate::charts::histogram::Histogram;
use crate::disclosure::Figure;
use crate::disclosure::sections::{
    Codes, Cost, CostMonth, Counted, Distribution, Grid, Made, Mix, MixMonth, People, What,
};
use crate::document::parts::{number, numbers, paragraph, text, whole, words};
use crate::document::{Block, Cell, Format, Table, TextStyle, what_if};
use crate::wording::views as say;
use crate::wording::{self, month};

const SHARE: Format = Format::Percent(1);

/// Every block below the heading.
pub(super) fn blocks(made: &Made<Figure>) -> Vec<Block> {
    let mut blocks = vec![paragraph(TextStyle::Lead, say::lead(made))];
    match &made.what {
        What::Nothing => return blocks,
        What::Mix { mix, column, .. } => {
            blocks.push(Block::Heatmap(Box::new(mix_picture(made, mix))));
            blocks.push(Block::Table(mix_table(made, column, mix)));
            return blocks;
        }
        What::Hours { grid, .. } => {
            blocks.push(Block::Heatmap(Box::new(grid_picture(made, grid, weekdays(grid)))));
            blocks.push(Block::Table(grid_table(made, grid, ("Weekday", "All hours"), false)));
            return blocks;
        }
        What::Cross { grid, down, .. } => {
            let names = grid.rows.iter().map(|name| say::code(Some(name))).collect();
            blocks.push(Block::Heatmap(Box::new(grid_picture(made, grid, names))));
            let corner = wording::sentence(&say::column(down));
            blocks.push(Block::Table(grid_table(made, grid, (&corner, "All"), true)));
            return blocks;
        }
        What::Distribution { lengths, standard } => {
            blocks.push(Block::Distribution(Box::new(bars(made, lengths))));
            blocks.push(Block::Table(length_table(made, lengths)));
            blocks.extend(standard.as_ref().map(|standard| {
                let rule = wording::standard::rule(standard);
                let words = format!("{}: {rule}. {}", standard.title, standard.source);
                paragraph(TextStyle::Note, words)
            }));
            return blocks;
        }
        What::Nights(lengths) => {
            blocks.push(Block::Distribution(Box::new(bars(made, lengths))));
            blocks.push(Block::Table(length_table(made, lengths)));
            return blocks;
        }
        What::Codes { codes, column, of } => {
            if codes.rows.is_empty() {
                return blocks;
            }
            blocks.push(Block::Table(code_table(made, column, codes, *of)));
        }
        What::People(people) => blocks.push(Block::Table(people_table(made, people))),
        What::Cost(cost) => blocks.push(Block::Table(cost_table(made, cost))),
        What::WhatIf { flow, settings } => {
            let tried = what_if::what_if(&made.id, flow, settings);
            blocks.extend(tried.map(|tried| Block::WhatIf(Box::new(tried))));
            blocks.push(Block::Table(what_if::table(settings)));
            blocks.push(Block::List(say::assumptions(flow)));
        }
    }
    // where a picture's caption does not say it
    blocks.push(paragraph(TextStyle::Note, say::caption(made)));
    blocks
}

/// Weekdays short enough for a column.
fn weekdays(grid: &Grid<Figure>) -> Vec<String> {
    grid.rows.iter().map(|day| day.chars().take(3).collect()).collect()
}

fn mix_picture(made: &Made<Figure>, mix: &Mix<Figure>) -> Heat {
    let name = |month: &MixMonth<Figure>| {
        let words = wording::month(month.month);
        let (name, year) = words.split_once(' ').unwrap_or((&words, ""));
        let short = format!("{} {}", name.get(..3).unwrap_or(name), year.get(2..).unwrap_or(year));
        if month.settled { short } else { format!("{short}*") }
    };
    let share = |month: &MixMonth<Figure>, at: usize| month.shares.as_ref()?.get(at).copied();
    let row = |at: usize| mix.months.iter().map(|month| share(month, at)).collect();
    let rows = mix.codes.iter().map(|code| say::code(Some(code))).collect();
    let cells = (0..mix.codes.len()).map(row).collect();
    heat(made, (rows, mix.months.iter().map(name).collect()), cells, true)
}

fn mix_table(made: &Made<Figure>, column: &str, mix: &Mix<Figure>) -> Table {
    let names = || mix.codes.iter().map(|code| say::code(Some(code)));
    let mut columns = vec![words("Month")];
    columns.extend(names().map(|name| numbers(&wording::sentence(&name))));
    columns.push(numbers("Not known"));
    columns.extend(names().map(|name| numbers(&format!("{}, share", wording::sentence(&name)))));
    columns.push(words("Status"));
    let row = |of: &MixMonth<Figure>| {
        let all = |figures: &Option<Vec<Figure>>, format| {
            let cell = move |at: usize, figures: &Option<Vec<Figure>>| {
                number(figures.as_ref().and_then(|all| all.get(at)).copied(), format)
            };
            (0..mix.codes.len()).map(|at| cell(at, figures)).collect::<Vec<Cell>>()
        };
        let mut cells = vec![text(month(of.month))];
        cells.extend(all(&of.cases, Format::Decimal(0)));
        cells.push(number(of.unknown, Format::Decimal(0)));
        cells.extend(all(&of.shares, SHARE));
        cells.push(text(match (&of.cases, of.settled) {
            (None, _) => "not delivered",
            (_, true) => "final",
            (_, false) => "not settled",
        }));
        cells
    };
    Table {
        caption: format!("{}, by {} and month: the numbers", made.title, say::column(column)),
        columns,
        rows: mix.months.iter().map(row).collect(),
        folded: true,
    }
}

fn heat(
    made: &Made<Figure>,
    (rows, columns): (Vec<String>, Vec<String>),
    cells: Vec<Vec<Option<Figure>>>,
    percent: bool,
) -> Heat {
    Heat {
        id: made.id.clone(),
        title: say::heading(made),
        subtitle: say::subtitle(made),
        caption: say::caption(made),
        alt: say::alt(made),
        rows,
        columns,
        cells,
        percent,
    }
}

fn grid_picture(made: &Made<Figure>, grid: &Grid<Figure>, rows: Vec<String>) -> Heat {
    let columns = if matches!(made.what, What::Hours { .. }) {
        grid.columns.clone()
    } else {
        grid.columns.iter().map(|name| say::code(Some(name))).collect()
    };
    let cells = grid.cells.iter().map(|row| row.iter().map(|cell| Some(*cell)).collect()).collect();
    heat(made, (rows, columns), cells, false)
}

fn grid_table(
    made: &Made<Figure>,
    grid: &Grid<Figure>,
    (corner, all): (&str, &str),
    codes: bool,
) -> Table {
    let name = |name: &String| {
        if codes { wording::sentence(&say::code(Some(name))) } else { name.clone() }
    };
    let mut columns = vec![words(corner)];
    columns.extend(grid.columns.iter().map(|column| numbers(&name(column))));
    columns.push(numbers(all));
    let row = |(row, (cells, sum)): (&String, (&Vec<Figure>, &Figure))| {
        let mut found = vec![text(name(row))];
        found.extend(cells.iter().map(|cell| whole(*cell)));
        found.push(whole(*sum));
        found
    };
    let mut rows: Vec<Vec<Cell>> =
        grid.rows.iter().zip(grid.cells.iter().zip(&grid.by_row)).map(row).collect();
    let mut last = vec![text("All")];
    last.extend(grid.by_column.iter().map(|sum| whole(*sum)));
    last.push(whole(grid.total));
    rows.push(last);
    Table { caption: format!("{}: the numbers", say::heading(made)), columns, rows, folded: true }
}

fn bars(made: &Made<Figure>, lengths: &Distribution<Figure>) -> Histogram {
    let width = lengths.bands.first().and_then(|band| band.to).unwrap_or(1);
    let ended = lengths.bands.len().saturating_sub(1);
    #[expect(clippy::cast_precision_loss, reason = "a place on a picture")]
    let at = |seconds: f64| (seconds / width as f64).min(ended as f64 + 0.5);
    let mark = |figure: Option<Figure>, words: &str| {
        let figure = figure?;
        let said = format!("{words}: {} or less", say::length_of(figure, lengths.days));
        Some((at(figure.shown()?), said))
    };
    let limit = |limit: &i64| {
        #[expect(clippy::cast_precision_loss, reason = "a place on a picture")]
        let place = at(*limit as f64);
        (place, format!("Limit {}", say::length(*limit, lengths.days)))
    };
    let edges = lengths.bands.iter().map(|band| match (band.above, lengths.days) {
        (0, _) => "0".to_owned(),
        (above, true) => (above / 86_400).to_string(),
        (above, false) => say::length(above, false),
    });
    let marks = [mark(lengths.median, "Half"), mark(lengths.ninetieth, "Nine in ten")];
    Histogram {
        id: made.id.clone(),
        title: say::heading(made),
        subtitle: say::subtitle(made),
        caption: say::caption(made),
        alt: say::alt(made),
        bars: lengths.bands.iter().map(|band| (band.rows, band.over)).collect(),
        edges: edges.collect(),
        marks: marks.into_iter().flatten().collect(),
        limits: lengths.limits.iter().map(limit).collect(),
    }
}

fn length_table(made: &Made<Figure>, lengths: &Distribution<Figure>) -> Table {
    let rows = lengths.bands.iter().map(|band| {
        let above = say::length(band.above, lengths.days);
        let name = match band.to {
            Some(to) if band.above == 0 => format!("up to {}", say::length(to, lengths.days)),
            Some(to) => format!("above {above}, up to {}", say::length(to, lengths.days)),
            None => format!("above {above}"),
        };
        let over = lengths.over.map_or(Cell::Empty, |_| whole(band.over));
        vec![text(name), whole(band.rows), over]
    });
    let mut rows: Vec<Vec<Cell>> = rows.collect();
    let over = lengths.over.map_or(Cell::Empty, whole);
    rows.push(vec![text("all whose length is known"), whole(lengths.known), over]);
    for (why, apart) in &lengths.apart {
        rows.push(vec![text(format!("apart: {}", say::why(*why))), whole(*apart), Cell::Empty]);
    }
    Table {
        caption: format!("{}: the numbers", say::heading(made)),
        columns: vec![words("Length"), numbers("Cases"), numbers("Over the limit of their day")],
        rows,
        folded: true,
    }
}

fn code_table(made: &Made<Figure>, column: &str, codes: &Codes<Figure>, of: Counted) -> Table {
    let what = match of {
        _ if codes.condition => "Denominator",
        Counted::BedDays => "Bed days",
        _ => "Cases",
    };
    let name = wording::sentence(&say::column(column));
    let mut columns = vec![words(&name), numbers(what)];
    if codes.condition {
        columns.push(numbers("Numerator"));
    }
    columns.push(numbers("Share"));
    if codes.condition {
        columns.extend([numbers("95% from"), numbers("95% to")]);
    }
    if let Some((first, last)) = codes.before {
        let span = format!("{} to {}", month(first), month(last));
        columns.extend([numbers(&format!("{what}, {span}")), numbers("Share then")]);
    }
    let row = |row: &crate::disclosure::sections::Coded<Figure>| {
        let mut cells =
            vec![text(wording::sentence(&say::code(row.code.as_deref()))), whole(row.cases)];
        if codes.condition {
            cells.push(whole(row.inside));
        }
        cells.push(number(row.share, SHARE));
        if codes.condition {
            cells.push(number(row.interval.map(|ends| ends.0), SHARE));
            cells.push(number(row.interval.map(|ends| ends.1), SHARE));
        }
        if codes.before.is_some() {
            cells.push(number(row.cases_before, Format::Decimal(0)));
            cells.push(number(row.share_before, SHARE));
        }
        cells
    };
    Table {
        caption: format!("{}, {}", say::heading(made), say::window(made.window)),
        columns,
        rows: codes.rows.iter().map(row).collect(),
        folded: false,
    }
}

fn people_table(made: &Made<Figure>, people: &People<Figure>) -> Table {
    let class = |class: &crate::disclosure::sections::Class<Figure>| {
        let name = match (class.times, class.or_more) {
            (1, _) => "once".to_owned(),
            (2, false) => "twice".to_owned(),
            (times, false) => format!("{times} times"),
            (times, true) => format!("{times} times or more"),
        };
        vec![text(name), whole(class.people), whole(class.events)]
    };
    let mut rows: Vec<Vec<Cell>> = people.classes.iter().map(class).collect();
    rows.push(vec![text("all"), whole(people.people), whole(people.events)]);
    Table {
        caption: format!("{}, {}", say::heading(made), say::window(made.window)),
        columns: vec![words("How often"), numbers("People"), numbers("Cases")],
        rows,
        folded: false,
    }
}

fn cost_table(made: &Made<Figure>, cost: &Cost<Figure>) -> Table {
    let row = |name: String, of: &CostMonth<Figure>, status: &str| {
        vec![
            text(name),
            whole(of.bed_days),
            whole(of.known),
            number(of.share, SHARE),
            number(Some(of.pounds), Format::Pounds),
            text(status),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = cost
        .months
        .iter()
        .map(|of| row(month(of.month), of, if of.settled { "final" } else { "not settled" }))
        .collect();
    rows.push(row("All of them".to_owned(), &cost.total, ""));
    Table {
        caption: say::heading(made),
        columns: vec![
            words("Month"),
            numbers("Bed days"),
            numbers("With a known cost"),
            numbers("Coverage"),
            numbers("Cost of those"),
            words("Status"),
        ],
        rows,
        folded: false,
    }
}
