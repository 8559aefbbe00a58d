//! Whether the bands of forecasts hold what they say, on fewer series than `benches/calibration`.

#[path = "../../benches/calibration/simulate.rs"]
mod simulate;
