//! The monthly pack: summary, one part an indicator, actions, data quality, method.

use super::parts::heading;
use super::{Document, actions, indicator, method, quality, reconciliation, summary};
use crate::disclosure::released::Released;
use crate::wording;

/// Composes the monthly pack of a plan.
pub fn monthly(released: &Released, title: &str, reader: &str) -> Document {
    let mut blocks = summary::section(released);
    blocks.push(heading(2, "Indicators", "indicators"));
    for one in &released.indicators {
        blocks.extend(indicator::part(one, released));
    }
    blocks.extend(reconciliation::section(released));
    blocks.extend(actions::section(released));
    blocks.extend(quality::section(released));
    blocks.extend(method::section(released));
    Document {
        title: format!("{}: {title}", released.title),
        subtitle: format!("As at {}, for the {reader}", wording::month(released.as_at)),
        notes: wording::pack::notes(released),
        blocks,
    }
}
