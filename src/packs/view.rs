//! Views: what a section of a pack shows of its measures.

use crate::definition::Spanned;
use crate::error::{Error, nearest};
use crate::feeds::contract::{Contract, Rows};
use crate::filter::ColumnType;
use crate::indicators::measure::{Kind, Measure, Quantity};

/// One view of a measure. Columns are of the measure's feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// Each indicator's rating with its reason, and its chart.
    Chart,
    /// Each indicator's distance from its plan, forecast and chance.
    Forecast,
    /// Each indicator's days between events, where they are rare.
    DaysBetween,
    /// Each indicator's targets, in the order in which they were set, and what became of them.
    Targets,
    /// Cases by month and the codes of a column.
    Split(String),
    /// Cases by the codes of a column over twelve months, and over the twelve before.
    Reasons(String),
    /// The share by the codes of a column over twelve months.
    By(String),
    /// Cases by the codes of two columns.
    Cross(String, String),
    /// Cases by weekday and hour of a time column.
    Heatmap(String),
    /// How long the measure's clock ran.
    Distribution,
    /// People by how often they came.
    People(String),
    /// Nights of the stays that ended.
    LengthOfStay,
    /// What bed days cost, by a column of the cost of a day.
    Cost(String),
    /// What would follow from other starts and other lengths of stay.
    WhatIf,
    /// Other bodies' counts of the same thing.
    Reconciliation,
    /// Questions for the meeting, one for each signal.
    Questions,
}

/// What an argument of a view must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wants {
    Code,
    Time,
    Person,
    Decimal,
}

impl Wants {
    fn fits(self, kind: &ColumnType) -> bool {
        match self {
            Self::Code => matches!(kind, ColumnType::Code(_) | ColumnType::Area),
            Self::Time => *kind == ColumnType::Time,
            Self::Person => *kind == ColumnType::Text,
            Self::Decimal => matches!(kind, ColumnType::Decimal | ColumnType::Integer),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Code => "a column of codes or areas",
            Self::Time => "a column of times",
            Self::Person => "a text column that tells people apart",
            Self::Decimal => "a column of numbers",
        }
    }
}

/// Each view by its words, the columns that follow them, and which measures it suits.
const VIEWS: [(&str, &[Wants], &str); 16] = [
    ("chart", &[], "every measure"),
    ("forecast", &[], "every measure"),
    ("days between", &[], "measures of kind count"),
    ("targets", &[], "every measure"),
    ("split", &[Wants::Code], "counts, shares, bed days and open stays"),
    ("reasons", &[Wants::Code], "counts, shares and bed days"),
    ("by", &[Wants::Code], "shares: kinds proportion and within"),
    ("cross", &[Wants::Code, Wants::Code], "counts and shares of single records"),
    ("heatmap", &[Wants::Time], "counts and shares of single records"),
    ("distribution", &[], "kind within, and means and quantiles of elapsed time"),
    ("people", &[Wants::Person], "counts of single records"),
    ("length of stay", &[], "kinds of stays: bed-days, open, average-open and peak"),
    ("cost", &[Wants::Decimal], "measures of kind bed-days"),
    ("what-if", &[], "kinds of stays: bed-days, open, average-open and peak"),
    ("reconciliation", &[], "measures that a reconciliation names"),
    ("questions", &[], "every measure"),
];

impl View {
    /// Whether it is of indicators; otherwise of the measure's own rows, in the plan's area.
    pub fn of_indicators(&self) -> bool {
        matches!(self, Self::Chart | Self::Forecast | Self::DaysBetween | Self::Targets)
    }

    /// A view by its words; without a column that it needs, or with one too many, `None`.
    fn of(name: &str, columns: &[String]) -> Option<Self> {
        Some(match (name, columns) {
            ("chart", []) => Self::Chart,
            ("forecast", []) => Self::Forecast,
            ("days between", []) => Self::DaysBetween,
            ("targets", []) => Self::Targets,
            ("split", [of]) => Self::Split(of.clone()),
            ("reasons", [of]) => Self::Reasons(of.clone()),
            ("by", [of]) => Self::By(of.clone()),
            ("cross", [down, across]) => Self::Cross(down.clone(), across.clone()),
            ("heatmap", [of]) => Self::Heatmap(of.clone()),
            ("distribution", []) => Self::Distribution,
            ("people", [of]) => Self::People(of.clone()),
            ("length of stay", []) => Self::LengthOfStay,
            ("cost", [of]) => Self::Cost(of.clone()),
            ("what-if", []) => Self::WhatIf,
            ("reconciliation", []) => Self::Reconciliation,
            ("questions", []) => Self::Questions,
            _ => return None,
        })
    }
}

/// A view as written, and what its columns must be.
pub(super) struct Written {
    view: View,
    columns: Vec<(String, Wants)>,
    suits: &'static str,
    text: Spanned<String>,
}

/// Reads a view such as `heatmap detained`; what is wrong is pushed.
pub(super) fn read(text: Spanned<String>, errors: &mut Vec<Error>) -> Option<Written> {
    let words: Vec<&str> = text.value.split_whitespace().collect();
    let said = words.join(" ");
    let known = VIEWS.iter().find(|(name, ..)| {
        said.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    let Some((name, wants, suits)) = known else {
        let error = text.error(format!("there is no view `{said}`"));
        let names = || VIEWS.iter().map(|(name, ..)| *name);
        // `heat map detained`, `lenght of stay`
        let beginnings =
            (1..=words.len()).flat_map(|most| [words[..most].concat(), words[..most].join(" ")]);
        let near = beginnings.rev().find_map(|said| nearest(&said, names()));
        errors.push(match near {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => {
                error.help(format!("the views are: {}", names().collect::<Vec<_>>().join(", ")))
            }
        });
        return None;
    };
    let columns: Vec<String> =
        words.iter().skip(name.split(' ').count()).map(|word| (*word).to_owned()).collect();
    let Some(view) = View::of(name, &columns) else {
        let wanted: Vec<&str> = wants.iter().map(|want| want.words()).collect();
        let said = match wanted.as_slice() {
            [] => format!("`{name}` stands alone"),
            wanted => format!("`{name}` is followed by {}", wanted.join(", then ")),
        };
        let example = match wants.len() {
            0 => format!("\"{name}\""),
            1 => format!("\"{name} column\""),
            _ => format!("\"{name} column column\""),
        };
        errors.push(text.error(said).help(format!("write it as {example}")));
        return None;
    };
    let columns = columns.into_iter().zip(wants.iter().copied()).collect();
    Some(Written { view, columns, suits, text })
}

impl Written {
    /// The view, checked against every measure it is of; what does not suit is pushed.
    pub(super) fn checked(
        self,
        measures: &[(&Measure, Option<&Contract>)],
        compared: &dyn Fn(&str) -> bool,
        errors: &mut Vec<Error>,
    ) -> Option<View> {
        let before = errors.len();
        for (measure, contract) in measures {
            if !suits(&self.view, measure, *contract, compared) {
                let said = format!("`{}` does not suit measure `{}`", self.text.value, measure.id);
                errors.push(self.text.error(said).help(format!("it is for {}", self.suits)));
                continue;
            }
            if let Some(contract) = contract {
                self.columns.iter().for_each(|column| self.column(column, contract, errors));
            }
        }
        (errors.len() == before).then_some(self.view)
    }

    fn column(
        &self,
        (name, wants): &(String, Wants),
        contract: &Contract,
        errors: &mut Vec<Error>,
    ) {
        let at = self.text.value.rfind(name.as_str()).unwrap_or(0);
        let place = self.text.inside(at..at + name.len());
        let known = |wants: Wants| {
            let columns = contract.columns.iter().filter(move |(_, kind)| wants.fits(kind));
            columns.map(|(column, _)| column.as_str())
        };
        match contract.columns.iter().find(|(column, _)| column == name) {
            Some((_, kind)) if wants.fits(kind) => {}
            Some(_) => {
                let said = format!("column `{name}` is not {}", wants.words());
                let known: Vec<&str> = known(*wants).collect();
                let help = match known.as_slice() {
                    [] => format!("feed `{}` has none", contract.id),
                    known => format!("feed `{}` has {}", contract.id, known.join(", ")),
                };
                errors.push(Error::definition(place, said).help(help));
            }
            None => {
                let said = format!("feed `{}` has no column `{name}`", contract.id);
                let error = Error::definition(place, said);
                let help = nearest(name, known(*wants)).map_or_else(
                    || {
                        let known: Vec<&str> = known(*wants).collect();
                        format!("its columns for this are: {}", known.join(", "))
                    },
                    |near| format!("did you mean `{near}`?"),
                );
                errors.push(error.help(help));
            }
        }
    }
}

/// Whether a view can be made of a measure, its columns aside. What a feed without a readable contract
/// can do is not known, and nothing is said.
fn suits(
    view: &View,
    measure: &Measure,
    contract: Option<&Contract>,
    compared: &dyn Fn(&str) -> bool,
) -> bool {
    let single = contract.is_none_or(|contract| contract.rows != Rows::Totals);
    let share = matches!(measure.kind, Kind::Proportion { .. } | Kind::Within { .. });
    let count = measure.kind == Kind::Count && measure.each.is_none();
    let bed_days = matches!(measure.kind, Kind::BedDays { .. }) && measure.each.is_none();
    let open = matches!(measure.kind, Kind::Open { .. }) && measure.each.is_none();
    match view {
        View::Chart | View::Forecast | View::Targets | View::Questions => true,
        View::DaysBetween => measure.kind == Kind::Count,
        View::Split(_) => single && (count || share || bed_days || open),
        View::Reasons(_) => single && (count || share || bed_days),
        View::By(_) => single && share,
        View::Cross(..) | View::Heatmap(_) => single && (count || share),
        View::People(_) => single && count,
        View::Distribution => match &measure.kind {
            Kind::Within { clock: interval, .. }
            | Kind::Mean { of: Quantity::Elapsed(interval) }
            | Kind::Quantile { of: Quantity::Elapsed(interval), .. } => interval.calendar.is_none(),
            _ => false,
        },
        View::LengthOfStay | View::WhatIf => matches!(
            measure.kind,
            Kind::BedDays { .. } | Kind::Open { .. } | Kind::AverageOpen { .. } | Kind::Peak { .. }
        ),
        View::Cost(_) => matches!(measure.kind, Kind::BedDays { .. }),
        View::Reconciliation => compared(&measure.id),
    }
}
