//! Reading a measure: each kind has its own keys.

use super::columns::{column, filter};
use super::each::{self, Each};
use super::{Convention, Interval, Kind, Measure, Quantity, Stay};
use crate::definition::{Spanned, Table};
use crate::error::{Error, nearest};
use crate::feeds::contract::{Contract, Rows};
use crate::filter::{ColumnType, Filter, Prior};
use crate::indicators::amount::Amount;
use crate::indicators::standards::Asking;
use crate::period::Grain;
use crate::unit::Unit;

/// Every kind.
const KINDS: [&str; 17] = [
    "count",
    "distinct",
    "rate",
    "sum",
    "mean",
    "quantile",
    "proportion",
    "ratio",
    "within",
    "bed-days",
    "open",
    "average-open",
    "peak",
    "repeat",
    "gap",
    "given",
    "derived",
];

/// The most people that a rate is for, so that a year of their days is still a whole number here.
const MOST_PEOPLE: u32 = 10_000_000;

/// The measure of a table, or `None` when something about it is wrong, which is pushed.
pub(in crate::indicators) fn read<'a>(
    id: &Spanned<String>,
    mut table: Table,
    feed: impl Fn(&Spanned<String>, &mut Vec<Error>) -> Option<&'a Contract>,
    asking: Asking<'a>,
    errors: &mut Vec<Error>,
) -> Option<Measure> {
    let before = errors.len();
    let title = table.require::<String>("title", errors);
    let kind = table.require::<Spanned<String>>("kind", errors);
    let name = table.require::<Spanned<String>>("feed", errors);
    let source = table.require::<String>("source", errors);
    let contract = name.as_ref().and_then(|name| feed(name, errors));
    let (Some(contract), Some(kind)) = (contract, kind) else { return None };
    let mut reader = Reader { table, contract, asking, errors };
    let filter = reader.filter("where");
    let unit_given = reader.table.has("unit");
    let unit = unit(&mut reader.table, reader.errors);
    let stock = reader.table.take::<Spanned<bool>>("stock", reader.errors);
    let counts = kind.value == "count";
    let shares = counts.then(|| reader.table.take("split_shares", reader.errors)).flatten();
    let suits = reader.suits_rows(&kind);
    let period_by = if suits { reader.period_by(&kind.value) } else { None };
    let folded = if suits { reader.kind(&kind) } else { None };
    let Reader { mut table, .. } = reader;
    let each = each::read(&mut table, &kind, errors);
    if let (Some(_), Some(true)) = (each, shares) {
        let error = kind.error("shares of a split are of its whole period");
        errors.push(error.help("leave out `split_shares`, or `each` and `then`"));
    }
    if suits {
        table.finish(errors);
    }
    let folded = folded?;
    let unit = unit.or_else(|| usual_unit(&folded, each));
    if unit.is_none() && !unit_given {
        let error = kind.error("the unit of this measure does not follow from its kind");
        errors.push(error.help(format!("add unit = …, one of {}", units())));
    }
    let carries = matches!(
        folded,
        Kind::BedDays { .. } | Kind::Open { .. } | Kind::AverageOpen { .. } | Kind::Peak { .. }
    );
    if let Some(said) = &stock
        && carries
        && !said.value
    {
        errors.push(
            said.error(format!("`{}` is always a stock", kind.value)).help("leave `stock` out"),
        );
    }
    (errors.len() == before).then_some(Measure {
        id: id.value.clone(),
        title: title?,
        feed: contract.id.clone(),
        filter,
        kind: folded,
        unit: unit?,
        each,
        period_by,
        split_shares: shares.unwrap_or(false),
        stock: carries || stock.is_some_and(|stock| stock.value),
        source: source?,
        place: id.place(),
    })
}

/// The unit a measure says it has.
pub(super) fn unit(table: &mut Table, errors: &mut Vec<Error>) -> Option<Unit> {
    let name = table.take::<Spanned<String>>("unit", errors)?;
    let found = Unit::ALL.into_iter().find(|unit| unit.name() == name.value);
    if found.is_none() {
        let error = name.error(format!("there is no unit `{}`", name.value));
        errors.push(match nearest(&name.value, Unit::ALL.map(Unit::name)) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => error.help(format!("the units are {}", units())),
        });
    }
    found
}

fn units() -> String {
    Unit::ALL.map(Unit::name).join(", ")
}

/// The unit that follows from a kind; `None` where the column decides and only a person knows it.
fn usual_unit(kind: &Kind, each: Option<Each>) -> Option<Unit> {
    match kind {
        Kind::Distinct { .. } if each.is_some_and(|each| each.inner == Grain::Week) => {
            Some(Unit::PeoplePerWeek)
        }
        Kind::Count | Kind::Distinct { .. } | Kind::Given { denominator: None, .. } => {
            Some(Unit::Count)
        }
        Kind::Sum { of } | Kind::Mean { of } | Kind::Quantile { of, .. } => match of {
            Quantity::Elapsed(Interval { calendar: None, .. }) => Some(Unit::Seconds),
            Quantity::Elapsed(_) => Some(Unit::WorkingDays),
            Quantity::Column(_) => None,
        },
        Kind::Proportion { .. }
        | Kind::Within { .. }
        | Kind::Repeat { .. }
        | Kind::Given { .. } => Some(Unit::Proportion),
        Kind::Ratio { .. } => Some(Unit::Ratio),
        Kind::Rate { .. } => Some(Unit::Rate),
        Kind::Gap => Some(Unit::Days),
        Kind::Derived(_) => None,
        Kind::BedDays { .. } => Some(Unit::BedDaysPerDay),
        Kind::Open { .. } | Kind::AverageOpen { .. } | Kind::Peak { .. } => Some(Unit::Placements),
    }
}

/// A measure being read.
pub(super) struct Reader<'a> {
    pub(super) table: Table,
    pub(super) contract: &'a Contract,
    pub(super) asking: Asking<'a>,
    pub(super) errors: &'a mut Vec<Error>,
}

impl Reader<'_> {
    fn kind(&mut self, kind: &Spanned<String>) -> Option<Kind> {
        match kind.value.as_str() {
            "count" => Some(Kind::Count),
            "distinct" => Some(Kind::Distinct { of: self.key("of")? }),
            "sum" => Some(Kind::Sum { of: self.quantity()? }),
            "mean" => Some(Kind::Mean { of: self.quantity()? }),
            "quantile" => {
                let (of, at) = (self.quantity(), self.share());
                Some(Kind::Quantile { of: of?, at: at? })
            }
            "proportion" => {
                let denominator = self.filter("denominator");
                let above = self.table.require::<Spanned<String>>("numerator", self.errors);
                let (follow, unknown) = (self.follow(), self.unknown());
                let numerator = filter(&above?, self.contract, self.asking, self.errors)?;
                Some(Kind::Proportion { denominator, numerator, follow, unknown: unknown? })
            }
            "rate" => {
                let per = self.per();
                let age = self.table.require::<String>("age", self.errors);
                let annualised = self.table.require::<bool>("annualised", self.errors);
                Some(Kind::Rate { per: per?, age: age?, annualised: annualised? })
            }
            "ratio" => {
                let (numerator, denominator) =
                    (self.number("numerator"), self.number("denominator"));
                Some(Kind::Ratio { numerator: numerator?, denominator: denominator? })
            }
            "given" => {
                let numerator = self.number("numerator");
                let denominator = if self.table.has("denominator") {
                    Some(self.number("denominator")?)
                } else {
                    None
                };
                Some(Kind::Given { numerator: numerator?, denominator })
            }
            "repeat" => {
                let (person, days) = (self.key("person"), self.window());
                Some(Kind::Repeat { person: person?, days: days?, unknown: self.unknown()? })
            }
            "gap" => Some(Kind::Gap),
            "within" => {
                let limits = self.limits();
                let (limits, standard) = limits.unzip();
                let clock = self.clock(limits.as_deref().unwrap_or_default());
                let (limits, standard, unknown) = (limits?, standard?, self.unknown()?);
                Some(Kind::Within { clock: clock?, limits, standard, unknown })
            }
            "bed-days" => {
                let (stay, convention) = (self.stay(), self.convention());
                Some(Kind::BedDays { stay: stay?, convention: convention? })
            }
            "open" => Some(Kind::Open { stay: self.stay()? }),
            "average-open" => Some(Kind::AverageOpen { stay: self.stay()? }),
            "peak" => Some(Kind::Peak { stay: self.stay()? }),
            _ => None,
        }
    }

    /// Whether the kind is known and a feed's rows are such as it needs.
    fn suits_rows(&mut self, kind: &Spanned<String>) -> bool {
        let name = kind.value.as_str();
        let contract = self.contract;
        let wrong = if !KINDS.contains(&name) {
            let error = kind.error(format!("there is no kind `{name}`"));
            match nearest(name, KINDS) {
                Some(meant) => error.help(format!("did you mean `{meant}`?")),
                None => error.help(format!("the kinds are {}", KINDS.join(", "))),
            }
        } else if (contract.rows == Rows::Totals) != matches!(name, "given" | "ratio")
            && !(name == "ratio" && contract.rows != Rows::Totals)
        {
            let error = kind.error(format!("kind `{name}` does not suit feed `{}`", contract.id));
            error.help(match contract.rows {
                Rows::Totals => "its rows are published totals: use `given`, or `ratio`",
                Rows::Events | Rows::Stays => "its rows are single events, not totals: count them",
            })
        } else if contract.event_time.is_none() && contract.rows != Rows::Totals {
            kind.error(format!("feed `{}` does not say when its events happened", contract.id))
                .help("add event_time to the feed's contract")
        } else {
            return true;
        };
        self.errors.push(wrong);
        false
    }

    fn filter(&mut self, key: &str) -> Option<Filter> {
        let sql = self.table.take::<Spanned<String>>(key, self.errors)?;
        filter(&sql, self.contract, self.asking, self.errors)
    }

    /// A column of one of some types.
    fn column(
        &mut self,
        key: &str,
        what: &str,
        suits: impl Fn(&ColumnType) -> bool,
    ) -> Option<String> {
        let name = self.table.require::<Spanned<String>>(key, self.errors)?;
        let kind = column(&name, self.contract, self.errors)?;
        if suits(kind) {
            return Some(name.value);
        }
        let said = format!("`{}` is not {what}", name.value);
        self.errors.push(name.error(said).help("the feed's contract gives each column its type"));
        None
    }

    pub(super) fn number(&mut self, key: &str) -> Option<String> {
        self.column(key, "a number", |kind| {
            matches!(kind, ColumnType::Integer | ColumnType::Decimal)
        })
    }

    /// A column that tells people apart.
    fn key(&mut self, key: &str) -> Option<String> {
        self.column(key, "text", |kind| matches!(kind, ColumnType::Text))
    }

    pub(super) fn time(&mut self, key: &str) -> Option<String> {
        self.column(key, "a time", |kind| matches!(kind, ColumnType::Time))
    }

    pub(super) fn day(&mut self, key: &str) -> Option<String> {
        self.column(key, "a date or a time", |kind| {
            matches!(kind, ColumnType::Time | ColumnType::Date)
        })
    }

    /// `at = 0.9` or `"90 %"`.
    fn share(&mut self) -> Option<f64> {
        let at = self.table.require::<Spanned<Amount>>("at", self.errors)?;
        if at.value.number > 0.0 && at.value.number < 1.0 {
            return Some(at.value.number);
        }
        self.errors
            .push(at.error("`at` lies between 0 and 1").help("the nine in ten are at = 0.9"));
        None
    }

    /// `window = { days = 90 }`.
    fn window(&mut self) -> Option<u32> {
        let mut window = self.table.require::<Table>("window", self.errors)?;
        let days = window.require::<Spanned<u32>>("days", self.errors);
        window.finish(self.errors);
        let days = days?;
        if (1..=Prior::LONGEST).contains(&days.value) {
            return Some(days.value);
        }
        let said = format!("a window has from 1 to {} days", Prior::LONGEST);
        self.errors.push(days.error(said).help("write window = { days = 90 }"));
        None
    }

    /// `per = 100_000` people.
    fn per(&mut self) -> Option<u32> {
        let per = self.table.require::<Spanned<u32>>("per", self.errors)?;
        if (1..=MOST_PEOPLE).contains(&per.value) {
            return Some(per.value);
        }
        let said = "`per` is a number of people from 1 to 10,000,000";
        self.errors.push(per.error(said).help("write per = 100_000"));
        None
    }

    fn stay(&mut self) -> Option<Stay> {
        let (from, to) = (self.day("from"), self.day("to"));
        let ends_early = self.ends_early();
        let person = if self.table.has("person") { Some(self.key("person")?) } else { None };
        Some(Stay { from: from?, to: to?, person: person.filter(|_| ends_early == Some(true)) })
    }

    fn convention(&mut self) -> Option<Convention> {
        let Some(name) = self.table.take::<Spanned<String>>("convention", self.errors) else {
            return Some(Convention::Mhsds);
        };
        match name.value.as_str() {
            "mhsds" => Some(Convention::Mhsds),
            "inclusive" => Some(Convention::Inclusive),
            other => {
                let error = name.error(format!("there is no convention `{other}`"));
                self.errors.push(error.help(
                    "`mhsds` counts the start day and not the end day, `inclusive` counts both",
                ));
                None
            }
        }
    }
}
