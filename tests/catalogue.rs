//! The catalogue of the five plans as the tests read it: copies of its columns in `cases/catalogue`,
//! the readings in which the project differs from it, and the plans' texts where they lie beside the
//! project.

use std::collections::BTreeMap;
use std::path::Path;

use concordat::indicators::Catalogue;

use super::sample::SAMPLE;

/// A row of a table, by heading.
pub(crate) type Line = BTreeMap<String, String>;

/// The project's own definitions.
pub(crate) fn own() -> &'static Catalogue {
    &SAMPLE.0.catalogue
}

/// A table of `cases/catalogue`.
pub(crate) fn table(name: &str) -> Vec<Line> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/catalogue").join(name);
    let mut reader = csv::Reader::from_path(&path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// A cell of the catalogue; `None` where it is empty or "not stated".
pub(crate) fn said<'a>(line: &'a Line, name: &str) -> Option<&'a str> {
    Some(line[name].as_str()).filter(|cell| !cell.is_empty() && *cell != "not stated")
}

/// Words without tags, column marks and the spaces between them.
pub(crate) fn plain(text: &str) -> String {
    let tag = regex::Regex::new("<[^>]*>").unwrap();
    let text = tag.replace_all(text, " ").replace('|', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The plans' texts by plan; `None` where they do not lie beside the project.
pub(crate) fn texts() -> Option<BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/plans");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        crate::skipped("no ../shared/plans beside the project");
        return None;
    };
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    let order = ["derbyshire", "hertfordshire", "nottinghamshire", "cambridgeshire", "oxfordshire"];
    let text = |(plan, path): (&str, &std::path::PathBuf)| {
        (plan.to_owned(), plain(&std::fs::read_to_string(path).unwrap()))
    };
    Some(order.into_iter().zip(&files).map(text).collect())
}

/// Where the project reads a plan otherwise than the catalogue, and why: `cases/catalogue/readings.csv`.
pub(crate) struct Readings {
    of: &'static str,
    /// What is ours, by row and column; taken out when it is met.
    left: BTreeMap<(String, String), String>,
    wrong: Vec<String>,
}

impl Readings {
    pub(crate) fn of(name: &'static str) -> Self {
        let mut left = BTreeMap::new();
        for line in table("readings.csv").into_iter().filter(|line| line["table"] == name) {
            assert!(!line["why"].is_empty(), "{} {} gives no reason", line["row"], line["column"]);
            let key = (line["row"].clone(), line["column"].clone());
            assert!(left.insert(key, line["ours"].clone()).is_none(), "twice: {}", line["row"]);
        }
        Self { of: name, left, wrong: Vec::new() }
    }

    /// The same, or the reading that is ours.
    pub(crate) fn compare(
        &mut self,
        row: &str,
        column: &str,
        theirs: Option<&str>,
        ours: Option<&str>,
    ) {
        let (theirs, ours) = (plain(theirs.unwrap_or_default()), plain(ours.unwrap_or_default()));
        let reading = self.left.remove(&(row.to_owned(), column.to_owned()));
        let expected = reading.as_ref().map_or(theirs.clone(), |reading| plain(reading));
        if ours != expected || reading.is_some() && ours == theirs {
            self.wrong.push(format!("{row},{column}: `{ours}`, the catalogue `{theirs}`"));
        }
    }

    /// Fails on differences without a reason, and on reasons without a difference.
    pub(crate) fn finish(self) {
        assert!(self.wrong.is_empty(), "{}:\n{}", self.of, self.wrong.join("\n"));
        assert!(self.left.is_empty(), "{}: nothing differs: {:?}", self.of, self.left.keys());
    }
}
