//! A reader of HTML just large enough to check our own pages: tags, attributes, text.

/// One tag or stretch of text, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Open { name: String, attributes: Vec<(String, String)> },
    Close(String),
    Text(String),
}

impl Token {
    /// The value of an attribute of an opening tag.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&str> {
        let Self::Open { attributes, .. } = self else { return None };
        attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    /// Whether this is an opening tag of that name.
    pub(super) fn opens(&self, wanted: &str) -> bool {
        matches!(self, Self::Open { name, .. } if name == wanted)
    }
}

/// Reads a page. Panics on anything a browser would have to repair: an unknown entity, an
/// unquoted attribute, a stray `<`, a tag closed in the wrong order or never.
pub(super) fn read(page: &str) -> Vec<Token> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    let mut tokens = Vec::new();
    let mut open: Vec<String> = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').expect("an end of the closing tag");
            assert_eq!(open.pop().as_deref(), Some(name), "closed in the wrong order");
            tokens.push(Token::Close(name.to_owned()));
            rest = after;
        } else if let Some(after) = rest.strip_prefix('<') {
            let (name, attributes, closed, after) = tag(after);
            rest = after;
            if name == "style" || name == "script" {
                let end = format!("</{name}>");
                let (text, after) = rest.split_once(&end).expect("an end of the style or script");
                tokens.push(Token::Open { name: name.clone(), attributes });
                tokens.push(Token::Text(text.to_owned()));
                tokens.push(Token::Close(name));
                rest = after;
                continue;
            }
            if !closed && !["meta", "br", "link", "img"].contains(&name.as_str()) {
                open.push(name.clone());
            }
            tokens.push(Token::Open { name, attributes });
        } else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            tokens.push(Token::Text(unescaped(text)));
            rest = after;
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    tokens
}

/// Name, attributes, whether it closes itself, and what follows.
fn tag(text: &str) -> (String, Vec<(String, String)>, bool, &str) {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').expect("an end");
    let (name, mut rest) = text.split_at(end);
    assert!(name.starts_with(|c: char| c.is_ascii_alphabetic()), "a stray < before {name}");
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return (name.to_owned(), attributes, true, after);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (name.to_owned(), attributes, false, after);
        }
        let end = rest.find(['=', ' ', '>', '/']).expect("an attribute");
        let (key, after) = rest.split_at(end);
        assert!(attributes.iter().all(|(seen, _)| seen != key), "{key} stands twice");
        if let Some(after) = after.strip_prefix("=\"") {
            let (value, after) = after.split_once('"').expect("a closing quote");
            attributes.push((key.to_owned(), unescaped(value)));
            rest = after;
        } else {
            assert!(!after.starts_with('='), "{key} is not quoted");
            attributes.push((key.to_owned(), String::new()));
            rest = after;
        }
    }
}

fn unescaped(text: &str) -> String {
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&apos;"];
        assert!(known.iter().any(|entity| text[at..].starts_with(entity)), "a bare & in {text:?}");
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
