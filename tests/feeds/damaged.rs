//! Damaged files: never a panic, and every row of what can still be read is accounted for.

use arrow::ipc::CompressionType;
use concordat::feeds::drift::drifts;
use proptest::prelude::*;

use super::ugly::arrow;
use super::workbook::{Cell, archive, ods, xlsx};
use super::{EVENTS, Workspace, contract_of, replaced};

/// A change to some bytes.
#[derive(Debug, Clone)]
pub(super) enum Damage {
    Cut(prop::sample::Index),
    Set(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Repeat(prop::sample::Index, prop::sample::Index),
}

pub(super) fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let place = any::<prop::sample::Index>;
    let one = prop_oneof![
        1 => place().prop_map(Damage::Cut),
        6 => (place(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        2 => (place(), prop::collection::vec(any::<u8>(), 1..9))
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        2 => (place(), place()).prop_map(|(from, to)| Damage::Repeat(from, to)),
    ];
    prop::collection::vec(one, 0..4)
}

pub(super) fn damaged(bytes: &[u8], damage: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in damage {
        if bytes.is_empty() {
            break;
        }
        match change {
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Damage::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
            Damage::Repeat(from, to) => {
                let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
                let part = bytes[from.min(to)..from.max(to)].to_vec();
                bytes.splice(from..from, part);
            }
        }
    }
    bytes
}

const LAYOUTS: [&str; 5] = [
    "",
    "[table]\nheadings = \"find\"\nends = { text = [\"N*\"], blank_row = true }\n",
    "[table]\nheading_rows = 2\n",
    "[table]\nheadings = 2\nends = { blank_row = true }\n",
    "[gather]\nheadings = '^(.)(.*)d$'\nnames = [\"a\", \"b\"]\nvalues = \"Ended\"\n",
];

/// Opens a file and checks the account; gives whether there was a feed.
fn account(name: &str, bytes: &[u8], layout: &str) -> Result<bool, TestCaseError> {
    let changes = [
        ("files      = [\"*.csv\", \"*.parquet\"]", "files = [\"*\"]".to_owned()),
        ("[columns]", format!("{layout}[columns]")),
        ("heading = [\"Force\"]", "heading = [\"Force\"], fill = \"down\"".to_owned()),
    ];
    let contract = replaced(EVENTS, &changes.map(|(from, to)| (from.to_owned(), to)));
    let workspace = Workspace::new();
    let opened = workspace.deliver(name, bytes).open(&contract);
    drifts(&contract_of(&contract), workspace.folder.path(), &opened.quality.files);
    for file in &opened.quality.files {
        prop_assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside());
    }
    match &opened.feed {
        Some(feed) => {
            let used: u64 = opened.quality.files.iter().map(|file| file.rows_used).sum();
            prop_assert_eq!(feed.rows.height() as u64, used);
        }
        None => prop_assert!(!opened.problems.is_empty()),
    }
    // What a foreign reader did not expect is the file's fault; our own readers expect everything.
    let foreign = [".xlsx", ".arrow", ".parquet"].iter().any(|ending| name.ends_with(ending));
    let damaged =
        opened.problems.iter().any(|error| error.problem.contains("is damaged: it cannot"));
    prop_assert!(foreign || !damaged, "{:?}", opened.problems);
    Ok(opened.feed.is_some())
}

fn rows() -> Vec<Vec<Cell>> {
    use Cell::{Empty, Moment, Number, Text};
    let at = Moment(42_767.416_666_666_664, "2017-02-01T10:00:00");
    let texts = ["Ref", "Force", "Detained at", "Ended", "age", "place", "extended"];
    vec![
        texts.map(Text).to_vec(),
        vec![Number(1.0), Text("Derbyshire"), at, at, Number(34.0), Text("Suite"), Text("Y")],
        vec![],
        vec![Number(2.0), Empty, at, Empty, Empty, Text("Suite & so on"), Text("N")],
        vec![Text("Notes"), Text("a\nb")],
    ]
}

const CSV: &str = "Ref,Force,Detained at,Ended,age,place,extended\n\
    1,Derbyshire,01/02/2017 10:00,01/02/2017 12:30,34,Suite,Y\n\n\
    \"2\",,\"13/02/2017\n23:50\",14/02/2017 01:10,,Custody,N\nNotes,,,,,,\n";

/// The part of a workbook that holds its cells.
fn content(workbook: &[u8], part: &str) -> Vec<u8> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(part).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// A workbook with one part exchanged.
fn exchanged(workbook: &[u8], part: &str, bytes: &[u8]) -> Vec<u8> {
    let archived = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let names: Vec<String> = archived.file_names().map(|name| name.unwrap().into_owned()).collect();
    let text = |name: &String| {
        let bytes = if name == part { bytes.to_vec() } else { content(workbook, name) };
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let parts: Vec<(String, String)> =
        names.iter().map(|name| (name.clone(), text(name))).collect();
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    archive(&parts)
}

/// A few cases each time; `PROPTEST_CASES=20000` looks for longer.
pub(super) fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(32),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn layout() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&LAYOUTS[..])
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn text_files(damage in damage(), layout in layout(), utf_16: bool) {
        let bytes: Vec<u8> = if utf_16 {
            std::iter::once(0xFEFF).chain(CSV.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        } else {
            CSV.into()
        };
        account("a.csv", &damaged(&bytes, &damage), layout)?;
    }

    #[test]
    fn whole_workbooks(damage in damage(), layout in layout()) {
        let rows = rows();
        account("a.xlsx", &damaged(&xlsx(&[("Data", &rows)]), &damage), layout)?;
        account("a.ods", &damaged(&ods(&[("Data", &rows)]), &damage), layout)?;
    }

    #[test]
    fn columns_of_their_own_types(damage in damage(), stream: bool, codec in 0..3_usize) {
        let codec = [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)][codec];
        account("a.arrow", &damaged(&arrow(stream, codec), &damage), "")?;
        account("a.parquet", &damaged(&super::parquet::typed(), &damage), "")?;
    }

    /// The archive is sound, what it holds is not.
    #[test]
    fn parts_of_workbooks(damage in damage(), layout in layout()) {
        let rows = rows();
        for (name, workbook, part) in [
            ("a.xlsx", xlsx(&[("Data", &rows)]), "xl/worksheets/sheet1.xml"),
            ("a.ods", ods(&[("Data", &rows)]), "content.xml"),
        ] {
            let bytes = damaged(&content(&workbook, part), &damage);
            account(name, &exchanged(&workbook, part, &bytes), layout)?;
        }
    }
}

#[test]
fn what_is_sound_is_read() {
    let rows = rows();
    for layout in &LAYOUTS[..2] {
        for (name, bytes) in [
            ("a.csv", CSV.into()),
            ("a.xlsx", xlsx(&[("Data", &rows)])),
            ("a.ods", ods(&[("Data", &rows)])),
        ] {
            assert!(account(name, &bytes, layout).unwrap(), "{name}");
        }
    }
}
