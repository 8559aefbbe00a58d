"""Draws a comparison, given as JSON: python plot.py FILE.svg < found.json"""

import json
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({
    "svg.fonttype": "none", "svg.hashsalt": "compare", "font.family": "sans-serif", "font.size": 9})
from matplotlib import pyplot  # noqa: E402  (after the backend is chosen)

SHORT = {"waits": "share and 90th percentile", "counts": "monthly counts", "repeats": "repeats in 365 days",
         "beds": "bed days and peak", "mix": "mix by method", "read": "read and type"}
MARKS = {"concordat": ("o", "#005eb8"), "again": ("P", "#41b6e6"), "duckdb": ("s", "#b8860b"), "polars": ("^", "#7c2855"),
         "pandas": ("D", "#768692")}


def panel(axes, found, figure, title):
    """One figure of every line, on a scale on which twice as much is as far everywhere."""
    for engine in found["engines"]:
        mark, colour = MARKS[engine]
        values = [line["engines"].get(engine, {}).get(figure) for line in found["lines"]]
        name = "concordat, second run" if engine == "again" else engine
        axes.plot(values, range(len(values)), mark, color=colour, label=name, markersize=6)
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_title(title, loc="left")
    axes.grid(axis="both", color="#dddddd")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def main():
    found = json.load(sys.stdin)
    names = [f"{SHORT[line['question']]}, {line['form']}" for line in found["lines"]]
    figure, (left, right) = pyplot.subplots(
        1, 2, sharey=True, figsize=(9, 0.6 + 0.32 * len(names)), layout="constrained")
    panel(left, found, "seconds", "seconds")
    panel(right, found, "peak", "peak memory, MB")
    left.set_yticks(range(len(names)), names)
    left.invert_yaxis()
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=5, frameon=False)
    figure.savefig(sys.argv[1], metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
