//! Just enough XML to check a picture: balanced tags, quoted attributes, known entities.

use std::collections::BTreeMap;

/// An element, with the text right inside it and the attributes it inherits.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) own: BTreeMap<String, String>,
    pub(super) inherited: BTreeMap<String, String>,
    pub(super) text: String,
}

impl Element {
    /// An attribute of the element or the nearest group around it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.own.get(name).or_else(|| self.inherited.get(name)).map(String::as_str)
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> f64 {
        self.get(name).unwrap_or_else(|| panic!("{} lacks {name}", self.name)).parse().unwrap()
    }

    /// The class of its layer without the prefix.
    pub(super) fn layer(&self) -> &str {
        self.get("class").and_then(|class| class.strip_prefix("chart-")).unwrap_or("")
    }
}

/// Every element in document order. Panics where the text is not well-formed.
pub(super) fn parse(svg: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let text = unescape(&rest[..at]);
        match open.last() {
            Some(&inside) => elements[inside].text += &text,
            None => assert!(text.trim().is_empty(), "text outside: {text}"),
        }
        let end = at + rest[at..].find('>').expect("a tag that ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let inside = open.pop().expect("a tag to close");
            assert_eq!(elements[inside].name, name, "tags cross");
            continue;
        }
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(|c| c.is_ascii_alphabetic()), "odd tag {name}");
        let inherited = open.last().map_or_else(BTreeMap::new, |&inside: &usize| {
            let mut all = elements[inside].inherited.clone();
            all.extend(elements[inside].own.clone());
            all
        });
        let own = parse_attributes(attributes);
        elements.push(Element { name: name.to_owned(), own, inherited, text: String::new() });
        if !empty {
            open.push(elements.len() - 1);
        }
    }
    assert!(open.is_empty(), "tags left open");
    assert!(rest.trim().is_empty());
    elements
}

fn parse_attributes(mut text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    while let Some((name, after)) = text.split_once("=\"") {
        let (value, after) = after.split_once('"').expect("a quotation mark that closes");
        let name = name.trim();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-:".contains(c)), "{name}");
        assert!(found.insert(name.to_owned(), unescape(value)).is_none(), "{name} twice");
        text = after;
    }
    assert!(text.trim().is_empty(), "left over: {text}");
    found
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (entity, after) = after.split_once(';').expect("an entity that ends");
        plain += before;
        plain.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            other => panic!("unknown entity {other}"),
        });
        rest = after;
    }
    plain += rest;
    assert!(plain.chars().all(|c| !c.is_control() || c == '\n'), "control characters");
    plain
}
