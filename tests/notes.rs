//! What people say of a month, as Markdown in, and as it stands in the pack.

use concordat::definition::Source;
use concordat::indicators::Catalogue;
use concordat::indicators::notes::{Notes, Passage};

use super::program::{concordat, workspace};
use super::sample::SAMPLE;

fn read(text: &str) -> Notes {
    let plans = SAMPLE.0.catalogue.plans.clone();
    let mut catalogue = Catalogue { plans, ..Catalogue::default() };
    let file = "reports/notes/derbyshire/2019-03.md";
    assert_eq!(catalogue.read_notes(&[Source::new(file, text)]), []);
    catalogue.notes.into_values().next().unwrap()
}

fn paragraph(text: &str) -> Passage {
    Passage::Paragraph(text.to_owned())
}

const HEAD: &str = "+++\nrole = \"Analyst\"\ndate = 2019-04-12\n+++\n";

/// Marks are dropped, lines of a paragraph run on, a link is followed by its address, and what looks
/// like HTML stays what was typed.
#[test]
fn markdown_becomes_plain_passages() {
    let text = "The *first*\nparagraph.\n\n- one\n- two `of` [two](https://a.example/b)\n\n\
                ## DER-005\n\nOf <b>it</b> & <script>alert(1)</script> alone.\n\n1. a\n\n   b\n2. c\n   - d\n3. e\n";
    let notes = read(&format!("{HEAD}{text}"));
    assert_eq!((notes.role.as_str(), notes.date.to_string().as_str()), ("Analyst", "2019-04-12"));
    let items = ["one", "two of two (https://a.example/b)"].map(str::to_owned).to_vec();
    assert_eq!(notes.general, [paragraph("The first paragraph."), Passage::List(items)]);
    let items = ["a b", "c", "d", "e"].map(str::to_owned).to_vec();
    assert_eq!(
        notes.indicators["DER-005"],
        [paragraph("Of <b>it</b> & <script>alert(1)</script> alone."), Passage::List(items)]
    );
}

/// A head alone says nothing, and Windows line ends are ends.
#[test]
fn a_signature_alone_is_no_note() {
    let notes = read(&HEAD.replace('\n', "\r\n"));
    assert_eq!((notes.general.len(), notes.indicators.len()), (0, 0));
}

/// In the pack of its month and of no other, the signature under it, and inert.
#[test]
fn a_note_stands_in_the_pack_of_its_month() {
    let folder = workspace();
    let path = folder.path().join("reports/notes/northshire");
    std::fs::create_dir_all(&path).unwrap();
    let text = format!("{HEAD}Of the month <i>x</i>.\n\n## NOR-001\n\nOf the uses.\n");
    std::fs::write(path.join("2018-06.md"), text).unwrap();
    let page = |month: &str| {
        let made = concordat(folder.path(), &["run", "--as-at", month]);
        assert_eq!(made.code, 0, "{}", made.errors);
        let pack = folder.path().join(format!("out/northshire/{month}/monthly/pack.html"));
        std::fs::read_to_string(pack).unwrap()
    };
    let june = page("2018-06");
    assert!(june.contains("Of the month &lt;i&gt;x&lt;/i&gt;."));
    assert!(june.contains("Of the uses."));
    assert_eq!(june.matches("Note by the Analyst, 12 April 2019").count(), 2);
    assert!(!page("2018-05").contains("Note by the"));
}
