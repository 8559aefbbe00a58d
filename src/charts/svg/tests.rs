//! Pictures are checked by their structure: what is drawn, where, and what is said.

mod cells;
mod random;
mod xml;

use super::place::Area;
use super::samples::*;
use super::*;
use crate::charts::font::{Weight, width};
use crate::charts::sparkline;
use crate::charts::{ChartPath, Direction, Mark};
use crate::disclosure::Figure;
use crate::unit::Unit;
use xml::{Element, parse};

fn samples() -> Vec<Chart> {
    vec![detentions(), ambulance_share(), response_times(), young(), expected(), rare(), crowded()]
}

/// Elements of a layer that have a place.
fn layer<'a>(elements: &'a [Element], name: &str) -> Vec<&'a Element> {
    elements.iter().filter(|e| e.layer() == name && e.name != "g").collect()
}

fn texts(elements: &[Element], name: &str) -> Vec<String> {
    layer(elements, name).iter().map(|e| e.text.clone()).collect()
}

fn drawn(chart: &Chart) -> Vec<Element> {
    parse(&draw(chart).unwrap())
}

/// Room of a line of text in pixels, by the font's own widths.
fn area(text: &Element) -> Area {
    let weight = if text.get("font-weight").is_some() { Weight::SemiBold } else { Weight::Regular };
    let size = text.number("font-size") / 4.0;
    let wide = width(&text.text, size, weight);
    let (x, y) = (text.number("x") / 4.0, text.number("y") / 4.0);
    let left = match text.get("text-anchor") {
        Some("end") => x - wide,
        Some("middle") => x - wide / 2.0,
        _ => x,
    };
    Area { left, top: y - size * 0.75, right: left + wide, bottom: y + size * 0.22 }
}

fn corners(points: &str) -> Vec<(f64, f64)> {
    let pairs = points.split(' ').map(|pair| pair.split_once(',').unwrap());
    pairs.map(|(x, y)| (x.parse::<f64>().unwrap() / 4.0, y.parse::<f64>().unwrap() / 4.0)).collect()
}

/// Every coordinate of a picture lies in its view box, and so does every line of text.
fn assert_inside(svg: &str) {
    let elements = parse(svg);
    let size: Vec<f64> =
        elements[0].own["viewBox"].split(' ').map(|n| n.parse().unwrap()).collect();
    let page = Area { left: 0.0, top: 0.0, right: size[2], bottom: size[3] };
    let check = |area: Area, what: &Element| {
        let inside = area.left >= -0.3
            && area.top >= -0.3
            && area.right <= page.right + 0.3
            && area.bottom <= page.bottom + 0.3;
        assert!(inside, "{area:?} leaves {page:?}: {what:?}");
    };
    for element in &elements {
        match element.name.as_str() {
            "text" => check(area(element), element),
            "circle" => {
                let [x, y, r] = ["cx", "cy", "r"].map(|name| element.number(name) / 4.0);
                check(Area { left: x - r, top: y - r, right: x + r, bottom: y + r }, element);
            }
            "polyline" | "polygon" => {
                for (x, y) in corners(element.get("points").unwrap()) {
                    check(Area { left: x, top: y, right: x, bottom: y }, element);
                }
            }
            other => assert!(["svg", "g", "title", "desc", "defs", "style"].contains(&other)),
        }
    }
}

#[test]
fn pictures_are_well_formed_inside_and_the_same_every_time() {
    for chart in samples() {
        for draw in [draw, draw_narrow, standalone] {
            let svg = draw(&chart).unwrap();
            assert_inside(&svg);
            assert_eq!(svg, draw(&chart).unwrap());
        }
        assert_inside(&sparkline::draw(&chart));
    }
}

#[test]
fn pictures_name_and_describe_themselves_with_ids_of_their_own() {
    let mut chart = young();
    chart.id = "a/b c".to_owned();
    let elements = drawn(&chart);
    let id = "chart-a.2f.b.20.c";
    assert_eq!(elements[0].own["role"], "img");
    assert_eq!(elements[0].own["aria-labelledby"], format!("{id}-title {id}-desc"));
    assert!(!elements[0].own.contains_key("height"));
    assert_eq!((&*elements[1].name, &*elements[1].own["id"]), ("title", &*format!("{id}-title")));
    assert_eq!((&*elements[2].name, &*elements[2].own["id"]), ("desc", &*format!("{id}-desc")));
    assert_eq!(elements[1].text, chart.title);
    assert_eq!(elements[2].text, chart.alt);
    let narrow = parse(&draw_narrow(&chart).unwrap());
    assert_ne!(narrow[1].own["id"], elements[1].own["id"]);
}

#[test]
fn only_a_file_of_its_own_carries_the_font() {
    let chart = detentions();
    let (page, file) = (draw(&chart).unwrap(), standalone(&chart).unwrap());
    assert!(!page.contains("@font-face") && page.len() < 25_000, "{} bytes", page.len());
    assert_eq!(file.matches("@font-face").count(), 2);
    assert!(file.len() < page.len() + 60_000);
}

#[test]
fn hostile_words_come_out_as_words() {
    let mut chart = detentions();
    let hostile =
        "<script>alert('1')</script> & \"quoted\" \u{202E}turned\u{202C} \u{7}bell \u{FFFE}";
    let clean = "<script>alert('1')</script> & \"quoted\" turned bell";
    for text in [&mut chart.title, &mut chart.subtitle, &mut chart.caption, &mut chart.alt] {
        *text = hostile.to_owned();
    }
    chart.annotations.push((month("2012-07", 5), hostile.to_owned()));
    chart.annotations.push((month("2012-07", 25), "W".repeat(300)));
    chart.annotations.push((month("2012-07", 26), "مركز \u{200F}الشرطة".repeat(20)));
    chart.id = hostile.to_owned();
    for draw in [draw, draw_narrow] {
        let svg = draw(&chart).unwrap();
        assert_inside(&svg);
        assert!(!svg.contains("<script"));
        let elements = parse(&svg);
        assert_eq!(elements[1].text, clean);
        assert_eq!(texts(&elements, "title").join(" "), clean);
        assert_eq!(texts(&elements, "caption").join(" "), clean);
    }
    assert!(!sparkline::draw(&chart).contains("<script"));
}

#[test]
fn a_gap_breaks_the_line() {
    let chart = chart(
        "gap",
        Unit::Count,
        "2017-01",
        &[Some(3.0), Some(4.0), None, Some(5.0), Some(6.0), Some(4.0), None, Some(2.0)],
    );
    let elements = drawn(&chart);
    let lines: Vec<usize> = layer(&elements, "values")
        .iter()
        .map(|line| corners(line.get("points").unwrap()).len())
        .collect();
    assert_eq!(lines, [2, 3], "two lines; the last value stands alone");
    assert_eq!(layer(&elements, "common").len(), 6);
}

#[test]
fn special_causes_differ_by_shape() {
    let mut chart = chart("marks", Unit::Count, "2017-01", &[Some(5.0); 6]);
    let marks = [
        Mark::Common,
        Mark::Improvement(Direction::Low),
        Mark::Concern(Direction::High),
        Mark::Neither(Direction::High),
        Mark::Improvement(Direction::Low),
        Mark::Common,
    ];
    for (point, mark) in chart.points.iter_mut().zip(marks) {
        point.mark = mark;
    }
    chart.points[4].hollow = true;
    chart.points[5].hollow = true;
    let elements = drawn(&chart);
    let shape = |layer_name: &str, at: usize| {
        let element = layer(&elements, layer_name)[at];
        (element.name.clone(), element.get("points").map_or(0, |p| corners(p).len()))
    };
    assert_eq!(shape("common", 0), ("circle".to_owned(), 0));
    assert_eq!(shape("improvement", 0), ("polygon".to_owned(), 3));
    assert_eq!(shape("concern", 0), ("polygon".to_owned(), 3));
    assert_eq!(shape("neither", 0), ("polygon".to_owned(), 4));
    let points = |name: &str| corners(layer(&elements, name)[0].get("points").unwrap());
    let (down, up) = (points("improvement"), points("concern"));
    assert!(down[0].1 > down[1].1, "low points down");
    assert!(up[0].1 < up[1].1, "high points up");
    for (name, edge) in [("common", "#6B7883"), ("improvement", "#0B68B8")] {
        let hollow = layer(&elements, name)[1];
        assert_eq!((hollow.get("fill"), hollow.get("stroke")), (Some("#FFFFFF"), Some(edge)));
    }
    assert_eq!(
        texts(&elements, "key"),
        ["Improvement", "Concern", "Change, neither good nor bad", "Not final"]
    );
}

#[test]
fn lines_are_named_where_they_end_and_names_do_not_touch() {
    let elements = drawn(&detentions());
    let mut names = texts(&elements, "label");
    names.sort();
    let expected =
        ["Latest 202", "Lower limit 156.4", "Mean 226.3", "Target 220", "Upper limit 296.2"];
    assert_eq!(names[1..], expected[1..]);
    assert!(names[0].starts_with("Latest "));
    assert!(texts(&elements, "word").contains(&"Target 250".to_owned()));
    for chart in samples() {
        for svg in [draw(&chart), draw_narrow(&chart)] {
            let elements = parse(&svg.unwrap());
            for name in ["label", "notes", "dates", "scale", "word", "key"] {
                let texts = layer(&elements, name);
                let areas: Vec<_> = texts.iter().filter(|e| e.name == "text").collect();
                for (at, one) in areas.iter().enumerate() {
                    for other in &areas[at + 1..] {
                        assert!(!area(one).meets(&area(other)), "{} and {}", one.text, other.text);
                    }
                }
            }
        }
    }
}

/// Worked by hand: three labels want 100, 102 and 104 and need 10 each: their middle stays.
#[test]
fn labels_share_the_distance_they_move() {
    let close = |made: Vec<f64>, expected: &[f64]| {
        assert_eq!(made.len(), expected.len());
        assert!(made.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{made:?}");
    };
    let page = (0.0, 300.0);
    close(gutter::spread(&[], 10.0, page), &[]);
    close(gutter::spread(&[50.0], 10.0, page), &[50.0]);
    close(gutter::spread(&[50.0, 80.0], 10.0, page), &[50.0, 80.0]);
    close(gutter::spread(&[100.0, 102.0, 104.0], 10.0, page), &[92.0, 102.0, 112.0]);
    close(gutter::spread(&[0.0, 1.0], 10.0, page), &[0.0, 10.0]);
    close(gutter::spread(&[299.0, 300.0], 10.0, page), &[290.0, 300.0]);
    close(gutter::spread(&[5.0, 5.0, 5.0], 10.0, (0.0, 10.0)), &[0.0, 5.0, 10.0]);
}

#[test]
fn limits_out_of_reach_are_drawn_at_the_edge_and_say_so() {
    let elements = drawn(&rare());
    assert!(texts(&elements, "label").contains(&"Lower limit below 0".to_owned()));
    let bottom = layer(&elements, "rule")[0].get("points").map(corners).unwrap()[0].1;
    let lower = layer(&elements, "limits")[0].get("points").map(corners).unwrap()[0].1;
    assert!((bottom - lower).abs() < 1e-9);

    let mut share = ambulance_share();
    share.path = None;
    share.phases[0].upper.fill(Some(Figure::for_test(1.2)));
    let elements = drawn(&share);
    assert!(texts(&elements, "label").contains(&"Upper limit above 100%".to_owned()));
    assert_eq!(texts(&elements, "scale").last().map(String::as_str), Some("100%"));

    let mut money = chart("money", Unit::Pounds, "2017-01", &[Some(5.0), Some(9.0)]);
    money.phases = vec![phase(0, 1, 7.0, 20.0)];
    assert!(texts(&drawn(&money), "label").contains(&"Lower limit −£13".to_owned()));
}

#[test]
fn phases_break_between_points_with_their_reason() {
    let elements = drawn(&detentions());
    let line = layer(&elements, "breaks")[0].get("points").map(corners).unwrap();
    let marks: Vec<f64> = layer(&elements, "values")
        .iter()
        .flat_map(|line| corners(line.get("points").unwrap()))
        .map(|at| at.0)
        .collect();
    assert!((line[0].0 - f64::midpoint(marks[35], marks[36])).abs() < 0.5);
    assert_eq!(
        texts(&elements, "notes").join(" "),
        "Custody closed for repairs Street triage starts in the whole county"
    );
}

#[test]
fn too_many_notes_are_numbered_and_listed() {
    let elements = drawn(&crowded());
    let numbers: Vec<String> = (1..=12).map(|n| n.to_string()).collect();
    assert_eq!(texts(&elements, "notes"), numbers);
    let listed = texts(&elements, "listed").join(" ");
    assert!(listed.starts_with("1. Apr 2008: The way of counting changed"));
    assert_eq!(listed.matches("the ward's name").count(), 12);
}

#[test]
fn a_plan_is_named_and_a_line_of_ours_says_that_it_is_ours() {
    let plan = drawn(&ambulance_share());
    assert!(texts(&plan, "label").contains(&"Line to target 90%".to_owned()));
    assert_eq!(texts(&plan, "word").len(), 1, "the latest value, where the plan goes on");
    let ours = drawn(&young());
    assert!(!texts(&ours, "label").iter().any(|name| name.starts_with("Plan")));
    assert!(texts(&ours, "key").iter().any(|words| words.contains("ours, for orientation")));
    assert_eq!(layer(&ours, "path").len(), 1);
}

/// The bands are named in the key, the line where it ends, and the outer band is cut at the plot.
#[test]
fn a_forecast_has_bands_and_is_named() {
    let svg = draw(&expected()).unwrap();
    for layer in ["chart-forecast-95", "chart-forecast-80", "\"chart-forecast\""] {
        assert!(svg.contains(layer), "{layer}");
    }
    assert!(svg.contains(">Forecast 34<"));
    assert!(svg.contains("Forecast with bands of 80% and 95%"));
    assert!(!draw(&young()).unwrap().contains("Forecast"));
}

#[test]
fn times_are_written_as_a_clock() {
    let elements = drawn(&response_times());
    assert_eq!(texts(&elements, "scale")[..2], ["4:00", "6:00"]);
    assert!(texts(&elements, "label").contains(&"Target 8:00".to_owned()));
}

#[test]
fn odd_series_are_drawn_all_the_same() {
    let series: [&[Option<f64>]; 9] = [
        &[],
        &[Some(3.0)],
        &[None, None, None],
        &[Some(7.0); 12],
        &[Some(0.0); 12],
        &[Some(1e300), Some(-1e300), Some(f64::NAN), Some(f64::INFINITY)],
        &[Some(1e99), Some(1.0)],
        &[Some(1e-300), Some(2e-300)],
        &[Some(1e15), Some(1e15 + 1.0)],
    ];
    for unit in Unit::ALL {
        for values in series {
            let mut chart = chart("odd", unit, "2017-01", values);
            chart.phases = vec![phase(0, 99, 3.0, 1.0), phase(7, 2, 3.0, 1.0)];
            chart.targets = vec![target(0, 0, 2.0)];
            chart.path = Some(ChartPath { points: vec![], stated: true });
            for svg in [draw(&chart), draw_narrow(&chart), Ok(sparkline::draw(&chart))] {
                assert_inside(&svg.unwrap());
            }
        }
    }
    let empty = drawn(&chart("empty", Unit::Count, "2017-01", &[None, None]));
    assert_eq!(texts(&empty, "nothing"), ["No figures to show"]);
}

#[test]
fn sparklines_break_at_gaps_and_end_in_a_mark() {
    let elements = parse(&sparkline::draw(&response_times()));
    assert_eq!(layer(&elements, "values").len(), 2);
    assert_eq!(layer(&elements, "common").len(), 1);
    assert_eq!(layer(&elements, "target").len(), 1);
    assert_eq!(elements[1].text, "The same in words.");
    assert!(!sparkline::draw(&response_times()).contains(" id="));
    assert_eq!(layer(&parse(&sparkline::draw(&ambulance_share())), "improvement").len(), 1);
}

#[test]
fn a_short_series_looks_as_it_did() {
    insta::assert_snapshot!("short_series", draw(&young()).unwrap());
}
