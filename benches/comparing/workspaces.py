"""Small workspaces that ask concordat the questions, one a feed and format, and its answers.

The script that times imports this: it must stay small, so nothing but Python's own library."""

import csv
import os
import re
import shutil

AREAS = [f"A{area:02}" for area in range(1, 41)]
AS_AT = "2018-12"

TIME = 'type = "time", format = "%d/%m/%Y %H:%M"'
ISO = 'type = "time", format = "%Y-%m-%d %H:%M"'
DATE = 'type = "date", format = "%d/%m/%Y"'
AGE = 'age = { type = "integer", heading = "Age", range = [0, 120] }'
PERSON = 'person = { type = "text", heading = "Person" }'
FLAG = 'type = "flag", yes = ["Y", "Yes", "1"], no = ["N", "No", "0"]'


def contract(title, rows, key, event_time, area, columns, *checks):
    """A feed's contract, as those of the sample are, with checks that set rows aside."""
    lines = [
        f'title = "{title}"', "synthetic = true", 'files = ["*.csv", "*.parquet"]', f'rows = "{rows}"',
        f'key = ["{key}"]', f'event_time = "{event_time}"', f'area = "{area}"',
        'missing = { "" = "missing", "NK" = "missing", "n/a" = "not applicable" }', "[columns]",
        *columns,
    ]
    for fails, then, why in checks:
        lines += ["[[check]]", f'fails = "{fails}"', f'then = "{then}"', f'why = "{why}"']
    return "\n".join(lines) + "\n"


CONTRACTS = {
    "responses": contract(
        "Responses to people in crisis", "events", "response", "called", "area", [
            'response = { type = "text", heading = ["Response", "Response ID"], required = true }',
            'area = { type = "area", kind = "local authority", heading = ["Area", "County"] }',
            'incident = { type = "code", heading = ["Incident", "Service"], codes = '
            '{ s136 = ["136", "s136"], crisis_team = ["CRHT", "Crisis team"], '
            'ed_liaison = ["LIA", "ED liaison"], amhp = ["AMHP", "AMHP request"] } }',
            'priority = { type = "code", heading = "Priority", codes = { very_urgent = '
            '["VU", "Very urgent"], urgent = ["U", "Urgent"], routine = ["R", "Routine"] } }',
            PERSON, AGE,
            f'called = {{ {TIME}, heading = ["Called", "Referred"], required = true }}',
            f'on_scene = {{ {TIME}, heading = ["On scene", "Seen"], empty = "not ended" }}',
        ],
        ("on_scene < called", "quarantine", "on scene before the call"),
        ("on_scene - called > INTERVAL '168' HOUR", "warn", "longer than 7 days: look at the dates"),
    ),
    "s136": contract(
        "Section 135 and 136 detentions", "events", "detention", "detained", "force", [
            'detention = { type = "text", heading = ["Detention ID", "s136 ref"], required = true }',
            'force = { type = "area", kind = "police force", heading = ["Force", "Police force"] }',
            PERSON,
            'power = { type = "code", heading = "Power", codes = '
            '{ s136 = ["136", "s.136"], s135_1 = ["135(1)", "s.135(1)"] } }',
            f'detained = {{ {ISO}, heading = ["Detained at", "Detained"], required = true }}',
            f'arrived = {{ {ISO}, heading = "Arrived PoS" }}',
            'place = { type = "code", heading = ["Place of safety", "PoS"], codes = { hospital = '
            '["HBPOS", "Suite"], ed = ["A&E", "ED"], cell = ["Custody"], other = ["Other"] } }',
            AGE,
        ],
        ("arrived < detained", "quarantine", "arrived before being detained"),
        ("place = 'cell' AND age IS NULL", "warn", "police cell and no age"),
    ),
    "conveyance": contract(
        "Ambulance and other conveyance", "events", "journey", "called", "county", [
            'journey = { type = "text", heading = ["Journey", "Journey ID"], required = true }',
            'county = { type = "area", kind = "local authority", heading = ["County", "Area"] }',
            f'primary_mh = {{ {FLAG}, heading = ["Primary MH", "MH primary"] }}',
            f'called = {{ {TIME}, heading = ["Called", "Call time"], required = true }}',
            f'left_scene = {{ {TIME}, heading = "Left scene" }}',
            'method = { type = "code", heading = "Method", codes = { ambulance = ["AMB", "Ambulance"], '
            'police = ["POL", "Police"], hcp_car = ["HCP"], private = ["PRI"], none = ["NIL"] } }',
            'destination = { type = "code", heading = "Destination", codes = { acute = ["ED", "Acute"], '
            'place_of_safety = ["POS"], community = ["COM"], home = ["HOM"], other = ["OTH"] } }',
            f's136 = {{ {FLAG}, heading = "s136" }}',
        ],
        ("left_scene < called", "quarantine", "left the scene before the call"),
    ),
    "placements": contract(
        "Out-of-area placements", "stays", "placement", "started", "sender", [
            'placement = { type = "text", heading = ["Placement", "Placement ID"], required = true }',
            PERSON,
            'sender = { type = "area", kind = "trust", heading = ["Sending provider", "Sender"] }',
            'bed_type = { type = "code", heading = "Bed type", codes = { acute = ["Acute"], '
            'picu = ["PICU"], older = ["Older adult", "Older"], other = ["Other"] } }',
            'reason = { type = "code", heading = "Reason", codes = { no_bed = ["10"], '
            'safeguarding = ["11"], choice = ["14"], away_from_home = ["15"] } }',
            f'started = {{ {DATE}, heading = ["Start date", "Started"], required = true }}',
            f'ended = {{ {DATE}, heading = ["End date", "Ended"] }}',
            AGE,
        ],
        ("ended < started", "quarantine", "ended before it started"),
    ),
}
KINDS = {"responses": "local authority", "conveyance": "local authority", "s136": "police force",
         "placements": "trust"}

# of each question: its feed, its measures, and what the plan asks of each
STAYS = "where = \"bed_type IN ('acute', 'picu')\"\nfrom = \"started\"\nto = \"ended\""
ASKED = {
    "waits": ("responses", 'split = ["area"]', {
        "inside": 'kind = "within"\nfrom = "called"\nto = "on_scene"\nlimit = [{ hours = 4 }]',
        "wait": 'kind = "quantile"\nfrom = "called"\nto = "on_scene"\nat = 0.9',
    }),
    "counts": ("s136", 'split = ["force"]', {"detentions": 'kind = "count"'}),
    "repeats": ("s136", 'split = ["force"]', {
        "again": 'kind = "distinct"\nof = "person"\nwhere = "prior(person, INTERVAL \'365\' DAY)"',
    }),
    "beds": ("placements", "", {
        "days": f'kind = "bed-days"\nconvention = "mhsds"\n{STAYS}',
        "most": f'kind = "peak"\n{STAYS}',
    }),
    "mix": ("conveyance", 'split = ["method"]', {"journeys": 'kind = "count"\nsplit_shares = true'}),
}


def write(folder, feed, form, files):
    """The workspace of a feed's files in one format, which are linked and not copied."""
    shutil.rmtree(folder, ignore_errors=True)
    texts = {
        f"data/{feed}/feed.toml": CONTRACTS[feed],
        "reports/monthly.toml": 'title = "Bench"\nreader = "nobody"\nprofile = "internal"\n',
        "indicators/areas/areas.csv": "code,name,kind\nbench,Bench,plan\n"
        + "".join(f"{area},Area {area},{KINDS[feed]}\n" for area in AREAS),
        "indicators/areas/area_links.csv": "area,part_of,from,to\n"
        + "".join(f"{area},bench,,\n" for area in AREAS),
        "indicators/areas/area_names.csv": "spelling,kind,code\n",
    }
    measures = ""
    for plan, (of, split, asked) in ASKED.items():
        if of != feed:
            continue
        rows = '[plan]\ntitle = "Bench"\narea = "bench"\n'
        for measure, how in asked.items():
            measures += f'[{measure}]\ntitle = "{measure}"\nfeed = "{feed}"\n{how}\nsource = "bench"\n'
            rows += f'[{measure}]\nref = "1"\nmeasure = "{measure}"\ntarget = "monitor"\n{split}\n'
        texts[f"indicators/plans/{plan}.toml"] = rows
    texts["indicators/measures/bench.toml"] = measures
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for file in files:
        os.link(file, folder / "data" / feed / file.name)


def ask(folder, question, out):
    """The arguments with which concordat answers a question."""
    if question == "read":
        return ["check", "-w", str(folder)]
    return ["run", "-w", str(folder), "--plan", question, "--as-at", AS_AT, "--out", str(out),
            "--format", "csv", "--quiet"]


def answers(out, question):
    """What it answered, in the words of `others.py`: lines of a month, an area or code, whole numbers.

    A count of none is left out: the others have no line for it.
    """
    found = {}
    with open(out / question / AS_AT / "monthly" / "data" / "values.csv", newline="") as file:
        for row in csv.DictReader(file):
            part = row["split"].partition("=")[2]
            if row["status"] != "missing" and bool(part) == (question != "beds"):
                key = (row["period_start"][:7], *([part] if part else []))
                found.setdefault(key, {})[row["measure"]] = row
    lines = [(*key, *TAKEN[question](rows)) for key, rows in found.items()]
    return sorted(",".join(map(str, line)) for line in lines if set(line[-1:]) != {0})


def rows_used(printed):
    """How many rows `check` says it used."""
    return re.search(r"(\d+) used", printed)[1]


def whole(row, column):
    """A cell that holds a whole number."""
    number = float(row[column])
    if number != int(number):
        raise ValueError(f"{column} is not a whole number: {row}")
    return int(number)


TAKEN = {
    "waits": lambda rows: (whole(rows["inside"], "numerator"), whole(rows["inside"], "denominator"),
                           whole(rows["wait"], "value")),
    "counts": lambda rows: (whole(rows["detentions"], "value"),),
    "repeats": lambda rows: (whole(rows["again"], "value"),),
    "beds": lambda rows: (whole(rows["days"], "numerator"), whole(rows["most"], "value")),
    "mix": lambda rows: (whole(rows["journeys"], "numerator"),),
}
