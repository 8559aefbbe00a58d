//! Rows whose area leads to no plan, worked by hand: named with their lines, and used.

use concordat::area::Areas;
use concordat::definition::Source;
use concordat::feeds::open;

use super::{Workspace, contract_of, said};

const STAYS: &str = r#"
title = "Placements"
files = ["*.csv"]
rows = "stays"
key = ["id"]
event_time = "started"
area = "sender"
[columns]
id = { type = "text" }
sender = { type = "area", kind = "trust" }
ccg = { type = "area", kind = "ccg" }
started = { type = "date", format = "%d/%m/%Y" }
ended = { type = "date", format = "%d/%m/%Y" }
"#;

/// Old until 31 March 2019, new from 1 April; trust B is part of no plan.
fn areas() -> Areas {
    let (areas, errors) = Areas::read(
        &Source::new(
            "areas.csv",
            "code,name,kind\nP,Plan,plan\nA,Trust A,trust\nB,Trust B,trust\n1,Old,ccg\n2,New,ccg\n3,Far,ccg\n",
        ),
        &Source::new(
            "area_links.csv",
            "area,part_of,from,to\nA,P,,\n1,P,2013-04-01,2019-04-01\n2,P,2019-04-01,\n",
        ),
        &Source::new("area_names.csv", "spelling,kind,code\n"),
    );
    assert_eq!(errors, []);
    areas
}

#[test]
fn a_row_that_maps_nowhere_is_counted_and_named() {
    let workspace = Workspace::new();
    workspace.deliver(
        "a.csv",
        "id,sender,ccg,started,ended\n\
         1,A,1,31/03/2019,\n\
         2,A,1,01/04/2019,\n\
         3,A,2,31/03/2019,\n\
         4,A,2,01/04/2019,\n\
         5,B,,01/04/2019,\n\
         6,A,3,01/04/2019,\n\
         7,A,1,,\n",
    );
    let opened = open(&contract_of(STAYS), workspace.folder.path(), &areas());
    assert_eq!(opened.problems, []);
    let quality = &opened.quality;
    assert_eq!(
        said(quality, |file| &file.warnings),
        [
            "a.csv:6: sender: its area is part of no plan: counted for none: Trust B (B)",
            "a.csv:3,4: ccg: an area that was part of no plan on the row's day: Old (1) | New (2)",
        ],
        "a CCG of no plan is no fault of a row whose sender is in one"
    );
    assert_eq!(quality.files[0].rows_used, 7);
}
