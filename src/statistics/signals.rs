//! Special causes.

/// Above or below, rising or falling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Above the mean, or rising.
    High,
    /// Below the mean, or falling.
    Low,
}

/// A special cause that a point takes part in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// Beyond a process limit.
    Outside(Side),
    /// Seven points rising or falling.
    Trend(Side),
    /// Two of three near a limit.
    TwoInThree(Side),
    /// Seven points on one side of the mean.
    Shift(Side),
}
