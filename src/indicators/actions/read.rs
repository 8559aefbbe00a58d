//! The rows of a register, each checked cell by cell; every problem with its line and column.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cells::{Row, rows};
use super::{Action, Status};
use crate::definition::{Source, Spanned};
use crate::error::{Error, Place, nearest};
use crate::indicators::Plan;

/// The headings, in the order in which the project's own registers have them.
const HEADINGS: [&str; 14] = [
    "reference",
    "section",
    "action",
    "lead",
    "lead_stated",
    "due",
    "due_stated",
    "due_basis",
    "status",
    "status_stated",
    "rag_stated",
    "updated",
    "evidence",
    "indicators",
];

/// The actions of a file. A row with a mistake is left out, so that it is never rated from half a
/// row; a register with a mistake in its headings is empty.
pub(super) fn register(
    source: &Source,
    plan: Option<&Plan>,
    errors: &mut Vec<Error>,
) -> Vec<Action> {
    let mut rows = rows(source, errors).into_iter();
    let Some(headings) = rows.next() else {
        let error = Error::definition(Place::file(&*source.file), "the register is empty");
        errors.push(error.help(format!("begin it with the headings {}", HEADINGS.join(","))));
        return Vec::new();
    };
    let Some(columns) = columns(&headings, errors) else { return Vec::new() };
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    let mut actions = Vec::new();
    for row in rows {
        if row.cells.len() != columns.len() {
            let (found, wanted) = (row.cells.len(), columns.len());
            let said = format!("the row has {found} cells where the headings are {wanted}");
            let error = Error::definition(row.place, said);
            errors.push(error.help("put a cell that holds a comma between double quotes"));
            continue;
        }
        let cells = columns.iter().copied().zip(row.cells).collect();
        let before = errors.len();
        let action = Cells { cells, errors: &mut *errors }.action(row.place, plan, &mut seen);
        actions.extend(action.filter(|_| errors.len() == before));
    }
    actions
}

/// Which heading each cell of a row stands under; `None` with an error when one is missing,
/// unknown or there twice.
fn columns(headings: &Row, errors: &mut Vec<Error>) -> Option<Vec<&'static str>> {
    let before = errors.len();
    let mut columns: Vec<&'static str> = Vec::new();
    for heading in &headings.cells {
        let Some(known) = HEADINGS.into_iter().find(|known| *known == heading.value) else {
            let error = heading.error(format!("unknown column `{}`", heading.value));
            errors.push(match nearest(&heading.value, HEADINGS) {
                Some(meant) => error.help(format!("did you mean `{meant}`?")),
                None => error.help(format!("the columns are {}", HEADINGS.join(", "))),
            });
            continue;
        };
        if columns.contains(&known) {
            let error = heading.error(format!("column `{known}` is there twice"));
            errors.push(error.help("take one of them out"));
        }
        columns.push(known);
    }
    let missing = HEADINGS.into_iter().filter(|heading| !columns.contains(heading));
    let missing: Vec<String> = missing.map(|heading| format!("`{heading}`")).collect();
    if !missing.is_empty() {
        let (columns, are, it) = match missing.len() {
            1 => ("column", "is", "it"),
            _ => ("columns", "are", "them"),
        };
        let said = format!("{columns} {} {are} missing", missing.join(", "));
        let error = Error::definition(headings.place.clone(), said);
        let help = format!("add {it}; leave a cell empty where the plan states nothing");
        errors.push(error.help(help));
    }
    (errors.len() == before).then_some(columns)
}

/// The cells of one row by heading, and where to say what is wrong with them.
struct Cells<'a> {
    cells: BTreeMap<&'static str, Spanned<String>>,
    errors: &'a mut Vec<Error>,
}

impl Cells<'_> {
    fn action(
        mut self,
        place: Place,
        plan: Option<&Plan>,
        seen: &mut BTreeMap<String, Place>,
    ) -> Option<Action> {
        let reference = self.needed("reference", &place);
        if let Some(reference) = reference.as_ref() {
            self.once(reference, seen);
        }
        let action = self.needed("action", &place);
        let status = self.status();
        let evidence = self.text("evidence");
        if let (Some((Status::Complete | Status::Replaced, cell)), None) = (&status, &evidence) {
            let error = cell.error(format!("`{}` without evidence", cell.value));
            self.errors.push(error.help("say in `evidence` what shows it, in the plan's words"));
        }
        Some(Action {
            section: self.text("section").unwrap_or_default(),
            leads: self.list("lead").into_iter().map(|lead| lead.value).collect(),
            lead_stated: self.text("lead_stated"),
            due: self.day("due"),
            due_stated: self.text("due_stated"),
            due_basis: self.text("due_basis"),
            status: status.map(|(status, _)| status),
            status_stated: self.text("status_stated"),
            rag_stated: self.text("rag_stated"),
            updated: self.day("updated"),
            evidence,
            indicators: self.indicators(plan),
            reference: reference?.value,
            action: action?.value,
            place,
        })
    }

    /// A cell with something in it.
    fn cell(&mut self, heading: &str) -> Option<Spanned<String>> {
        self.cells.remove(heading).filter(|cell| !cell.value.is_empty())
    }

    fn text(&mut self, heading: &str) -> Option<String> {
        self.cell(heading).map(|cell| cell.value)
    }

    fn needed(&mut self, heading: &str, place: &Place) -> Option<Spanned<String>> {
        let cell = self.cell(heading);
        if cell.is_none() {
            let error = Error::definition(place.clone(), format!("the row has no {heading}"));
            self.errors.push(error.help(format!("fill in its cell in column `{heading}`")));
        }
        cell
    }

    fn once(&mut self, reference: &Spanned<String>, seen: &mut BTreeMap<String, Place>) {
        match seen.get(&reference.value) {
            None => {
                seen.insert(reference.value.clone(), reference.place());
            }
            Some(first) => {
                let said = format!("action `{}` is there twice", reference.value);
                let help = format!(
                    "the other stands at {first}; where a plan repeats a number, put its section \
                     before it"
                );
                self.errors.push(reference.error(said).help(help));
            }
        }
    }

    fn day(&mut self, heading: &str) -> Option<NaiveDate> {
        let cell = self.cell(heading)?;
        let day = NaiveDate::parse_from_str(&cell.value, "%Y-%m-%d").ok();
        if day.is_none_or(|day| day.to_string() != cell.value) {
            let error = cell.error(format!("`{}` is not a day", cell.value));
            let help = "write it as 2017-12-11, of a month its last day, and leave it empty where \
                        the plan states none";
            self.errors.push(error.help(help));
        }
        day
    }

    fn status(&mut self) -> Option<(Status, Spanned<String>)> {
        let cell = self.cell("status")?;
        let known = Status::ALL.into_iter().find(|status| status.name() == cell.value);
        if known.is_none() {
            let names = Status::ALL.map(Status::name);
            let error = cell.error(format!("there is no status `{}`", cell.value));
            self.errors.push(match nearest(&cell.value, names) {
                Some(meant) => error.help(format!("did you mean `{meant}`?")),
                None => error.help(format!(
                    "it is one of: {}; or empty where the plan states none",
                    names.join(", ")
                )),
            });
        }
        Some((known?, cell))
    }

    /// The words between semicolons.
    fn list(&mut self, heading: &str) -> Vec<Spanned<String>> {
        let Some(cell) = self.cell(heading) else { return Vec::new() };
        let raw = cell.source.text.get(cell.span.clone()).unwrap_or_default();
        let mut from = 0;
        let mut found = Vec::new();
        for word in cell.value.split(';').map(str::trim).filter(|word| !word.is_empty()) {
            let span = match raw.get(from..).and_then(|rest| rest.find(word)) {
                Some(at) => {
                    let start = cell.span.start + from + at;
                    from += at + word.len();
                    start..start + word.len()
                }
                None => cell.span.clone(),
            };
            found.push(Spanned { value: word.to_owned(), source: cell.source.clone(), span });
        }
        found
    }

    /// Links, each of which must lead to an indicator of the plan.
    fn indicators(&mut self, plan: Option<&Plan>) -> Vec<String> {
        let mut links: Vec<String> = Vec::new();
        for link in self.list("indicators") {
            let known = || plan.iter().flat_map(|plan| &plan.indicators).map(|row| row.id.as_str());
            if plan.is_some() && known().all(|id| id != link.value) {
                let error = link.error(format!("the plan has no indicator `{}`", link.value));
                self.errors.push(match nearest(&link.value, known()) {
                    Some(meant) => error.help(format!("did you mean `{meant}`?")),
                    None => error.help("an action leads to indicators of its own plan, by id"),
                });
            } else if links.contains(&link.value) {
                let error = link.error(format!("indicator `{}` is linked twice", link.value));
                self.errors.push(error.help("take one of them out"));
            }
            links.push(link.value);
        }
        links
    }
}
