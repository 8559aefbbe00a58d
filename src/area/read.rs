//! The three CSV files of areas, every problem with its line.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Area, Areas, Link, fold};
use crate::dated::{Dated, Entry, Overlap};
use crate::definition::Source;
use crate::definition::lines::lines;
use crate::error::{Error, Place, nearest};

pub(super) fn all(areas: &Source, links: &Source, names: &Source) -> (Areas, Vec<Error>) {
    let mut errors = Vec::new();
    let mut read = Areas::default();
    read_areas(&mut read, areas, &mut errors);
    if read.by_code.is_empty() {
        // nothing else can be said of areas while there are none
        if errors.is_empty() {
            errors.push(
                Error::definition(Place::file(&*areas.file), "there are no areas")
                    .help("add a line for each: code, name, kind"),
            );
        }
        return (read, errors);
    }
    read_names(&mut read, names, &mut errors);
    read_links(&mut read, links, &mut errors);
    circles(&read, links, &mut errors);
    errors.sort();
    (read, errors)
}

/// The lines of `areas.csv`. The dates may be left out, all three columns together.
fn area_lines(source: &Source, errors: &mut Vec<Error>) -> Vec<(Place, [String; 6])> {
    let headings = source.text.lines().next().unwrap_or_default();
    if headings.split(',').count() > 3 {
        let headings = ["code", "name", "kind", "from", "to", "successor"];
        return lines(source, headings, errors);
    }
    let undated = |(place, [code, name, kind]): (Place, [String; 3])| {
        (place, [code, name, kind, String::new(), String::new(), String::new()])
    };
    lines(source, ["code", "name", "kind"], errors).into_iter().map(undated).collect()
}

fn read_areas(read: &mut Areas, source: &Source, errors: &mut Vec<Error>) {
    let mut succeeded = Vec::new();
    for (place, [code, name, kind, from, to, successor]) in area_lines(source, errors) {
        if code.is_empty() || name.is_empty() || kind.is_empty() {
            errors.push(
                Error::definition(place, "an area needs a code, a name and a kind")
                    .help("fill in the empty cell"),
            );
            continue;
        }
        if read.by_code.contains_key(&code) {
            errors.push(
                Error::definition(place, format!("area `{code}` is there already"))
                    .help("keep one of its lines"),
            );
            continue;
        }
        for spelling in [&code, &name] {
            learn(read, &place, spelling, &kind, &code, errors);
        }
        let (from, to) = (day(&place, &from, errors), day(&place, &to, errors));
        if from.zip(to).is_some_and(|(from, to)| to <= from) {
            let said = format!("area `{code}` ends before it begins");
            errors.push(Error::definition(place.clone(), said));
        }
        let successor = Some(successor).filter(|successor| !successor.is_empty());
        if successor.is_some() {
            succeeded.push((place, code.clone()));
        }
        read.by_code.insert(code.clone(), Area { code, name, kind, from, to, successor });
    }
    for (place, code) in succeeded {
        errors.extend(wrong_successor(read, place, &code));
    }
}

/// What is wrong with the successor of an area.
fn wrong_successor(read: &Areas, place: Place, code: &str) -> Option<Error> {
    let area = read.get(code)?;
    let successor = area.successor.as_deref()?;
    let Some(next) = read.get(successor) else { return Some(unknown(read, place, successor)) };
    let Some(end) = area.to else {
        let error = Error::definition(place, format!("`{code}` has a successor and no end"));
        let help = "write the first day on which the code is no longer in force under `to`";
        return Some(error.help(help));
    };
    let said = format!("`{successor}`, the successor of `{code}`, is not in force on {end}");
    (!next.in_force().holds(end)).then(|| Error::definition(place, said))
}

fn read_names(read: &mut Areas, source: &Source, errors: &mut Vec<Error>) {
    for (place, [spelling, kind, code]) in lines(source, ["spelling", "kind", "code"], errors) {
        match read.by_code.get(&code) {
            None => errors.push(unknown(read, place, &code)),
            Some(area) if area.kind != kind => {
                let said = format!("`{code}` is a {}, not a {kind}", area.kind);
                let help = "give it the kind that areas.csv gives it, or name another area";
                errors.push(Error::definition(place, said).help(help));
            }
            Some(_) => learn(read, &place, &spelling, &kind, &code, errors),
        }
    }
}

/// A spelling means one code of a kind.
fn learn(
    read: &mut Areas,
    place: &Place,
    spelling: &str,
    kind: &str,
    code: &str,
    errors: &mut Vec<Error>,
) {
    let key = (kind.to_owned(), fold(spelling));
    match read.names.get(&key) {
        Some(known) if known != code => errors.push(
            Error::definition(
                place.clone(),
                format!("`{spelling}` already means the {kind} `{known}`"),
            )
            .help("a spelling can mean one area of a kind only"),
        ),
        _ => {
            read.names.insert(key, code.to_owned());
        }
    }
}

pub(super) fn unknown(read: &Areas, place: Place, code: &str) -> Error {
    let error = Error::definition(place, format!("`{code}` is not an area"));
    match nearest(code, read.by_code.keys().map(String::as_str)) {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error.help("add it to areas.csv"),
    }
}

/// The headings of `area_links.csv`.
const LINKS: [&str; 4] = ["area", "part_of", "from", "to"];

/// A stretch in which a link is in force, and its line.
type Stretch = (Place, Entry<()>);

fn read_links(read: &mut Areas, source: &Source, errors: &mut Vec<Error>) {
    let mut pairs: BTreeMap<(String, String), Vec<Stretch>> = BTreeMap::new();
    for (place, [area, part_of, from, to]) in lines(source, LINKS, errors) {
        for code in [&area, &part_of] {
            if !read.by_code.contains_key(code) {
                errors.push(unknown(read, place.clone(), code));
            }
        }
        let before = errors.len();
        let (from, to) = (day(&place, &from, errors), day(&place, &to, errors));
        if errors.len() == before {
            let entry = Entry { from, to, value: () };
            pairs.entry((area, part_of)).or_default().push((place, entry));
        }
    }
    for ((area, part_of), lines) in pairs {
        let (places, entries): (Vec<Place>, Vec<Entry<()>>) = lines.into_iter().unzip();
        match Dated::new(entries) {
            Ok(in_force) => read.links.push(Link { area, part_of, in_force }),
            Err(Overlap::Backwards(at)) => errors.push(
                Error::definition(
                    places[at - 1].clone(),
                    format!("the link of `{area}` to `{part_of}` ends before it begins"),
                )
                .help("`to` is the first day no longer: a later one, or empty"),
            ),
            Err(Overlap::Shared(one, other, day)) => errors.push(
                Error::definition(
                    places[one.max(other) - 1].clone(),
                    format!("`{area}` is part of `{part_of}` twice{}", first_shared(day)),
                )
                .help("end one stretch before the other begins, or keep one of the lines"),
            ),
        }
    }
}

/// The first day two stretches share; the calendar's own first day stands for an empty cell.
fn first_shared(day: NaiveDate) -> String {
    if day == NaiveDate::MIN { String::new() } else { format!(" on {day}") }
}

/// A day; `None` for an empty cell, and with an error for anything else.
fn day(place: &Place, text: &str, errors: &mut Vec<Error>) -> Option<NaiveDate> {
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    if read.is_none() && !text.is_empty() {
        let said = format!("`{text}` is not a day");
        errors.push(Error::definition(place.clone(), said).help("write it as 2017-12-11"));
    }
    read
}

/// The line of a link.
fn line_of(source: &Source, area: &str, part_of: &str) -> Place {
    let lines = lines(source, LINKS, &mut Vec::new());
    let found = lines.into_iter().find(|(_, [one, whole, ..])| one == area && whole == part_of);
    found.map_or_else(|| Place::file(&*source.file), |(place, _)| place)
}

/// An area that is part of itself through other areas.
fn circles(read: &Areas, source: &Source, errors: &mut Vec<Error>) {
    for code in read.by_code.keys() {
        let mut seen = BTreeSet::new();
        let mut next = vec![code.as_str()];
        while let Some(area) = next.pop() {
            for link in read.links.iter().filter(|link| link.area == area) {
                if link.part_of == *code {
                    let said = if area == code {
                        format!("`{code}` is part of itself")
                    } else {
                        format!("`{code}` is part of itself, by way of `{area}`")
                    };
                    let error = Error::definition(line_of(source, area, code), said);
                    errors.push(error.help("take out the line that leads back"));
                    return;
                }
                if seen.insert(link.part_of.as_str()) {
                    next.push(&link.part_of);
                }
            }
        }
    }
}
