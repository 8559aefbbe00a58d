"""Makes the feeds that are compared, from fixed seeds: python data.py FOLDER ROWS FEED...

FOLDER/<rows>/<feed>/ gets CSV and Parquet files of at most ten million rows each, in order of time,
over five years and forty areas. Columns, spellings and formats are those of the sample feeds, about
eight columns and 70 bytes a row; some values are missing. All of it is random: it describes nobody.
A folder that is there is kept: it is written under another name and renamed when whole.

No two times of a row lie on different sides of a change of the clocks, and none in the hours around
it, so that those who only subtract are right too.
"""

import datetime
import functools
import shutil
import sys
import zlib
from pathlib import Path

import numpy
import pyarrow
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

FIRST, DAYS = datetime.date(2014, 1, 1), 1826
AREAS, DAY = 40, 1440
MOST_ROWS = 10_000_000
WORDS = {
    "Incident": {"136": 10, "CRHT": 50, "LIA": 30, "AMHP": 10},
    "Priority": {"VU": 10, "U": 50, "R": 38, None: 2},
    "Power": {"136": 93, "135(1)": 6, None: 1},
    "Place of safety": {"HBPOS": 78, "A&E": 12, "Custody": 6, "Other": 2, None: 2},
    "Method": {"AMB": 70, "POL": 14, "HCP": 4, "PRI": 2, "NIL": 9, None: 1},
    "Destination": {"ED": 60, "POS": 12, "COM": 8, "HOM": 15, "OTH": 3, None: 2},
    "Primary MH": {"Y": 85, "N": 14, None: 1},
    "s136": {"Y": 15, "N": 85},
    "Bed type": {"Acute": 70, "PICU": 18, "Older adult": 7, "Other": 4, None: 1},
    "Reason": {"10": 88, "11": 5, "14": 4, "15": 2, None: 1},
}


class Stretch:
    """One file's rows: how many, the number of its first, how many there are, its stretch of time."""

    def __init__(self, feed, number, files, rows):
        share = -(-rows // files)
        self.first = share * number
        self.rows = min(share, rows - self.first)
        self.all = rows
        self.dice = numpy.random.default_rng([136, zlib.crc32(feed.encode()), rows, number])
        self.days = DAYS * number // files, DAYS * (number + 1) // files

    def words(self, heading):
        chances = numpy.array(list(WORDS[heading].values())) / 100
        taken = self.dice.choice(len(chances), self.rows, p=chances).astype("i4")
        return pyarrow.array(list(WORDS[heading]), "string").take(pyarrow.array(taken))

    def areas(self):
        """The first areas have up to four times as many rows as the last."""
        weights = numpy.linspace(4, 1, AREAS)
        taken = self.dice.choice(AREAS, self.rows, p=weights / weights.sum()).astype("i4")
        return pyarrow.array([f"A{area + 1:02}" for area in range(AREAS)]).take(pyarrow.array(taken))

    def ids(self):
        return numbered("SYN-", numpy.arange(self.first + 1, self.first + self.rows + 1), 9)

    def people(self):
        """Some come often, most once; of one in a hundred it is not known who it was."""
        people = (self.dice.random(self.rows) ** 2 * self.all).astype("i8")
        return blank(numbered("P", people, 8), self.chance(0.01))

    def ages(self):
        return blank(pyarrow.array(self.dice.integers(12, 90, self.rows), "i2"), self.chance(0.02))

    def chance(self, share):
        return self.dice.random(self.rows) < share

    def spread(self, mean, most):
        return numpy.minimum(self.dice.exponential(mean, self.rows), most).astype("i8")

    def times(self, mean, most):
        """Start and end, in minutes since the first day; the end is -1 where there is none."""
        start = numpy.sort(self.dice.integers(self.days[0] * DAY, self.days[1] * DAY, self.rows))
        end = start + 1 + self.spread(mean, most)
        for change in clock_changes():
            across = (start < change + 180) & (end > change - 60)
            start, end = start - across * 7 * DAY, end - across * 7 * DAY
        end[(end >= DAYS * DAY) | self.chance(0.03)] = -1
        return start, end


def numbered(prefix, numbers, width):
    text = pyarrow.compute.utf8_lpad(pyarrow.array(numbers).cast("string"), width, "0")
    return pyarrow.compute.binary_join_element_wise(prefix, text, "")


def blank(column, where):
    return pyarrow.compute.if_else(pyarrow.array(where), pyarrow.scalar(None, column.type), column)


def clock_changes():
    """Minutes since the first day at which each last Sunday of March and October begins."""
    for year in range(2014, 2019):
        for month in (3, 10):
            last = datetime.date(year, month, 31)
            last -= datetime.timedelta(days=(last.weekday() + 1) % 7)
            yield (last - FIRST).days * DAY


def responses(file):
    called, on_scene = file.times(150, 2 * DAY)
    return {
        "Response ID": file.ids(), "Area": file.areas(), "Incident": file.words("Incident"),
        "Priority": file.words("Priority"), "Person": file.people(), "Age": file.ages(),
        "Called": minutes(called), "On scene": minutes(on_scene),
    }


def s136(file):
    detained, arrived = file.times(70, 600)
    return {
        "Detention ID": file.ids(), "Force": file.areas(), "Person": file.people(),
        "Power": file.words("Power"), "Detained": minutes(detained), "Arrived PoS": minutes(arrived),
        "PoS": file.words("Place of safety"), "Age": file.ages(),
    }


def conveyance(file):
    called, left = file.times(70, 600)
    return {
        "Journey": file.ids(), "County": file.areas(), "Primary MH": file.words("Primary MH"),
        "Called": minutes(called), "Left scene": minutes(left), "Method": file.words("Method"),
        "Destination": file.words("Destination"), "s136": file.words("s136"),
    }


def placements(file):
    """Of one in a thousand no end was ever written down: they count as open to this day."""
    started = numpy.sort(file.dice.integers(*file.days, file.rows))
    ended = started + file.spread(21, 700)
    ended[(ended >= DAYS) | file.chance(0.001)] = -1
    return {
        "Placement": file.ids(), "Person": file.people(), "Sender": file.areas(),
        "Bed type": file.words("Bed type"), "Reason": file.words("Reason"),
        "Start date": days(started), "End date": days(ended), "Age": file.ages(),
    }


FEEDS = {feed.__name__: feed for feed in (responses, s136, placements, conveyance)}
WRITTEN = {"s136": "%Y-%m-%d %H:%M"}  # the others as the sample writes them


def minutes(of):
    first = int(datetime.datetime(2014, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
    return pyarrow.array(first + of * 60, mask=of < 0).cast(pyarrow.timestamp("s")).cast(
        pyarrow.timestamp("ms"))


def days(of):
    first = (FIRST - datetime.date(1970, 1, 1)).days
    return pyarrow.array((first + of).astype("i4"), mask=of < 0).cast(pyarrow.date32())


def as_text(column, form):
    """Times as text: each that there can be is written once, and taken from there."""
    if pyarrow.types.is_date(column.type):
        unit, form = "D", "%d/%m/%Y"
    elif pyarrow.types.is_timestamp(column.type):
        unit = "m"
    else:
        return column
    at = column.to_numpy(zero_copy_only=False).astype(f"M8[{unit}]")
    absent = numpy.isnat(at)
    place = numpy.where(absent, 0, (at - numpy.datetime64(FIRST, unit)).astype("i8"))
    return all_times(unit, form).take(pyarrow.array(place, mask=absent))


@functools.cache
def all_times(unit, form):
    """Every minute or day that there can be, as text."""
    first = numpy.datetime64(FIRST, unit)
    steps = numpy.arange(first, first + numpy.timedelta64(DAYS, "D"))
    return pyarrow.compute.strftime(pyarrow.array(steps.astype("M8[s]")), format=form)


def write(folder, feed, rows):
    """Every file of a feed, in both formats."""
    target = folder / str(rows) / feed
    if target.exists():
        return
    making = target.with_name(feed + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    files = -(-rows // MOST_ROWS)
    for number in range(files):
        columns = FEEDS[feed](Stretch(feed, number, files, rows))
        name = making / f"{feed}-{number + 1:02}"
        pyarrow.parquet.write_table(pyarrow.table(columns), name.with_suffix(".parquet"))
        form = WRITTEN.get(feed, "%d/%m/%Y %H:%M")
        text = pyarrow.table({name: as_text(column, form) for name, column in columns.items()})
        options = pyarrow.csv.WriteOptions(quoting_style="none", quoting_header="none")
        pyarrow.csv.write_csv(text, name.with_suffix(".csv"), options)
    making.rename(target)
    print(f"made {target}")


if __name__ == "__main__":
    for asked in sys.argv[3:]:
        write(Path(sys.argv[1]), asked, int(sys.argv[2]))
