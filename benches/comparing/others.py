"""Answers one question with one engine: python others.py ENGINE QUESTION FORMAT OUT FILE...

Columns are read with declared types and nothing is checked. OUT gets sorted lines of a month, an
area or code, and whole numbers. The questions:

waits    by month and area: responses inside four hours, those of which it is known (seen, or not seen
         and the limit over by the end of 2018), and the 90th percentile of the wait by nearest rank
         in seconds
counts   by month and area: detentions
repeats  by month from 2015 and area: different people detained who had another detention, in any area,
         that began before and on one of the 365 days before; of one minute the later number follows
beds     by month: nights begun out of area in acute and intensive care (convention `mhsds`: the first
         day counts, the last does not, without an end to this day), and the most at one midnight
mix      by month and method: journeys with a method
read     every column of the responses, typed, in memory: how many rows
"""

import datetime
import sys

ENGINE, QUESTION, FORM, OUT, *FILES = sys.argv[1:]
FIRST, END = datetime.date(2014, 1, 1), datetime.date(2019, 1, 1)
UK, ISO, DAY = "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y"
TIMES = {"Called": UK, "On scene": UK, "Left scene": UK, "Detained": ISO, "Arrived PoS": ISO,
         "Start date": DAY, "End date": DAY}
NEEDED = {
    "waits": ["Area", "Called", "On scene"],
    "counts": ["Force", "Detained"],
    "repeats": ["Detention ID", "Force", "Person", "Detained"],
    "beds": ["Bed type", "Start date", "End date"],
    "mix": ["Called", "Method"],
    "read": ["Response ID", "Area", "Incident", "Priority", "Person", "Age", "Called", "On scene"],
}


def duckdb_lines():
    import duckdb

    base = duckdb.connect()
    if FORM == "parquet":
        source = f"read_parquet({FILES})"
    else:
        with open(FILES[0], encoding="utf-8") as file:
            headings = file.readline().strip().split(",")
        kind = {"Age": "SMALLINT"} | {
            name: "DATE" if form == DAY else "TIMESTAMP" for name, form in TIMES.items()}
        columns = {name: kind.get(name, "VARCHAR") for name in headings}
        form = ISO if QUESTION in ("counts", "repeats") else UK
        source = (f"read_csv({FILES}, header = true, delim = ',', quote = '', columns = {columns}, "
                  f"timestampformat = '{form}', dateformat = '{DAY}')")
    if QUESTION == "read":
        base.execute(f"CREATE TABLE rows AS SELECT * FROM {source}")
        return base.execute("SELECT count(*) FROM rows").fetchall()
    return base.execute(DUCKDB[QUESTION].replace("ROWS", source)).fetchall()


MONTH = "strftime(month, '%Y-%m')"
DUCKDB = {
    "waits": f"""
        SELECT {MONTH}, area, inside, known, wait FROM (
          SELECT date_trunc('month', "Called") AS month, "Area" AS area,
            count(*) FILTER (minutes <= 240) AS inside,
            count(*) FILTER (minutes IS NOT NULL
              OR "Called" + INTERVAL 4 HOUR < TIMESTAMP '2019-01-01') AS known,
            60 * quantile_disc(minutes, 0.9) AS wait
          FROM (SELECT *, date_diff('minute', "Called", "On scene") AS minutes FROM ROWS)
          GROUP BY ALL)""",
    "counts": f"""
        SELECT {MONTH}, area, n FROM (
          SELECT date_trunc('month', "Detained") AS month, "Force" AS area, count(*) AS n
          FROM ROWS GROUP BY ALL)""",
    "repeats": f"""
        SELECT {MONTH}, area, n FROM (
          SELECT date_trunc('month', day) AS month, area, count(DISTINCT person) AS n FROM (
            SELECT "Person" AS person, "Force" AS area, "Detained"::DATE AS day,
              lag("Detained"::DATE) OVER (PARTITION BY "Person" ORDER BY "Detained", "Detention ID")
                AS before
            FROM ROWS WHERE "Person" IS NOT NULL)
          WHERE day - before <= 365 AND day >= DATE '2015-01-01' GROUP BY ALL)""",
    "beds": f"""
        WITH stays AS (SELECT "Start date" AS started, "End date" AS ended FROM ROWS
                       WHERE "Bed type" IN ('Acute', 'PICU')),
        moves AS (
          SELECT started AS day, count(*) AS move FROM stays GROUP BY ALL
          UNION ALL SELECT ended, -count(*) FROM stays WHERE ended IS NOT NULL GROUP BY ALL
          UNION ALL SELECT unnest(generate_series(DATE '2014-01-01', DATE '2018-12-31', INTERVAL 1 DAY))
            ::DATE, 0),
        open AS (SELECT day, sum(sum(move)) OVER (ORDER BY day) AS there FROM moves GROUP BY day)
        SELECT {MONTH}, sum(there)::BIGINT, max(there)::BIGINT FROM (
          SELECT date_trunc('month', day) AS month, there FROM open) GROUP BY month""",
    "mix": f"""
        SELECT {MONTH}, method, n FROM (
          SELECT date_trunc('month', "Called") AS month, "Method" AS method, count(*) AS n
          FROM ROWS WHERE "Method" IS NOT NULL GROUP BY ALL)""",
}


def polars_lines():
    import polars as pl

    if FORM == "parquet":
        rows = pl.scan_parquet(FILES)
    else:
        with open(FILES[0], encoding="utf-8") as file:
            headings = file.readline().strip().split(",")
        kinds = {name: pl.Int16 if name == "Age" else pl.String for name in headings}
        rows = pl.scan_csv(FILES, schema=kinds, quote_char=None)
        rows = rows.select(NEEDED[QUESTION]).with_columns(
            pl.col(name).str.strptime(pl.Date if form == DAY else pl.Datetime("ms"), form)
            for name, form in TIMES.items() if name in NEEDED[QUESTION])
    asked, engine = POLARS[QUESTION](pl, rows)
    return asked.collect(engine=engine).rows()


def month(pl, name):
    return pl.col(name).dt.strftime("%Y-%m")


def polars_waits(pl, rows):
    """The months are written only once there are few: a group is the month's first day."""
    minutes = (pl.col("On scene") - pl.col("Called")).dt.total_minutes()
    over = pl.col("Called") + pl.duration(hours=4) < END
    asked = rows.group_by(pl.col("Called").dt.truncate("1mo").alias("m"), "Area").agg(
        (minutes <= 240).sum().alias("inside"),
        (minutes.is_not_null() | over).sum().alias("known"),
        (60 * minutes.quantile(0.9, "equiprobable")).cast(pl.Int64).alias("wait"))
    return asked.with_columns(month(pl, "m")), "streaming"


def polars_counts(pl, rows):
    asked = rows.group_by(pl.col("Detained").dt.truncate("1mo").alias("m"), "Force").len()
    return asked.with_columns(month(pl, "m")), "streaming"


def polars_repeats(pl, rows):
    """Sorted and shifted, people as numbers: windows over the people take ten times as long."""
    person = pl.col("Person").cast(pl.Categorical).to_physical()
    rows = rows.filter(pl.col("Person").is_not_null()).with_columns(person)
    rows = rows.sort("Person", "Detained", "Detention ID")
    day = pl.col("Detained").dt.date()
    again = (pl.col("Person") == pl.col("Person").shift()) & (
        day - day.shift() <= pl.duration(days=365)) & (day >= datetime.date(2015, 1, 1))
    asked = rows.filter(again).group_by(pl.col("Detained").dt.truncate("1mo").alias("m"), "Force").agg(
        pl.col("Person").n_unique())
    return asked.with_columns(month(pl, "m")), "in-memory"


def polars_beds(pl, rows):
    stays = rows.filter(pl.col("Bed type").is_in(["Acute", "PICU"]))
    started = stays.group_by(pl.col("Start date").alias("day")).agg(pl.len().cast(pl.Int64).alias("move"))
    ended = stays.filter(pl.col("End date").is_not_null()).group_by(pl.col("End date").alias("day")).agg(
        -pl.len().cast(pl.Int64).alias("move"))
    every = pl.date_range(FIRST, END, "1d", closed="left", eager=True)
    calendar = pl.LazyFrame({"day": every, "move": [0] * len(every)})
    there = pl.concat([started, ended, calendar]).group_by("day").agg(pl.col("move").sum()).sort(
        "day").select("day", pl.col("move").cum_sum())
    asked = there.group_by(pl.col("day").dt.truncate("1mo").alias("m")).agg(
        pl.col("move").sum().alias("days"), pl.col("move").max().alias("most"))
    return asked.with_columns(month(pl, "m")), "streaming"


def polars_mix(pl, rows):
    asked = rows.filter(pl.col("Method").is_not_null()).group_by(
        pl.col("Called").dt.truncate("1mo").alias("m"), "Method").len()
    return asked.with_columns(month(pl, "m")), "streaming"


def polars_read(pl, rows):
    return rows.collect(engine="streaming").lazy().select(pl.len()), "in-memory"


POLARS = {"waits": polars_waits, "counts": polars_counts, "repeats": polars_repeats,
          "beds": polars_beds, "mix": polars_mix, "read": polars_read}


def pandas_lines():
    import pandas

    needed = NEEDED[QUESTION]
    if FORM == "parquet":
        rows = pandas.concat([pandas.read_parquet(file, columns=needed) for file in FILES])
    else:
        kinds = {name: "Int16" if name == "Age" else "str" for name in needed}
        rows = pandas.concat([
            pandas.read_csv(file, usecols=needed, dtype=kinds, engine="pyarrow") for file in FILES])
        for name in set(TIMES) & set(needed):
            rows[name] = pandas.to_datetime(rows[name], format=TIMES[name])
    return PANDAS[QUESTION](pandas, rows)


def pandas_lines_of(table):
    """Month, area or code, and numbers, of a table grouped by period."""
    pairs = zip(table.index, table.to_numpy())
    return [(str(key[0]), *key[1:], *map(int, numbers)) for key, numbers in pairs]


def pandas_waits(pandas, rows):
    month = rows["Called"].dt.to_period("M")
    minutes = (rows["On scene"] - rows["Called"]).dt.total_seconds() // 60
    over = rows["Called"] + pandas.Timedelta(hours=4) < pandas.Timestamp(END)
    table = pandas.DataFrame({
        "month": month, "area": rows["Area"], "inside": minutes <= 240,
        "known": minutes.notna() | over, "minutes": minutes})
    groups = table.groupby(["month", "area"], observed=True)
    found = groups[["inside", "known"]].sum()
    table = table[table["minutes"].notna()].sort_values("minutes")
    groups = table.groupby(["month", "area"], observed=True)["minutes"]
    rank = -(-9 * groups.transform("size") // 10)
    found["wait"] = 60 * table[groups.cumcount() + 1 == rank].set_index(["month", "area"])["minutes"]
    return pandas_lines_of(found)


def pandas_counts(pandas, rows):
    return pandas_lines_of(rows.groupby([rows["Detained"].dt.to_period("M"), "Force"]).size().to_frame())


def pandas_repeats(pandas, rows):
    rows = rows[rows["Person"].notna()].sort_values(["Person", "Detained", "Detention ID"])
    day = rows["Detained"].dt.normalize()
    again = (rows["Person"] == rows["Person"].shift()) & (
        day - day.shift() <= pandas.Timedelta(days=365)) & (day >= pandas.Timestamp(2015, 1, 1))
    rows = rows[again]
    return pandas_lines_of(
        rows.groupby([rows["Detained"].dt.to_period("M"), "Force"])["Person"].nunique().to_frame())


def pandas_beds(pandas, rows):
    stays = rows[rows["Bed type"].isin(["Acute", "PICU"])]
    every = pandas.date_range(FIRST, END, inclusive="left")
    started = pandas.to_datetime(stays["Start date"]).value_counts().reindex(every, fill_value=0)
    ended = pandas.to_datetime(stays["End date"]).value_counts().reindex(every, fill_value=0)
    there = (started - ended).cumsum()
    table = there.groupby(there.index.to_period("M")).agg(["sum", "max"])
    return [(str(month), *map(int, numbers)) for month, numbers in zip(table.index, table.to_numpy())]


def pandas_mix(pandas, rows):
    return pandas_lines_of(
        rows.groupby([rows["Called"].dt.to_period("M"), "Method"]).size().to_frame())


def pandas_read(pandas, rows):
    return [(len(rows),)]


PANDAS = {"waits": pandas_waits, "counts": pandas_counts, "repeats": pandas_repeats,
          "beds": pandas_beds, "mix": pandas_mix, "read": pandas_read}

METHODS = {"AMB": "ambulance", "POL": "police", "HCP": "hcp_car", "PRI": "private", "NIL": "none"}

if __name__ == "__main__":
    lines = {"duckdb": duckdb_lines, "polars": polars_lines, "pandas": pandas_lines}[ENGINE]()
    with open(OUT, "w", encoding="utf-8") as file:
        for line in sorted(",".join(METHODS.get(cell, str(cell)) for cell in line) for line in lines):
            print(line, file=file)
