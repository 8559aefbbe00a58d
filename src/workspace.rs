//! A workspace: definitions and feeds of one folder, read and checked as a whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::area::Areas;
use crate::error::{Error, Place};
use crate::feeds::contract::Contract;
use crate::feeds::{self, Feed, How};
use crate::indicators::measure::Measure;
use crate::indicators::{Catalogue, Plan};
use crate::packs::definition::{self, Pack, Packs};
use crate::packs::{program, sha256};
use crate::parallel;
use crate::period::Month;
use crate::quality::FeedQuality;

mod columns;

/// From how many delivered bytes on only those columns of a feed are held that are read.
const LARGE: u64 = 64 << 20;

/// Months after the last record that may still be judged.
const MONTHS_AFTER: i32 = 24;

/// Everything a workspace defines, and what is wrong with it.
#[derive(Debug)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// Areas of `indicators/areas`.
    pub areas: Areas,
    /// Contracts of `data/*/feed.toml`, by feed.
    pub contracts: BTreeMap<String, Contract>,
    /// Measures and plans of `indicators/`.
    pub catalogue: Catalogue,
    /// Packs of `reports/*.toml`, by id; `None` of one that is defined wrongly.
    pub packs: Packs,
    /// Every problem of the definitions, all at once.
    pub problems: Vec<Error>,
}

/// Feeds that have been opened, usable or not.
#[derive(Debug, Default)]
pub struct Opened {
    /// The rows of those that can be used.
    pub feeds: BTreeMap<String, Feed>,
    /// What became of every row of every feed.
    pub quality: BTreeMap<String, FeedQuality>,
    /// Why a feed was stopped.
    pub problems: Vec<Error>,
}

impl Workspace {
    /// Reads the definitions of a folder; the feeds themselves are not opened yet.
    ///
    /// Fails only when the folder is no workspace at all.
    pub fn load(root: &Path) -> Result<Self, Error> {
        if !root.join("indicators").is_dir() {
            let said = if root.is_dir() {
                "is not a workspace: it has no `indicators` folder"
            } else if root.exists() {
                "is not a workspace: it is a file, not a folder"
            } else {
                "is not a workspace: there is no such folder"
            };
            return Err(Error::run(Place::file(root.display().to_string()), said).help(
                "run in a workspace, or name one with --workspace DIR; `concordat init DIR` makes one",
            ));
        }
        let (areas, mut problems) = Areas::load(root);
        let (contracts, found) = feeds::load_contracts(root);
        problems.extend(found);
        let (catalogue, found) = Catalogue::load(root, &contracts, &areas);
        problems.extend(found);
        let known = definition::Known {
            catalogue: &catalogue,
            contracts: &contracts,
            whole: problems.is_empty(),
        };
        let packs = definition::load(root, known, &mut problems);
        problems.sort();
        Ok(Self { root: root.to_owned(), areas, contracts, catalogue, packs, problems })
    }

    /// The packs of some ids, in that order; one that is defined wrongly, as its problems say, is left
    /// out.
    pub fn packs(&self, ids: &[String]) -> Result<Vec<&Pack>, Error> {
        let pack = |id: &String| match self.packs.get(id) {
            Some(pack) => Ok(pack.as_ref()),
            None => Err(definition::unknown(id, &self.packs)),
        };
        let packs: Vec<Option<&Pack>> = ids.iter().map(pack).collect::<Result<_, _>>()?;
        Ok(packs.into_iter().flatten().collect())
    }

    /// The plan of an id.
    pub fn plan(&self, id: &str) -> Result<&Plan, Error> {
        self.catalogue.plans.get(id).ok_or_else(|| {
            let known: Vec<&str> = self.catalogue.plans.keys().map(String::as_str).collect();
            let help = match crate::error::nearest(id, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the plans here are: {}", known.join(", ")),
            };
            Error::run(Place::file("indicators/plans"), format!("there is no plan `{id}`"))
                .help(help)
        })
    }

    /// The plans of some ids, in that order; all of them where none is named.
    pub fn plans(&self, ids: &[String]) -> Result<Vec<&Plan>, Error> {
        if ids.is_empty() {
            return Ok(self.catalogue.plans.values().collect());
        }
        ids.iter().map(|id| self.plan(id)).collect()
    }

    /// Every feed that the plan's indicators and the reconciliations rest on, in order.
    pub fn feeds_of(&self, plan: &Plan) -> Vec<&str> {
        let mut feeds: Vec<&str> = plan
            .indicators
            .iter()
            .filter_map(|indicator| self.measure_of(indicator))
            .flat_map(Measure::feeds)
            .chain(self.compared().map(|measure| measure.feed.as_str()))
            .collect();
        feeds.sort_unstable();
        feeds.dedup();
        feeds
    }

    /// Every feed that the measures of some packs rest on, in order.
    pub fn feeds_of_packs(&self, packs: &[&Pack]) -> Vec<&str> {
        let sections = packs.iter().flat_map(|pack| &pack.sections);
        let ids = sections.flat_map(|section| &section.measures);
        let measures = ids.filter_map(|id| self.catalogue.measures.get(id));
        let mut feeds: Vec<&str> = measures.flat_map(Measure::feeds).collect();
        feeds.sort_unstable();
        feeds.dedup();
        feeds
    }

    /// The measures that reconciliations put side by side.
    fn compared(&self) -> impl Iterator<Item = &Measure> {
        let sides = self.catalogue.reconciliations.values().flat_map(|one| &one.sides);
        sides.filter_map(|side| self.catalogue.measures.get(&side.measure))
    }

    /// SHA-256 of every definition, by path.
    pub fn definitions(&self) -> Result<BTreeMap<String, String>, Error> {
        let mut files = Vec::new();
        for folder in ["data", "indicators", "reports"] {
            walk(&self.root.join(folder), &mut files)?;
        }
        let mut found = BTreeMap::new();
        for path in files {
            let ending = path.extension().and_then(|ending| ending.to_str());
            let inside = path.strip_prefix(&self.root).unwrap_or(&path);
            let delivered = inside.starts_with("data") && ending != Some("toml");
            if matches!(ending, Some("toml" | "csv")) && !delivered {
                let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
                let name = inside.to_string_lossy().replace('\\', "/");
                found.insert(name, sha256(&bytes));
            }
        }
        Ok(found)
    }

    /// Opens feeds, each read once, as they were delivered. A feed without a contract is left out:
    /// definitions that name one are already a problem.
    pub fn open<'a>(&self, wanted: impl IntoIterator<Item = &'a str>) -> Opened {
        self.open_by(wanted, |contract| {
            let asked = (&self.columns(contract), How::default());
            feeds::open_for(contract, &self.root, &self.areas, asked)
        })
    }

    /// As [`Self::open`], of large feeds only what tells what was delivered: of other columns than codes,
    /// areas and those that place rows, which rows have a value.
    pub fn open_to_check<'a>(
        &self,
        wanted: impl IntoIterator<Item = &'a str>,
        how: How<'_>,
    ) -> Opened {
        self.open_by(wanted, |contract| {
            feeds::open_for(contract, &self.root, &self.areas, (&columns::places(contract), how))
        })
    }

    /// As [`Self::open`]; large feeds out of the workspace's cache where nothing has changed, else they are
    /// kept there.
    pub fn open_kept<'a>(&self, wanted: impl IntoIterator<Item = &'a str>, how: How<'_>) -> Opened {
        self.open_by(wanted, |contract| {
            let columns = &self.columns(contract);
            match program() {
                Some(program) => {
                    feeds::open_kept(contract, &self.root, &self.areas, (columns, program, how))
                }
                None => feeds::open_for(contract, &self.root, &self.areas, (columns, how)),
            }
        })
    }

    fn open_by<'a>(
        &self,
        wanted: impl IntoIterator<Item = &'a str>,
        open_large: impl Fn(&Contract) -> feeds::Opened + Sync,
    ) -> Opened {
        let mut contracts: Vec<&Contract> = Vec::new();
        for contract in wanted.into_iter().filter_map(|id| self.contracts.get(id)) {
            if contracts.iter().all(|other| other.id != contract.id) {
                contracts.push(contract);
            }
        }
        let open = |contract: &Contract| {
            if feeds::bytes(contract, &self.root) < LARGE {
                feeds::open(contract, &self.root, &self.areas)
            } else {
                open_large(contract)
            }
        };
        let results = parallel::map(contracts.clone(), open);
        let mut opened = Opened::default();
        for (contract, result) in contracts.into_iter().zip(results) {
            opened.problems.extend(result.problems);
            opened.quality.insert(contract.id.clone(), result.quality);
            opened.feeds.extend(result.feed.map(|feed| (contract.id.clone(), feed)));
        }
        opened
    }
}

impl Opened {
    /// The feeds of some ids that are open.
    fn among(&self, wanted: &[&str]) -> impl Iterator<Item = &Feed> {
        self.feeds.iter().filter(|(id, _)| wanted.contains(&id.as_str())).map(|(_, feed)| feed)
    }

    /// The month to judge when none is asked for: the latest that those of some feeds reach whose rows
    /// are single records. Published totals keep a calendar of their own and do not move it.
    fn latest_month(&self, wanted: &[&str]) -> Option<Month> {
        let own = |totals: bool| {
            self.among(wanted)
                .filter(|feed| totals == (feed.contract.rows == feeds::contract::Rows::Totals))
                .filter_map(|feed| feed.quality.latest)
                .max()
        };
        own(false).or_else(|| own(true))
    }

    /// The month asked for, else the latest that some feeds' single records reach, such as those of a
    /// plan; refused when none of these feeds is near it.
    pub fn as_at(&self, asked: Option<Month>, wanted: &[&str]) -> Result<Month, Error> {
        let months = || self.among(wanted).flat_map(|feed| &feed.coverage.months);
        let (first, last) = (months().min().copied(), months().max().copied());
        match (asked.or_else(|| self.latest_month(wanted)), first, last) {
            (Some(as_at), Some(first), Some(last))
                if as_at < first || as_at.since(last) > MONTHS_AFTER =>
            {
                let problem = format!("the feeds of this plan hold nothing near {as_at}");
                Err(Error::run(Place::file("command line"), problem)
                    .help(format!("choose a month from {first} to {last}")))
            }
            (Some(as_at), ..) => Ok(as_at),
            (None, ..) => {
                let problem = "no feed of this plan has a single usable row";
                Err(Error::run(Place::file("data"), problem)
                    .help("say which month to judge with --as-at, or deliver a feed"))
            }
        }
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::run(Place::file(path.display().to_string()), format!("could not be read: {error}"))
}
