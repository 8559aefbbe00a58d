//! The wall: what a reader may see is released here, and nothing else is seen after it.

mod release;
pub mod released;
pub mod sections;

pub use release::{Subject, action_rules, chart_rules, rating_rules, release};
pub use sections::release_sections;

/// Who reads, and hence what is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// People inside who may see every record: nothing is withheld that the source shows.
    Internal,
}

impl Profile {
    /// Every profile, for reading definitions.
    pub const ALL: [Self; 1] = [Self::Internal];

    /// The name used in pack definitions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
        }
    }
}

/// A number that has passed the wall: shown, or withheld for a reason.
///
/// There is no way to make one outside this module.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure(Content);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Content {
    Shown(f64),
    Withheld(Why),
}

/// Why a figure is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The source itself withheld it.
    SuppressedAtSource,
    /// Nothing was delivered.
    Missing,
}

impl Figure {
    /// The number, if it may be shown.
    pub fn shown(self) -> Option<f64> {
        match self.0 {
            Content::Shown(value) => Some(value),
            Content::Withheld(_) => None,
        }
    }

    /// Why it may not be shown.
    pub fn withheld(self) -> Option<Why> {
        match self.0 {
            Content::Shown(_) => None,
            Content::Withheld(why) => Some(why),
        }
    }

    #[cfg(test)]
    pub(crate) fn for_test(value: f64) -> Self {
        Self(Content::Shown(value))
    }
}
