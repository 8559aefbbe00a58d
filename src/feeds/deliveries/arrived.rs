//! What the cells of a file look like, column by column.

use std::collections::BTreeMap;
use std::path::Path;

use super::columns::Columns;
use super::raw::Raw;
use super::{BATCH, Reader, guarded};
use crate::area::Areas;
use crate::feeds::contract::Contract;
use crate::feeds::convert::Rules;
use crate::feeds::fault::Fault;
use crate::feeds::files;
use crate::feeds::form::{self, Forms, Kept};
use crate::feeds::headings::{Claims, Pick};
use crate::feeds::large::Large;
use crate::feeds::reading::Source;
use crate::feeds::records::Records;
use crate::feeds::table::{Headings, Table, Wanted};
use crate::feeds::tally::Tally;
use crate::feeds::zone::Zone;
use crate::parallel;

/// The forms of the cells under each column's heading, before anything is made of them; the fault
/// says why the file cannot be read. Cells behind a place that cannot be read on are left out.
pub(crate) fn arrived(
    contract: &Contract,
    root: &Path,
    file: &str,
) -> Result<BTreeMap<String, Forms>, Fault> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let (areas, zone) = (Areas::default(), Zone::new(contract.reading.zone));
    let missing = &contract.reading.missing;
    let rules = Rules { missing, areas: &areas, zone: &zone, key: &contract.key };
    let reader = Reader::new(contract, &rules);
    if let Some(large) = Large::look(root, file, &contract.reading)?
        && let Some(forms) = reader.forms_of_parts(&large)
    {
        return Ok(forms);
    }
    match Raw::open(name, files::bytes(root, file)?, &contract.reading)? {
        Raw::Text(text) => Ok(reader.forms_of_table(reader.delimited(&text)?)),
        Raw::Sheet(sheet) => Ok(reader.forms_of_table(reader.open(Records::Sheet(sheet))?)),
        Raw::Columns(columns) => reader.forms_of_columns(&columns.headings(), &columns.all()?),
    }
}

impl Reader<'_> {
    /// The columns that the file has, and where.
    fn found<'b>(&'b self, claims: &'b Claims) -> Vec<(&'b Source, &'b Pick)> {
        let columns = self.contract.reading.columns.iter().zip(&claims.columns);
        columns.filter_map(|(source, pick)| Some((source, pick.as_ref()?))).collect()
    }

    /// Those of a large file, part by part; none where it has to be read whole.
    fn forms_of_parts(&self, large: &Large) -> Option<BTreeMap<String, Forms>> {
        let (text, _) = large.text(0)?;
        let table = self.delimited(&text).ok()?;
        if table.may_end() {
            return None;
        }
        let (pattern, claims) = (table.bare(), self.claim(&table.headings));
        let mut all = self.forms(table, &claims);
        let of = |part: usize| {
            let (text, line) = large.text(part).ok_or(())?;
            Ok(self.forms(pattern.over(&text, line).ok_or(())?, &claims))
        };
        let joined: Result<(), ()> = parallel::in_order(1..large.parts(), of, |part| {
            for (column, forms) in part {
                let known = all.entry(column).or_default();
                for (form, cells) in forms {
                    *known.entry(form).or_default() += cells;
                }
            }
            Ok(())
        });
        joined.ok().map(|()| all)
    }

    fn forms_of_table(&self, table: Table) -> BTreeMap<String, Forms> {
        let claims = self.claim(&table.headings);
        self.forms(table, &claims)
    }

    fn forms(&self, mut table: Table, claims: &Claims) -> BTreeMap<String, Forms> {
        let found = self.found(claims);
        let wanted = found.iter().map(|(_, pick)| Wanted::new((*pick).clone(), false));
        let mut wanted: Vec<Wanted> = wanted.collect();
        let mut all: BTreeMap<String, Forms> = BTreeMap::new();
        let mut aside = Tally::default();
        let gathered = claims.gathered.as_deref();
        while let Ok(Some(rows)) = table.next(&mut wanted, gathered, (BATCH, None), &mut aside) {
            for ((source, _), cells) in found.iter().zip(&rows.columns) {
                let forms = all.entry(source.name.clone()).or_default();
                form::add(forms, source, self.rules.missing, cells, Kept::Plain);
            }
        }
        all
    }

    fn forms_of_columns(
        &self,
        texts: &[String],
        columns: &Columns,
    ) -> Result<BTreeMap<String, Forms>, Fault> {
        let headings = Headings { texts: texts.to_vec(), ..Headings::default() };
        let claims = self.claim(&headings);
        let mut all = BTreeMap::new();
        for (source, pick) in self.found(&claims) {
            let kept = match pick {
                Pick::Field(field) => columns.kept(*field),
                _ => Kept::Text,
            };
            let cells = guarded(|| columns.texts(pick, self.rules.zone))?;
            let mut forms = Forms::new();
            form::add(&mut forms, source, self.rules.missing, &cells, kept);
            all.insert(source.name.clone(), forms);
        }
        Ok(all)
    }
}
