//! The charts by name, and what each asks of its figures.

use std::str::FromStr;

use crate::error::nearest;

/// A kind of chart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Chart {
    /// `run`: values about their median, without limits.
    #[default]
    Run,
    /// `i`: single values.
    I,
    /// `mr`: moving ranges of single values.
    Mr,
    /// `p`: shares.
    P,
    /// `pp`: shares, with Laney's factor.
    PPrime,
    /// `u`: rates.
    U,
    /// `up`: rates, with Laney's factor.
    UPrime,
    /// `c`: counts.
    C,
    /// `g`: cases between rare events.
    G,
    /// `t`: time between rare events.
    T,
    /// `ip`: single values on denominators of differing size.
    IPrime,
    /// `xbar`: means of several measurements.
    XBar,
    /// `s`: standard deviations of several measurements.
    S,
}

/// What the figures of a chart can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figures {
    /// Any number.
    Any,
    /// 0 or more.
    NotNegative,
    /// More than 0.
    Above0,
    /// Events among cases: from 0 to `n`.
    Share,
}

impl Chart {
    /// Every chart with its name.
    pub const ALL: [(&'static str, Self); 13] = [
        ("run", Self::Run),
        ("i", Self::I),
        ("mr", Self::Mr),
        ("p", Self::P),
        ("pp", Self::PPrime),
        ("u", Self::U),
        ("up", Self::UPrime),
        ("c", Self::C),
        ("g", Self::G),
        ("t", Self::T),
        ("ip", Self::IPrime),
        ("xbar", Self::XBar),
        ("s", Self::S),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, chart)| *chart == self).map_or("", |(name, _)| name)
    }

    /// Whether the column `n` is looked at where it is there.
    pub(super) fn reads_n(self) -> bool {
        self.needs_n() || matches!(self, Self::Run | Self::I | Self::IPrime)
    }

    /// Whether it cannot be drawn without `n`.
    pub(super) fn needs_n(self) -> bool {
        matches!(self, Self::P | Self::PPrime | Self::U | Self::UPrime)
    }

    /// What `y` can be.
    pub(super) fn figures(self) -> Figures {
        match self {
            Self::P | Self::PPrime => Figures::Share,
            Self::U | Self::UPrime | Self::C | Self::G => Figures::NotNegative,
            Self::T => Figures::Above0,
            Self::Run | Self::I | Self::Mr | Self::IPrime | Self::XBar | Self::S => Figures::Any,
        }
    }

    /// What a given centre line can be, in words; `None` where this one can be.
    pub(super) fn centre_fault(self, centre: f64) -> Option<&'static str> {
        match self {
            _ if !centre.is_finite() => Some("give a finite number"),
            Self::P | Self::PPrime if !(0.0..=1.0).contains(&centre) => {
                Some("a share lies between 0 and 1")
            }
            Self::U | Self::UPrime | Self::C | Self::G | Self::Mr | Self::S if centre < 0.0 => {
                Some("it cannot be below 0 on this chart")
            }
            Self::T if centre <= 0.0 => Some("a time between events is above 0"),
            _ => None,
        }
    }
}

impl FromStr for Chart {
    type Err = Unknown;

    fn from_str(name: &str) -> Result<Self, Unknown> {
        named("chart", name, &Self::ALL)
    }
}

/// A name that there is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}; {help}")]
pub struct Unknown {
    /// What was asked for.
    pub problem: String,
    /// What there is.
    pub help: String,
}

/// The one of a list of that name.
pub(super) fn named<T: Copy>(
    what: &str,
    name: &str,
    all: &[(&'static str, T)],
) -> Result<T, Unknown> {
    if let Some((_, found)) = all.iter().find(|(known, _)| *known == name) {
        return Ok(*found);
    }
    let names = all.iter().map(|(known, _)| *known);
    let help = match nearest(name, names.clone()) {
        Some(near) => format!("is `{near}` meant?"),
        None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
    };
    Err(Unknown { problem: format!("there is no {what} `{name}`"), help })
}
