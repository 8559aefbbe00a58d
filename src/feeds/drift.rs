//! Columns whose cells look otherwise in later files than in earlier ones.

use std::collections::BTreeSet;
use std::path::Path;

use super::contract::Contract;
use super::deliveries::arrived;
use super::form::{Form, Forms};
use crate::quality::FileQuality;

/// Fewest cells that make a form of a file: one is a slip.
const FEWEST: u64 = 2;

/// A form that fewer than one in so many cells have is that of slips.
const ONE_IN: u64 = 20;

/// A column that changed, and how it looked in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The column.
    pub column: String,
    /// The files in which it looked alike, in the order in which they came; two or more.
    pub stages: Vec<Stage>,
}

/// Files in which a column looked alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The forms its cells had in the first of them and how many had each, most first.
    pub forms: Vec<(Form, u64)>,
    /// Cells of the first file that have a value.
    pub cells: u64,
    /// The first file, relative to the workspace.
    pub first: String,
    /// The last.
    pub last: String,
}

/// The columns that changed, by name in the contract's order.
///
/// A form belongs to a file if at least one in 20 of the column's cells with a value have it, and two
/// or more. A column changes with a file that has a form no file before had, or none of those of the
/// file before. Where decimals were met whole numbers are nothing new, since they are met by chance.
///
/// Each file is read again, as it was delivered: what a row says that was set aside counts too. A file
/// that cannot be read says nothing.
pub fn drifts(contract: &Contract, root: &Path, files: &[FileQuality]) -> Vec<Drift> {
    let read = files.iter().map(|file| file.file.as_str());
    let read = read.filter_map(|file| Some((file, arrived(contract, root, file).ok()?)));
    let read: Vec<_> = read.collect();
    let columns = contract.reading.columns.iter().map(|source| source.name.as_str());
    let of = |column: &str| {
        let forms = read.iter().filter_map(|(file, all)| Some((*file, all.get(column)?)));
        let stages = stages(forms);
        (stages.len() > 1).then(|| Drift { column: column.to_owned(), stages })
    };
    columns.filter_map(of).collect()
}

fn stages<'a>(files: impl Iterator<Item = (&'a str, &'a Forms)>) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    let mut met: BTreeSet<Form> = BTreeSet::new();
    let mut before: BTreeSet<Form> = BTreeSet::new();
    for (file, forms) in files {
        let cells: u64 = forms.values().sum();
        let enough = |number: u64| number >= FEWEST && number * ONE_IN >= cells;
        let mut found: Vec<(Form, u64)> =
            forms.iter().filter(|(_, n)| enough(**n)).map(|(form, n)| (form.clone(), *n)).collect();
        let mut now: BTreeSet<Form> = found.iter().map(|(form, _)| form.clone()).collect();
        if now.is_empty() {
            continue;
        }
        if now.contains(&Form::Decimal) {
            now.insert(Form::Whole);
        }
        let alike = now.is_subset(&met) && !now.is_disjoint(&before);
        match stages.last_mut() {
            Some(stage) if alike => file.clone_into(&mut stage.last),
            _ => {
                found.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
                let (first, last) = (file.to_owned(), file.to_owned());
                stages.push(Stage { forms: found, cells, first, last });
            }
        }
        met.extend(now.iter().cloned());
        before = now;
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stages of files named by their position: forms by number of cells, first and last file.
    fn told(files: &[&[(Form, u64)]]) -> Vec<String> {
        let files: Vec<(String, Forms)> = files
            .iter()
            .enumerate()
            .map(|(at, forms)| (at.to_string(), forms.iter().cloned().collect()))
            .collect();
        let stages = stages(files.iter().map(|(name, forms)| (name.as_str(), forms)));
        let forms = |stage: &Stage| {
            let forms = stage.forms.iter().map(|(form, cells)| format!("{form} {cells}"));
            forms.collect::<Vec<_>>().join(", ")
        };
        stages
            .iter()
            .map(|stage| format!("{}–{}: {}", stage.first, stage.last, forms(stage)))
            .collect()
    }

    #[test]
    fn a_column_changes_with_a_form_not_met_before_or_with_none_of_the_file_before() {
        use Form::{Decimal, Text, Whole};
        let ten = [(Whole, 10)];
        assert_eq!(told(&[&ten, &ten]), ["0–1: whole numbers 10"]);
        let half = [(Whole, 5), (Decimal, 15)];
        let expected = ["0–0: whole numbers 10", "1–3: decimals 15, whole numbers 5"];
        assert_eq!(told(&[&ten, &half, &ten, &half]), expected, "whole by chance is no change");
        let expected = ["0–0: whole numbers 10", "1–1: texts 9", "2–2: whole numbers 10"];
        assert_eq!(told(&[&ten, &[(Text, 9)], &ten]), expected, "back again is a change");
        assert_eq!(told(&[&[(Decimal, 9)], &ten]), ["0–1: decimals 9"]);
    }

    #[test]
    fn slips_and_files_that_say_nothing_are_no_change() {
        use Form::{Text, Whole};
        let ten = [(Whole, 10)];
        assert_eq!(told(&[&ten, &[(Whole, 9), (Text, 1)]]).len(), 1, "one cell is a slip");
        assert_eq!(told(&[&ten, &[(Whole, 39), (Text, 2)]]).len(), 1, "two in 41 are slips");
        assert_eq!(told(&[&ten, &[(Whole, 38), (Text, 2)]]).len(), 2);
        assert_eq!(told(&[&ten, &[], &[(Text, 1)], &ten]), ["0–3: whole numbers 10"]);
        assert_eq!(told(&[&[], &ten]), ["1–1: whole numbers 10"]);
        // Texts were met before, so that more of them are nothing new beside the same numbers.
        assert_eq!(told(&[&[(Whole, 9), (Text, 3)], &ten, &[(Whole, 5), (Text, 5)]]).len(), 1);
    }
}
