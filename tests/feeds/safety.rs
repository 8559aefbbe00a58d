//! What is delivered cannot lead out of the workspace, nor be larger than can be read.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, NullArray, RecordBatch};
use arrow::ipc::CompressionType;
use arrow::ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};

use super::workbook::{Cell, ods, xlsx};
use super::{EVENTS, Workspace, said_of};

const LINK: &str = "the file is not in the workspace: a link leads out of it (put the file itself \
    into the feed's folder)";

/// What is said of a file under a contract that reads anything.
fn problems(workspace: &Workspace) -> Vec<String> {
    let opened = workspace.open(&EVENTS.replace("\"*.csv\"", "\"*\""));
    for file in &opened.quality.files {
        assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside());
    }
    opened.problems.iter().map(said_of).collect()
}

fn of(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    problems(Workspace::new().deliver(name, bytes))
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out() {
    use std::os::unix::fs::symlink;

    const ROW: &str = "Ref,Force,Detained at,Ended,age,place,extended\n1,Derbyshire,01/02/2017 10:00,,34,Suite,Y\n";
    let outside = tempfile::TempDir::new().unwrap();
    std::fs::write(outside.path().join("a.csv"), ROW).unwrap();

    let workspace = Workspace::new();
    let feed = workspace.folder.path().join("data/feed");
    symlink(outside.path().join("a.csv"), feed.join("a.csv")).unwrap();
    assert_eq!(problems(&workspace), [format!("data/feed/a.csv: {LINK}")]);

    // A folder is no different, whether the link is absolute or goes up.
    std::fs::remove_file(feed.join("a.csv")).unwrap();
    std::fs::remove_dir(&feed).unwrap();
    symlink(outside.path(), &feed).unwrap();
    assert_eq!(problems(&workspace), [format!("data/feed/a.csv: {LINK}")]);

    let workspace = Workspace::new();
    workspace.deliver("a.csv", ROW);
    let feed = workspace.folder.path().join("data/feed");
    symlink(outside.path().join("a.csv"), feed.join("deliveries.csv")).unwrap();
    assert_eq!(problems(&workspace), [format!("data/feed/deliveries.csv: {LINK}")]);

    // Inside the workspace a link is as good as the file.
    let workspace = Workspace::new();
    std::fs::write(workspace.folder.path().join("data/kept.csv"), ROW).unwrap();
    symlink("../kept.csv", workspace.folder.path().join("data/feed/a.csv")).unwrap();
    assert_eq!(problems(&workspace), [] as [String; 0]);
}

#[cfg(unix)]
#[test]
fn nothing_is_awaited_of_what_is_no_file() {
    let workspace = Workspace::new();
    let path = workspace.folder.path().join("data/feed/a.csv");
    let _socket = std::os::unix::net::UnixListener::bind(path).unwrap();
    let said = "data/feed/a.csv: not a file: a pipe or a device (put the file itself into the \
        feed's folder)";
    assert_eq!(problems(&workspace), [said]);
}

const SEVERAL: &str = "(deliver it in several files, a month or a year in each)";

#[test]
fn a_file_is_bounded_before_it_is_read() {
    let workspace = Workspace::new();
    workspace.deliver("a.csv", "");
    let path = workspace.folder.path().join("data/feed/a.csv");
    // A hole: it takes no room.
    std::fs::File::options().write(true).open(path).unwrap().set_len((2 << 30) + 1).unwrap();
    let said = format!("data/feed/a.csv: the file holds more than 2 GiB {SEVERAL}");
    assert_eq!(problems(&workspace), [said]);
}

#[test]
fn columns_and_cells_are_bounded() {
    let long = "x".repeat((1 << 20) + 1);
    let cell = "is longer than 1 MiB (look for a quote that is opened and not closed before it)";
    let headings = "Ref,Force,Detained at,Ended,age,place,extended\n";
    let text = format!("{headings}1,Derbyshire,01/02/2017 10:00,,34,Suite,Y\n2,\"{long}\",,,,,\n");
    assert_eq!(of("a.csv", text), [format!("data/feed/a.csv:3: the cell in field 2 {cell}")]);

    let commas = ",".repeat(16_384);
    let lost = "(look for line ends that were lost, or ask for the table in long form)";
    let wide = format!("the row has 16385 fields: more than 16384 are not read {lost}");
    assert_eq!(of("a.csv", format!("a{commas}\n")), [format!("data/feed/a.csv:1: {wide}")]);
    let text = format!("{headings}1{commas}\n");
    assert_eq!(of("a.csv", text), [format!("data/feed/a.csv:2: {wide}")]);

    let long: &'static str = long.leak();
    let rows = vec![vec![Cell::Text("Ref")], vec![Cell::Empty, Cell::Text(long)]];
    let said = |name: &str| [format!("data/feed/{name}:2: the cell in field 2 {cell}")];
    assert_eq!(of("a.xlsx", xlsx(&[("Data", &rows)])), said("a.xlsx"));
    assert_eq!(of("a.ods", ods(&[("Data", &rows)])), said("a.ods"));
}

/// Files that say they are larger than they are: nothing is made as large as they say.
#[test]
fn claims_are_not_believed() {
    let zeros: ArrayRef = Arc::new(Int64Array::from(vec![0; 1_000]));
    let batch = RecordBatch::try_from_iter([("Ref", zeros)]).unwrap();
    let options = || {
        let codec = Some(CompressionType::LZ4_FRAME);
        IpcWriteOptions::default().try_with_compression(codec).unwrap()
    };
    let schema = batch.schema();
    let mut file = FileWriter::try_new_with_options(Vec::new(), &schema, options()).unwrap();
    file.write(&batch).unwrap();
    let mut stream = StreamWriter::try_new_with_options(Vec::new(), &schema, options()).unwrap();
    stream.write(&batch).unwrap();
    for (name, mut bytes) in
        [("a.arrow", file.into_inner().unwrap()), ("a.arrows", stream.into_inner().unwrap())]
    {
        let frame = bytes.windows(4).position(|four| four == [0x04, 0x22, 0x4D, 0x18]).unwrap();
        bytes[frame - 8..frame].copy_from_slice(&(1_i64 << 40).to_le_bytes());
        let said = format!("data/feed/{name}: the file holds more than 2 GiB {SEVERAL}");
        assert_eq!(of(name, bytes), [said]);
    }
    let nothing: ArrayRef = Arc::new(NullArray::new(100_000_001));
    let batch = RecordBatch::try_from_iter([("Ref", nothing)]).unwrap();
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    let said = format!("data/feed/a.arrow: the file has more than 100000000 rows {SEVERAL}");
    assert_eq!(of("a.arrow", writer.into_inner().unwrap()), [said]);
}
