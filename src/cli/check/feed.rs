//! A feed in a paragraph: what became of its rows, when it came, what it lacks.

use concordat::area::Areas;
use concordat::error::Error;
use concordat::feeds::Feed;
use concordat::feeds::history::{Settling, gaps};
use concordat::period::Month;
use concordat::quality::{Arrival, FeedQuality, FeedState, FileQuality};
use concordat::wording::many;

use super::rows;

/// Months named where more are late or lacking.
const NAMED: usize = 3;

/// The paragraph: state, rows by reason, lateness, gaps, headings that nobody reads.
pub(super) fn lines(
    quality: &FeedQuality,
    feed: Option<&Feed>,
    areas: &Areas,
) -> Result<Vec<String>, Error> {
    let mut lines = vec![format!("{}: {}", quality.feed, state(quality))];
    lines.extend(rows::lines(&quality.files));
    lines.extend(over_time(quality, feed, areas)?);
    lines.extend(quality.files.iter().filter_map(unread));
    Ok(lines)
}

/// Files and rows in one sentence, or why there are none.
pub(super) fn state(quality: &FeedQuality) -> String {
    let total = |rows: fn(&FileQuality) -> u64| quality.files.iter().map(rows).sum::<u64>();
    match &quality.state {
        FeedState::Ready => format!(
            "{}, {} rows read, {} used, {} set aside",
            many(quality.files.len(), "file"),
            total(|file| file.rows_read),
            total(|file| file.rows_used),
            total(FileQuality::rows_set_aside)
        ),
        FeedState::Missing => "no files were delivered".to_owned(),
        FeedState::Stopped { why } => format!("stopped: {why}"),
    }
}

/// Lateness, how long months move, and the months that were not delivered.
pub(super) fn over_time(
    quality: &FeedQuality,
    feed: Option<&Feed>,
    areas: &Areas,
) -> Result<Vec<String>, Error> {
    let mut lines: Vec<String> = late(&quality.arrivals()).into_iter().collect();
    let Some(feed) = feed else { return Ok(lines) };
    lines.extend(moving(&Settling::of(feed)?, feed.contract.settles_after));
    for (area, months) in gaps(feed, areas) {
        let name = area.map_or(String::new(), |code| {
            let name = areas.get(&code).map_or(code.as_str(), |area| &area.name).to_owned();
            if name == code { format!(" of {code}") } else { format!(" of {name} ({code})") }
        });
        lines.push(format!("  lacks {}{name}", named(&months, ToString::to_string)));
    }
    if let Some(provisional) = feed.coverage.provisional.first() {
        let number = feed.coverage.provisional.len();
        let from = if number == 1 { String::new() } else { " and later ones".to_owned() };
        lines.push(format!("  provisional as delivered: {provisional}{from}"));
    }
    Ok(lines)
}

fn late(arrivals: &[Arrival]) -> Option<String> {
    if arrivals.is_empty() {
        return None;
    }
    let late: Vec<&Arrival> = arrivals.iter().filter(|arrival| arrival.days_late > 0).collect();
    let of = many(arrivals.len(), "month");
    if late.is_empty() {
        return Some(format!("  came in time: all of {of}"));
    }
    let latest: Vec<&Arrival> = late.iter().rev().copied().collect();
    let one = |arrival: &&Arrival| {
        let days = usize::try_from(arrival.days_late).unwrap_or(usize::MAX);
        format!("{} by {}", arrival.month, many(days, "day"))
    };
    Some(format!("  came late: {} of {of}: {}", late.len(), named(&latest, one)))
}

fn moving(settling: &Settling, declared: u32) -> Option<String> {
    let needed = settling.settles_after()?;
    let fits = u32::try_from(needed).is_ok_and(|needed| needed <= declared);
    let words = if fits { "as declared" } else { "longer than declared" };
    let help = if fits { String::new() } else { format!(": settles_after = {needed} would fit") };
    let months = many(usize::try_from(needed).unwrap_or(0), "month");
    Some(format!("  99 in 100 rows stand as they stay after {months}, {words} ({declared}){help}"))
}

fn named<T>(all: &[T], words: impl Fn(&T) -> String) -> String {
    let more = if all.len() > NAMED { ", …" } else { "" };
    let first: Vec<String> = all.iter().take(NAMED).map(words).collect();
    format!("{}{more}", first.join(", "))
}

/// Headings that no column of the contract claims.
pub(super) fn unread(file: &FileQuality) -> Option<String> {
    let names = file.unknown_headings.join("`, `");
    let some = !file.unknown_headings.is_empty();
    some.then(|| format!("  not read: {}: no column claims `{names}`", file.file))
}

/// From the first to the last of some months.
pub(super) fn span<'a>(months: impl IntoIterator<Item = &'a Month>) -> Option<String> {
    let months: Vec<&Month> = months.into_iter().collect();
    let (first, last) = (months.iter().min()?, months.iter().max()?);
    Some(if first == last { first.to_string() } else { format!("{first} to {last}") })
}
