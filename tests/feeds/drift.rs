//! Columns whose cells look otherwise in later files, worked by hand for each kind of file.

use concordat::feeds::drift::{Stage, drifts};
use polars::prelude::{IntoColumn, NamedFrom, Series};

use super::parquet::parquet;
use super::ugly::arrow;
use super::workbook::{Cell, ods, xlsx};
use super::{EVENTS, Workspace, areas, contract_of};

const HEADINGS: &str = "Ref,Force,Detained at,Ended,age,place,extended";

/// Every column that changed: its stages with the files' names.
fn found(workspace: &Workspace) -> Vec<String> {
    let contract = EVENTS.replace("[\"*.csv\", \"*.parquet\"]", "[\"*.*\"]");
    let contract = contract_of(&contract);
    let quality = concordat::feeds::open(&contract, workspace.folder.path(), &areas()).quality;
    let name = |file: &str| file.rsplit('/').next().unwrap_or_default().to_owned();
    let stage = |stage: &Stage| {
        let forms = stage.forms.iter().map(|(form, cells)| format!("{form} {cells}"));
        let forms = forms.collect::<Vec<_>>().join(" + ");
        format!("{}–{}: {forms} of {}", name(&stage.first), name(&stage.last), stage.cells)
    };
    drifts(&contract, workspace.folder.path(), &quality.files)
        .iter()
        .map(|one| {
            let stages: Vec<String> = one.stages.iter().map(stage).collect();
            format!("{}: {}", one.column, stages.join("; "))
        })
        .collect()
}

fn rows(rows: &[&str]) -> String {
    format!("{HEADINGS}\n{}\n", rows.join("\n"))
}

/// Ages become decimals, so that rows are set aside; ended becomes ISO, which sets aside as well; the
/// key gets a letter, which nothing else would show. `NK` and empty cells are no values.
#[test]
fn of_text_files() {
    let workspace = Workspace::new();
    workspace.deliver(
        "2016.csv",
        rows(&[
            "1,Derbyshire,01/02/2016 10:00,01/02/2016 12:00,34,Suite,Y",
            "2,Derbyshire,02/02/2016 10:00,02/02/2016 12:00,NK,Suite,Y",
            "3,Derbyshire,03/02/2016 10:00,,35,,N",
        ]),
    );
    workspace.deliver(
        "2017.csv",
        rows(&[
            "4,Derbyshire,01/02/2017 10:00,1/2/2017 9:30,61,Suite,Y",
            "5,Derbyshire,02/02/2017 10:00,2/2/2017 9:30,62,Suite,Y",
        ]),
    );
    assert_eq!(found(&workspace), [""; 0], "one digit or two are the same");
    workspace.deliver(
        "2018.csv",
        rows(&[
            "S6,Derbyshire,01/02/2018 10:00,2018-02-01 12:00,34.5,Suite,Y",
            "S7,Derbyshire,02/02/2018 10:00,2018-02-02 12:00,35.5,Suite,Y",
            "S8,Derbyshire,03/02/2018 10:00,2018-02-03 12:00,36,Suite,N",
            "S9,Derbyshire,04/02/2018 10:00,2018-02-04 12:00,37,,N",
        ]),
    );
    let expected = [
        "id: 2016.csv–2017.csv: whole numbers 3 of 3; 2018.csv–2018.csv: texts 4 of 4",
        "ended: 2016.csv–2017.csv: dates or times as 00/00/0000 00:00 2 of 2; \
         2018.csv–2018.csv: dates or times as 0000-00-00 00:00 4 of 4",
        "age: 2016.csv–2017.csv: whole numbers 2 of 2; \
         2018.csv–2018.csv: whole numbers 2 + decimals 2 of 4",
    ];
    assert_eq!(found(&workspace), expected);
}

fn sheet(reference: [Cell; 2], at: Cell, age: Cell) -> Vec<Vec<Cell>> {
    use Cell::{Empty, Text};
    let headings: Vec<Cell> =
        ["Ref", "Force", "Detained at", "Ended", "age", "place", "extended"].map(Text).into();
    let row = |of| vec![of, Text("Derbyshire"), at, Empty, age, Text("Suite"), Text("Y")];
    [vec![headings], reference.map(row).into()].concat()
}

/// The same texts on the screen: numbers and dates in the first workbook, texts in the second.
#[test]
fn of_workbooks() {
    use Cell::{Moment, Number, Text};
    let moment = Moment(42_767.416_666_666_664, "2017-02-01T10:00:00");
    let numbers = sheet([Number(1.0), Number(2.0)], moment, Number(34.0));
    let texts = sheet([Text("3"), Text("4")], Text("01/02/2017 10:00"), Text("34"));
    for (made, ending) in [(xlsx as fn(&[(&str, &[Vec<Cell>])]) -> Vec<u8>, "xlsx"), (ods, "ods")] {
        let workspace = Workspace::new();
        workspace.deliver(&format!("a.{ending}"), made(&[("Data", &numbers)]));
        workspace.deliver(&format!("b.{ending}"), made(&[("Data", &texts)]));
        let both = |column: &str, before: &str, after: &str| {
            format!(
                "{column}: a.{ending}–a.{ending}: {before} 2 of 2; b.{ending}–b.{ending}: {after} 2 of 2"
            )
        };
        let expected = [
            both("id", "whole numbers", "numbers kept as text"),
            both("detained", "dates with a time of day", "dates or times as 00/00/0000 00:00"),
            both("age", "whole numbers", "numbers kept as text"),
        ];
        assert_eq!(found(&workspace), expected);
    }
}

/// Whole numbers kept with decimals, because one is missing, are the same numbers.
#[test]
fn of_parquet() {
    let of = |age: Series, extended: Series| {
        let text = |name: &str, texts: [&str; 3]| Series::new(name.into(), texts).into_column();
        parquet(vec![
            text("Ref", ["a", "b", "c"]),
            text("Detained at", ["01/02/2017 10:00"; 3]),
            text("Force", ["Derbyshire"; 3]),
            age.into_column(),
            extended.into_column(),
        ])
    };
    let flags = || Series::new("extended".into(), [true, false, true]);
    let words = Series::new("extended".into(), ["Y", "N", "Y"]);
    let workspace = Workspace::new();
    workspace
        .deliver("a.parquet", of(Series::new("age".into(), [34i64, 35, 36]), flags()))
        .deliver(
            "b.parquet",
            of(Series::new("age".into(), [Some(34.0), None, Some(36.0)]), flags()),
        )
        .deliver("c.parquet", of(Series::new("age".into(), ["34", "35", "NK"]), words));
    let expected = [
        "age: a.parquet–b.parquet: whole numbers 3 of 3; \
         c.parquet–c.parquet: numbers kept as text 2 of 2",
        "extended: a.parquet–b.parquet: yes and no 3 of 3; c.parquet–c.parquet: texts 3 of 3",
    ];
    assert_eq!(found(&workspace), expected);
}

/// A file that cannot be read stops the feed and says nothing of its columns; the others do.
#[test]
fn files_that_cannot_be_read_say_nothing() {
    let row = "1,Derbyshire,01/02/2016 10:00,,34,,Y";
    let workspace = Workspace::new();
    workspace.deliver("a.csv", rows(&[row, row])).deliver("b.csv", "nothing of ours\n");
    workspace.deliver("c.parquet", "damaged").deliver("d.arrow", arrow(true, None));
    let other = row.replace(",34,", ",34.5,");
    workspace.deliver("e.csv", rows(&[&other, &other]));
    let said = found(&workspace);
    let age = "age: a.csv–d.arrow: whole numbers 2 of 2; e.csv–e.csv: decimals 2 of 2";
    assert!(said.iter().any(|line| line == age), "{said:?}");
}
