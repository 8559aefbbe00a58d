//! The definitions manual: everything is in it, every link leads somewhere, and it is safe to open.
//! Pages are read with a tokenizer that is not ours, which follows the HTML standard and tells every fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::program::{concordat, copy, replace, workspace};

/// A page as what a browser makes of it.
#[derive(Default)]
struct Page {
    /// Every id, with the text that follows up to that of the next heading.
    parts: BTreeMap<String, String>,
    /// Where links lead, by the id they stand under.
    links: BTreeMap<String, BTreeSet<String>>,
    /// Names of elements.
    elements: BTreeSet<String>,
    /// Names of attributes.
    attributes: BTreeSet<String>,
}

fn read(html: &str) -> Page {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    let mut under = String::new();
    let word = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                page.elements.insert(word(&tag.name));
                for (name, value) in &tag.attributes {
                    let (name, value) = (word(name), word(value));
                    if name == "id" {
                        let first = page.parts.insert(value.clone(), String::new());
                        assert!(first.is_none(), "id {value} stands twice");
                        // tables and the page's frame have ids of the page's own
                        if !value.starts_with('_') {
                            under = value;
                        }
                    } else if name == "href" {
                        let to = value.strip_prefix('#').expect("links inside the page only");
                        page.links.entry(under.clone()).or_default().insert(to.to_owned());
                    }
                    page.attributes.insert(name);
                }
            }
            Token::String(text) => {
                page.parts.entry(under.clone()).or_default().push_str(&word(&text));
            }
            Token::Error(error) => panic!("a fault of HTML: {}", *error),
            Token::EndTag(_) | Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    page
}

/// Everything that stands under a heading.
fn part<'a>(page: &'a Page, id: &str) -> &'a str {
    page.parts.get(id).unwrap_or_else(|| panic!("nothing has the id {id}"))
}

fn made(folder: &Path) -> (i32, String) {
    let outcome = concordat(folder, &["manual", "--out", "manual.html"]);
    let page = fs::read_to_string(folder.join("manual.html"));
    (outcome.code, page.unwrap_or_else(|_| panic!("no page: {}", outcome.printed)))
}

/// The tables of TOML files in a folder, read without the program's own reader.
fn tables(folder: &str) -> Vec<(String, toml::Table)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for (id, value) in toml::from_str::<toml::Table>(&text).unwrap() {
            found.extend(value.as_table().cloned().map(|table| (id, table)));
        }
    }
    found
}

#[test]
fn everything_defined_is_in_the_manual_and_leads_on_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("indicators"), &folder.path().join("indicators"));
    let feeds: Vec<String> = fs::read_dir(root.join("data"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("feed.toml").exists())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    // the contracts alone: nothing is delivered
    for feed in &feeds {
        fs::create_dir_all(folder.path().join("data").join(feed)).unwrap();
        let contract = Path::new("data").join(feed).join("feed.toml");
        fs::copy(root.join(&contract), folder.path().join(&contract)).unwrap();
    }
    let (code, html) = made(folder.path());
    assert_eq!(code, 0);
    let page = read(&html);
    for to in page.links.values().flatten() {
        assert!(page.parts.contains_key(to), "#{to} leads nowhere");
    }
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    let leads = |from: &str, to: &str| page.links.get(from).is_some_and(|links| links.contains(to));
    for feed in &feeds {
        part(&page, &format!("feed-{feed}"));
        *all.entry("feeds").or_default() += 1;
    }
    let text = fs::read_to_string(root.join("indicators/standards.toml")).unwrap();
    for (id, standard) in toml::from_str::<toml::Table>(&text).unwrap() {
        let own = part(&page, &format!("standard-{id}"));
        assert!(own.contains(standard["source"].as_str().unwrap()), "{id} without its source");
        *all.entry("standards").or_default() += 1;
    }
    for (id, table) in tables("indicators/measures") {
        let title = table["title"].as_str().unwrap();
        assert!(part(&page, &format!("measure-{id}")).contains(title), "{id} without its title");
        if let Some(feed) = table.get("feed") {
            let feed = format!("feed-{}", feed.as_str().unwrap());
            assert!(leads(&format!("measure-{id}"), &feed), "{id} does not lead to its feed");
            assert!(leads(&feed, &format!("measure-{id}")), "no way back to {id}");
        }
        for key in ["where", "numerator", "denominator"] {
            let Some(sql) = table.get(key).and_then(toml::Value::as_str) else { continue };
            assert!(part(&page, &format!("measure-{id}")).contains(sql), "{id} without {sql}");
        }
        *all.entry("measures").or_default() += 1;
    }
    for (id, table) in tables("indicators/plans").into_iter().filter(|(id, _)| id != "plan") {
        let own = part(&page, &format!("indicator-{id}"));
        assert!(own.contains(table["ref"].as_str().unwrap()), "{id} without its reference");
        if let Some(measure) = table.get("measure") {
            let measure = format!("measure-{}", measure.as_str().unwrap());
            assert!(leads(&format!("indicator-{id}"), &measure), "{id} has no way to its measure");
            assert!(leads(&measure, &format!("indicator-{id}")), "no way back to {id}");
        } else {
            let why = table["needs"]["what"].as_str().unwrap();
            assert!(own.contains(&format!("Not yet reportable. {why}")), "{id} does not say why");
        }
        for choice in table.get("choices").and_then(toml::Value::as_array).into_iter().flatten() {
            assert!(own.contains(choice.as_str().unwrap()), "{id} without {choice}");
        }
        *all.entry("indicators").or_default() += 1;
    }
    assert!(all["standards"] >= 5);
    assert!(all["feeds"] >= 8 && all["measures"] >= 70 && all["indicators"] >= 182, "{all:?}");
}

/// Every pack with its reader, its profile, its sections in their order and a way to each measure and
/// back; what each view shows is said in words, so that nobody needs to know the language.
#[test]
fn every_pack_is_in_the_manual() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    for part in ["indicators", "data", "reports"] {
        copy(&root.join(part), &folder.path().join(part));
    }
    let (code, html) = made(folder.path());
    assert_eq!(code, 0);
    let page = read(&html);
    for id in ["monthly", "s136-group", "beds"] {
        let file = fs::read_to_string(root.join(format!("reports/{id}.toml"))).unwrap();
        let pack: toml::Table = toml::from_str(&file).unwrap();
        let own = part(&page, &format!("pack-{id}"));
        let mut all = vec![pack["title"].as_str().unwrap(), pack["reader"].as_str().unwrap()];
        all.push("internal: nothing is withheld that the source shows");
        let sections = pack.get("section").and_then(toml::Value::as_array);
        let mut from = 0;
        for section in sections.into_iter().flatten() {
            let title = section["title"].as_str().unwrap();
            from += own[from..].find(title).unwrap_or_else(|| panic!("{id}: {title} out of order"));
            all.extend(section.get("text").and_then(toml::Value::as_str));
            for measure in section["measures"].as_array().unwrap() {
                let measure = format!("measure-{}", measure.as_str().unwrap());
                let to = |from: &str, to: &str| page.links[from].contains(to);
                assert!(to(&format!("pack-{id}"), &measure), "{id} does not lead to {measure}");
                assert!(to(&measure, &format!("pack-{id}")), "no way back from {measure}");
            }
        }
        for said in all {
            assert!(own.contains(said), "{id} without {said}");
        }
    }
    for (id, said) in [
        ("monthly", "Every indicator of the plan, in the plan's order"),
        ("s136-group", "Cases by weekday and hour of detained"),
        ("beds", "What the bed days cost by daily_cost"),
    ] {
        assert!(part(&page, &format!("pack-{id}")).contains(said), "{id}: {said}");
    }
}

#[test]
fn the_manual_runs_nothing_fetches_nothing_and_is_the_same_twice() {
    let folder = workspace();
    let (code, html) = made(folder.path());
    assert_eq!(code, 0);
    let printed = concordat(folder.path(), &["manual"]);
    assert_eq!((printed.code, printed.printed), (0, html.clone()));
    assert!(html.contains("default-src &#39;none&#39;") || html.contains("default-src 'none'"));
    let page = read(&html);
    for absent in ["script", "img", "link", "iframe", "object", "form"] {
        assert!(!page.elements.contains(absent), "<{absent}>");
    }
    assert!(page.attributes.iter().all(|name| !name.starts_with("on") && name != "style"));
    // by hand: 19 detentions stand in the only delivery, and none of them in the manual
    assert!(!html.contains("D001"));
}

#[test]
fn a_wrong_definition_is_named_and_the_rest_is_there() {
    let folder = workspace();
    let plan = folder.path().join("indicators/plans/northshire.toml");
    replace(&plan, &("\"age < 18\"".to_owned(), "\"aeg < 18\"".to_owned()));
    let (code, html) = made(folder.path());
    assert_eq!(code, 1);
    let page = read(&html);
    let told = part(&page, "problems");
    for words in ["indicators/plans/northshire.toml:12", "`aeg`", "did you mean `age`?"] {
        assert!(told.contains(words), "{told}");
    }
    assert!(part(&page, "indicator-NOR-002").contains("Its definition is wrong"));
    assert!(part(&page, "indicator-NOR-001").contains("The number of records of"));
}

/// Titles, choices and codes are words of whoever wrote the definitions.
#[test]
fn hostile_words_are_only_words() {
    let hostile = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt;";
    let folder = workspace();
    let root = folder.path();
    let plan = root.join("indicators/plans/northshire.toml");
    let title = format!("title = \"{hostile}\"");
    replace(&plan, &("title = \"Northshire\"".to_owned(), title));
    let said = format!("[NOR-001]\nowner = \"{hostile}\"\nchoices = [\"{hostile}\"]");
    replace(&plan, &("[NOR-001]".to_owned(), said));
    let pack = format!("title = \"{hostile}\"\nreader = \"{hostile}\"\nprofile = \"internal\"\n");
    fs::create_dir_all(root.join("reports")).unwrap();
    fs::write(root.join("reports/own.toml"), pack).unwrap();
    let (_, html) = made(root);
    let page = read(&html);
    assert!(part(&page, "pack-own").matches(hostile).count() >= 2);
    assert!(!page.elements.contains("script") && !page.elements.contains("img"));
    assert!(page.attributes.iter().all(|name| !name.starts_with("on")));
    let told = part(&page, "indicator-NOR-001").matches(hostile).count();
    assert!(told >= 2, "the words themselves are kept: {told}");
}
