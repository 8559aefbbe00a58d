//! Areas: codes, kinds, spellings and the overlapping, dated parents they have.

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// One area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// ONS, ODS or own code: the key everywhere.
    pub code: String,
    /// Its name as printed.
    pub name: String,
    /// What it is: `plan`, `police force`, `trust`, `ambulance trust`, `ccg`, `local authority`, `country`.
    pub kind: String,
}

/// An area is part of another for a stretch of time, `[from, to)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The smaller or reporting area.
    pub area: String,
    /// The area it is part of.
    pub part_of: String,
    /// First day, `None` for always.
    pub from: Option<NaiveDate>,
    /// First day no longer, `None` for still.
    pub to: Option<NaiveDate>,
}

/// Every area of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Areas {
    areas: BTreeMap<String, Area>,
    links: Vec<Link>,
    /// Spelling (folded) to code.
    names: BTreeMap<String, String>,
}

impl Areas {
    /// stub until the definitions branch brings the real one
    pub fn find(&self, spelling: &str, kind: Option<&str>) -> Option<&Area> {
        let code = self.names.get(spelling)?;
        self.areas.get(code).filter(|area| kind.is_none_or(|kind| area.kind == kind))
    }
}
