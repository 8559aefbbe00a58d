//! Rows set aside are given back as they were delivered, with file, line and reason.

use concordat::feeds::quarantine::{SetAside, set_aside};

use super::ugly::arrow;
use super::workbook::{Cell, xlsx};
use super::{EVENTS, Workspace, areas, contract_of};

const ROWS: &str = "\
Ref,Force,Detained at,Ended,age,place,extended,Notes of ours\n\
1,Derbyshire,01/02/2017 10:00,,34,Suite,Y,\" kept, as it is \"\n\
2,Derbyshire,31/02/2017 10:00,,NK,Suite,Y,\"two\nlines\"\n\
3,Derbyshire,03/02/2017 10:00\n\
,,,,,,,\n\
4,Derbyshire,04/02/2017 10:00,03/02/2017 10:00,34,Suite,Y,=1+1\n\
1,Derbyshire,01/02/2017 10:00,,34,Suite,Y,again\n";

/// The rows of each file, one line a row.
fn aside(workspace: &Workspace, contract: &str) -> Vec<SetAside> {
    let contract = contract_of(contract);
    let root = workspace.folder.path();
    let opened = concordat::feeds::open(&contract, root, &areas());
    let files = opened.quality.files.iter();
    let found: Vec<SetAside> =
        files.clone().map(|file| set_aside(&contract, root, file).unwrap()).collect();
    for (file, aside) in files.zip(&found) {
        assert_eq!(file.rows_set_aside(), aside.rows.len() as u64 + aside.unnamed);
    }
    found
}

fn shown(aside: &SetAside) -> Vec<String> {
    let row = |row: &concordat::feeds::quarantine::Row| {
        let column = row.column.as_deref().unwrap_or("-");
        format!("{} {column} ({}): {}", row.line, row.reason, row.cells.join("|"))
    };
    aside.rows.iter().map(row).collect()
}

#[test]
fn rows_are_given_back_as_they_came() {
    let workspace = Workspace::new();
    let found = aside(workspace.deliver("a.csv", ROWS), EVENTS);
    assert_eq!(
        found[0].headings.join("|"),
        "Ref|Force|Detained at|Ended|age|place|extended|Notes of ours"
    );
    let expected = [
        "3 detained (a date that does not exist): 2|Derbyshire|31/02/2017 10:00||NK|Suite|Y|two\nlines",
        "5 - (torn row: 3 fields where there are 8 headings): 3|Derbyshire|03/02/2017 10:00",
        "6 - (blank row): |||||||",
        "7 - (ended before it began): 4|Derbyshire|04/02/2017 10:00|03/02/2017 10:00|34|Suite|Y|=1+1",
        "8 - (exact copy of an earlier row): 1|Derbyshire|01/02/2017 10:00||34|Suite|Y|again",
    ];
    assert_eq!(shown(&found[0]), expected);
}

/// An earlier file's row that a later one revises is the earlier file's, as it stood there.
#[test]
fn revised_rows_are_given_back_from_their_own_file() {
    let headings = "Ref,Force,Detained at,Ended,age,place,extended";
    let workspace = Workspace::new();
    workspace.deliver("a.csv", format!("{headings}\n1,Derbyshire,01/02/2017 10:00,,34,Suite,Y\n"));
    workspace.deliver("b.csv", format!("{headings}\n1,Derbyshire,01/02/2017 10:00,,35,Suite,Y\n"));
    let found = aside(&workspace, EVENTS);
    let expected = "2 - (revised by b.csv): 1|Derbyshire|01/02/2017 10:00||34|Suite|Y";
    assert_eq!(shown(&found[0]), [expected]);
    assert_eq!(shown(&found[1]), [] as [String; 0]);
}

#[test]
fn a_stopped_file_names_the_rows_it_knows_and_counts_the_rest() {
    let headings = "Ref,Force,Detained at,Ended,age,place,extended";
    let row = |id: u32, day: &str| format!("{id},Derbyshire,{day}/2017 10:00,,34,Suite,Y\n");
    let text = format!("{headings}\n{}{}{}", row(1, "02/13"), row(2, "02/14"), row(3, "02/01"));
    let workspace = Workspace::new();
    let found = aside(workspace.deliver("a.csv", text), EVENTS);
    assert_eq!(found[0].rows.len(), 2);
    assert_eq!(found[0].unnamed, 1);
}

#[test]
fn other_formats_give_their_rows_back_too() {
    use Cell::{Number, Text};

    let contract = EVENTS.replace("\"*.csv\"", "\"*\"");
    let texts = ["Ref", "Force", "Detained at", "Ended", "age", "place", "extended"].map(Text);
    let row = [
        Number(1.0),
        Text("Nowhere"),
        Cell::Moment(42_767.5, "2017-02-01T12:00:00"),
        Cell::Empty,
        Number(34.0),
        Text("Suite"),
        Text("Y"),
    ];
    let rows = vec![texts.to_vec(), row.to_vec()];
    let workspace = Workspace::new();
    let found = aside(workspace.deliver("a.xlsx", xlsx(&[("Data", &rows)])), &contract);
    assert_eq!(found[0].rows.len(), 1);
    assert_eq!(found[0].rows[0].line, 2);
    assert_eq!(found[0].rows[0].cells[..2], ["1", "Nowhere"]);

    // Every row of the Arrow file fails a check; each is given back at its position.
    let contract = EVENTS.replace("\"*.csv\"", "\"*\"").replace("ended < detained", "age >= 0");
    let workspace = Workspace::new();
    let found = aside(workspace.deliver("a.arrow", arrow(false, None)), &contract);
    assert!(!found[0].rows.is_empty());
    let ids: Vec<&str> = found[0].rows.iter().map(|row| row.cells[0].as_str()).collect();
    assert!(ids.iter().all(|id| !id.is_empty()), "{ids:?}");
}
