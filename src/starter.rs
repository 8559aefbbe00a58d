//! A starter workspace: small, made up, and sound, so that the first command works and everything is
//! there to be changed.

use std::path::Path;

use crate::error::Error;
use crate::writers::folder::{self, File};

/// Path in the workspace and content of each file.
const FILES: [(&str, &str); 9] = [
    ("README.md", include_str!("starter/README.md")),
    (".gitignore", include_str!("starter/gitignore")),
    ("data/detentions/feed.toml", include_str!("starter/data/detentions/feed.toml")),
    (
        "data/detentions/detentions-2023-24.csv",
        include_str!("starter/data/detentions/detentions-2023-24.csv"),
    ),
    ("indicators/areas/areas.csv", include_str!("starter/indicators/areas/areas.csv")),
    ("indicators/areas/area_links.csv", include_str!("starter/indicators/areas/area_links.csv")),
    ("indicators/areas/area_names.csv", include_str!("starter/indicators/areas/area_names.csv")),
    (
        "indicators/measures/detentions.toml",
        include_str!("starter/indicators/measures/detentions.toml"),
    ),
    ("indicators/plans/northshire.toml", include_str!("starter/indicators/plans/northshire.toml")),
];

/// The pack that the repository itself makes when none is named.
const PACK: (&str, &str) = ("reports/monthly.toml", include_str!("../reports/monthly.toml"));

/// Writes the starter workspace, whole or not at all.
///
/// Refuses a folder that holds anything, and a name that is a file's.
pub fn write(target: &Path) -> Result<(), Error> {
    let file = |(path, text): &(&str, &str)| File {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let files: Vec<File> = FILES.iter().chain([&PACK]).map(file).collect();
    folder::make(target, &files)
}
