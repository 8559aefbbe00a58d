//! A chart's SVG as a page holds it: the same picture in fewer words.
//!
//! What the page says anyway is dropped (name space, class names, the white ground); lines that
//! stand together are one path with steps from point to point, and so are shapes; circles of one
//! size are the round ends of lines without length. Not a coordinate changes.

use std::fmt::Write as _;

const LINE: &str = "<polyline points=\"";
const SHAPE: &str = "<polygon points=\"";
const CIRCLE: &str = "<circle cx=\"";
const GROUP: &str = "<g class=\"chart-";
const ROUND: &str = " stroke-linejoin=\"round\"";

/// The picture in short. What is not our own drawing's form is kept as it is.
pub(super) fn compact(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        out += rest[..at].trim_end_matches('\n');
        rest = &rest[at..];
        if rest.starts_with(LINE) || rest.starts_with(SHAPE) {
            let (path, after) = if rest.starts_with(LINE) {
                joined(rest, LINE, "")
            } else {
                joined(rest, SHAPE, "z")
            };
            let _ = write!(out, "<path d=\"{path}\"/>");
            rest = after;
            continue;
        }
        if let Some((short, after)) = dots(rest) {
            out += &short;
            rest = after;
            continue;
        }
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let (tag, after) = rest.split_at(end);
        rest = after;
        if tag.starts_with("<g class=\"chart-paper\"") {
            rest = rest.split_once("</g>").map_or(rest, |(_, after)| after);
            continue;
        }
        out += &opening(tag);
    }
    out + rest.trim_end_matches('\n')
}

/// The narrow picture of a chart without a name of its own: it has that of the wide one before it.
pub(super) fn named_by_the_wide(svg: &str) -> String {
    let (Some((before, _)), Some((_, after))) =
        (svg.split_once("<title"), svg.split_once("</desc>"))
    else {
        return svg.to_owned();
    };
    before.replace("-narrow-title", "-title").replace("-narrow-desc", "-desc") + after
}

/// An opening tag without what the page says for all.
fn opening(tag: &str) -> String {
    if tag.starts_with("<svg ") {
        let plain = tag.replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1);
        return plain.replacen(" width=\"100%\"", "", 1);
    }
    if tag.starts_with("<g transform=") {
        return tag.replacen('>', &format!("{ROUND}>"), 1);
    }
    match look(tag) {
        Some(look) => format!("<g{}>", without_edge(look).replacen(ROUND, "", 1)),
        None => tag.to_owned(),
    }
}

/// The attributes of a layer's tag after its class.
fn look(tag: &str) -> Option<&str> {
    tag.strip_prefix(GROUP)?.split_once('"')?.1.strip_suffix('>')
}

/// The look without an edge of no width.
fn without_edge(look: &str) -> &str {
    let plain = look.strip_suffix(" stroke-width=\"0\"");
    plain.and_then(|look| look.rsplit_once(" stroke=\"")).map_or(look, |(fill, _)| fill)
}

/// The lines or shapes that stand together at the beginning as one path, and what follows them.
fn joined<'a>(mut rest: &'a str, tag: &str, end: &str) -> (String, &'a str) {
    let mut path = String::new();
    let mut from = None;
    while let Some((points, after)) =
        rest.strip_prefix(tag).and_then(|points| points.split_once("\"/>"))
    {
        let mut first = None;
        for to in points.split(' ').filter_map(point) {
            match (first, from) {
                (None, None) => _ = write!(path, "M{} {}", to.0, to.1),
                (None, Some(from)) => path.push_str(&step('m', from, to)),
                (Some(_), from) => line(&mut path, from.unwrap_or(to), to),
            }
            first.get_or_insert(to);
            from = Some(to);
        }
        path += end;
        if !end.is_empty() {
            from = first;
        }
        rest = after;
    }
    (path, rest)
}

/// A line to the next point in the fewest letters.
fn line(path: &mut String, from: (i32, i32), to: (i32, i32)) {
    if from.0 == to.0 {
        let _ = write!(path, "v{}", to.1 - from.1);
    } else if from.1 == to.1 {
        let _ = write!(path, "h{}", to.0 - from.0);
    } else {
        let step = step('l', from, to);
        let goes_on = path.rsplit(|c: char| !c.is_ascii_alphabetic()).find(|c| !c.is_empty());
        let pair = step.trim_start_matches('l');
        match (goes_on == Some("l"), pair.starts_with('-')) {
            (false, _) => *path += &step,
            (true, true) => *path += pair,
            (true, false) => _ = write!(path, " {pair}"),
        }
    }
}

/// The way from point to point, shorter than the point itself; a minus sign is its own space.
fn step(command: char, from: (i32, i32), to: (i32, i32)) -> String {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    let space = if down < 0 { "" } else { " " };
    format!("{command}{across}{space}{down}")
}

fn point(text: &str) -> Option<(i32, i32)> {
    let (across, down) = text.split_once(',')?;
    Some((across.parse().ok()?, down.parse().ok()?))
}

/// A layer of circles of one size as dots, the edge below the middle, and what follows it.
fn dots(svg: &str) -> Option<(String, &str)> {
    let (tag, inner) = svg.starts_with(GROUP).then(|| svg.split_once('>'))??;
    let (inner, after) = inner.split_once("</g>")?;
    let look = tag.strip_prefix(GROUP)?.split_once('"')?.1;
    let value = |name: &str| Some(look.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0);
    let (fill, edge) = (value("fill")?, value("stroke")?);
    let width: i32 = value("stroke-width")?.parse().ok()?;
    let mut radius = None;
    let (mut path, mut rest, mut last) = (String::new(), inner, (0, 0));
    while !rest.is_empty() {
        let (x, more) = rest.strip_prefix(CIRCLE)?.split_once("\" cy=\"")?;
        let (y, more) = more.split_once("\" r=\"")?;
        let (r, more) = more.split_once("\"/>")?;
        let (at, r): ((i32, i32), i32) = ((x.parse().ok()?, y.parse().ok()?), r.parse().ok()?);
        if *radius.get_or_insert(r) != r {
            return None;
        }
        path += &step('m', last, at);
        path += "h0";
        (last, rest) = (at, more);
    }
    let across = 2 * radius?;
    let dots = |colour: &str, across: i32| {
        format!("<path stroke=\"{colour}\" stroke-width=\"{across}\" d=\"{path}\"/>")
    };
    let edges = if width > 0 { dots(edge, across + width) } else { String::new() };
    Some((format!("<g stroke-linecap=\"round\">{edges}{}</g>", dots(fill, across - width)), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_stand_together_are_one_path() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 4\">\
                   <g transform=\"scale(.25)\">\n\
                   <g class=\"chart-paper\" fill=\"#FFFFFF\"><polygon points=\"0,0 8,0\"/></g>\n\
                   <g class=\"chart-rule\" fill=\"none\" stroke-width=\"4\" stroke-linejoin=\"round\">\
                   <polyline points=\"1,2 3,2\"/><polyline points=\"10,20 8,15 8,16\"/></g>\n\
                   <g class=\"chart-sample\" fill=\"#D4500C\" stroke=\"#FFFFFF\" stroke-width=\"0\">\
                   <polygon points=\"1,2 3,4 4,9\"/>\
                   <polygon points=\"10,11 11,13 10,15\"/></g><text x=\"1\">a, b</text></g></svg>\n";
        let expected = "<svg viewBox=\"0 0 8 4\">\
                        <g transform=\"scale(.25)\" stroke-linejoin=\"round\">\
                        <g fill=\"none\" stroke-width=\"4\">\
                        <path d=\"M1 2h2m7 18l-2-5v1\"/></g><g fill=\"#D4500C\">\
                        <path d=\"M1 2l2 2 1 5zm9 9l1 2-1 2z\"/></g><text x=\"1\">a, b</text></g></svg>";
        assert_eq!(compact(svg), expected);
    }

    /// A circle of radius 14 with an edge of 6 reaches to 17 and is filled to 11.
    #[test]
    fn circles_of_one_size_are_dots() {
        let group = |inner: &str| {
            "<g class=\"chart-common\" fill=\"#6B7883\" stroke=\"#FFFFFF\" stroke-width=\"6\">"
                .to_owned()
                + inner
                + "</g>"
        };
        let two = "<circle cx=\"9\" cy=\"40\" r=\"14\"/><circle cx=\"30\" cy=\"7\" r=\"14\"/>";
        let path = "d=\"m9 40h0m21-33h0\"/>";
        let expected = format!(
            "<g stroke-linecap=\"round\"><path stroke=\"#FFFFFF\" stroke-width=\"34\" {path}\
             <path stroke=\"#6B7883\" stroke-width=\"22\" {path}</g>"
        );
        assert_eq!(compact(&group(two)), expected);
        let mixed = "<circle cx=\"9\" cy=\"40\" r=\"14\"/><circle cx=\"30\" cy=\"7\" r=\"15\"/>";
        assert!(compact(&group(mixed)).contains(mixed), "of two sizes they stay circles");
    }

    #[test]
    fn a_narrow_picture_can_have_the_name_of_the_wide_one() {
        let narrow = "<svg aria-labelledby=\"a-narrow-title a-narrow-desc\">\
                      <title id=\"a-narrow-title\">A</title><desc id=\"a-narrow-desc\">B</desc><g/></svg>";
        let expected = "<svg aria-labelledby=\"a-title a-desc\"><g/></svg>";
        assert_eq!(named_by_the_wide(narrow), expected);
    }
}
