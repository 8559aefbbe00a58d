"""The tables of a comparison, and their place in benches/README.md."""

OURS = ("concordat", "again")
BEGIN, END = "<!-- compare: begin -->", "<!-- compare: end -->"
NAMES = {"concordat": "concordat", "again": "concordat, second run", "duckdb": "DuckDB", "polars": "polars", "pandas": "pandas"}
FORMS = {"csv": "CSV", "parquet": "Parquet"}
TITLES = {
    "waits": "share inside four hours and 90th percentile, by month and 40 areas",
    "counts": "detentions by month and 40 areas",
    "repeats": "people with another detention in the 365 days before, by month and 40 areas",
    "beds": "bed days and peak by month",
    "mix": "journeys by method and month",
    "read": "every column read, checked and typed",
}


def rows_of(line):
    """A line's rows; of placements there are a fifth as many."""
    return line["rows"] // 5 if line["question"] == "beds" else line["rows"]


def figures(of):
    """Seconds with least and most, processor seconds, peak."""
    least, most = seconds(of["least"]), seconds(of["most"])
    return f"**{seconds(of['seconds'])}** ({least}–{most}) · {of['processor']:.2f} · {of['peak']:,.0f}"


def seconds(of):
    """To the hundredth, of less than a tenth to the thousandth."""
    return f"{of:.2f}" if of >= 0.1 else f"{of:.3f}"


def line(of, engines):
    """One line of the comparison."""
    others = [of["engines"][engine]["seconds"] for engine in engines if engine not in OURS]
    ours = of["engines"].get("concordat")
    against = f"{ours['seconds'] / min(others):.2f}" if ours and others else ""
    same = f"**{', '.join(of['differ'])} differs**" if of["differ"] else "equal"
    cells = [f"{rows_of(of):,}: {TITLES[of['question']]}", FORMS[of["form"]],
             *(figures(of["engines"][engine]) if engine in of["engines"] else "" for engine in engines), against, f"{of['lines']:,} {same}"]
    return "| " + " | ".join(cells) + " |"


def compared(found):
    heads = ["question", "from", *(NAMES[engine] for engine in found["engines"]),
             "ours / fastest other", "lines of the answer"]
    yield "| " + " | ".join(heads) + " |"
    yield "|---|---|" + "--:|" * (len(heads) - 3) + "---|"
    for one in found["lines"]:
        yield line(one, found["engines"])


def sample(found):
    yield "| the sample workspace | seconds · processor · MB |"
    yield "|---|--:|"
    for one in found["sample"]:
        yield f"| {one['what']} | {figures(one)} |"


def growth(found):
    yield "| concordat, growing | rows | seconds · processor · MB | rows a second |"
    yield "|---|--:|--:|--:|"
    for one in found["growth"]:
        rate = one["rows"] / one["seconds"]
        yield f"| {one['what']} | {one['rows']:,} | {figures(one)} | {rate:,.0f} |"


def cores(found):
    yield "| concordat | one core | all cores | times as fast |"
    yield "|---|--:|--:|--:|"
    for one in found["cores"]:
        faster = one["one"]["seconds"] / one["all"]["seconds"]
        yield f"| {one['what']} | {figures(one['one'])} | {figures(one['all'])} | {faster:.2f} |"


def whole(found):
    """Every table there are figures for."""
    parts = [found["machine"] + " Cells: seconds (least–most) · processor seconds · peak MB."]
    for part, rows in [("lines", compared), ("sample", sample), ("growth", growth), ("cores", cores)]:
        if found[part]:
            parts.append("\n".join(rows(found)))
    return "\n\n".join(parts)


PICTURE = "![Seconds and peak memory by question and engine](compare.svg)"


def write(readme, found):
    """Puts the tables between the marks of the page."""
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    readme.write_text(f"{before}{BEGIN}\n{whole(found)}\n\n{PICTURE}\n{END}{after}", encoding="utf-8")
