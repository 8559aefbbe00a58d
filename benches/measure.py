#!/usr/bin/env python3
"""Times the release program on the sample workspace and on a feed of 1,000,000 responses.

    cargo build --release && python3 benches/measure.py [--rows N] [--runs N]

Whole processes, several runs after a warm-up; the median is printed, with peak memory from the
operating system. The large feed is synthetic, made here from a fixed seed, as CSV and, where
Python's pyarrow is installed, as Parquet. The table goes into benches/README.md by hand.
"""

import argparse
import csv
import datetime
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = TARGET / "release" / "concordat"
HEADINGS = ["Response ID", "Area", "Incident", "Priority", "Called", "On scene"]


def timed(arguments):
    """Seconds and peak MB of one run of the program."""
    started = time.perf_counter()
    process = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"failed: {' '.join(map(str, arguments))}")
    return seconds, usage.ru_maxrss / 1024


def measure(name, runs, rows, arguments):
    """One line of the table."""
    timed(arguments)
    results = [timed(arguments) for _ in range(runs)]
    seconds = statistics.median(second for second, _ in results)
    least, most = min(results)[0], max(results)[0]
    memory = max(megabytes for _, megabytes in results)
    rate = f"{rows / seconds:,.0f}" if rows else ""
    print(f"| {name} | {seconds:.2f} ({least:.2f}–{most:.2f}) | {memory:.0f} | {rate} |")


def responses(path, rows):
    """Seeded synthetic responses over 63 months and five areas."""
    random.seed(136)
    areas = ["derbyshire", "hertfordshire", "nottinghamshire", "cambridgeshire", "oxfordshire"]
    incidents = ["s136", "crisis_team", "ed_liaison", "amhp"]
    start = datetime.datetime(2014, 1, 1)
    minutes = int((datetime.datetime(2019, 4, 1) - start).total_seconds() // 60)
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for row in range(rows):
            called = start + datetime.timedelta(minutes=random.randrange(minutes))
            on_scene = called + datetime.timedelta(minutes=1 + int(random.expovariate(1 / 90)))
            writer.writerow([
                f"SYN-{row:08d}", random.choice(areas), random.choice(incidents), "urgent",
                called.strftime("%d/%m/%Y %H:%M"), on_scene.strftime("%d/%m/%Y %H:%M"),
            ])


def workspace(folder, keep):
    """A copy of the repository's definitions with one delivered file of responses."""
    for name in ["indicators", "reports"]:
        shutil.copytree(ROOT / name, folder / name)
    for contract in sorted((ROOT / "data").glob("*/feed.toml")):
        target = folder / "data" / contract.parent.name
        target.mkdir(parents=True)
        shutil.copy(contract, target)
    shutil.copy(keep, folder / "data" / "responses" / keep.name)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=5)
    options = options.parse_args()
    print("| what | seconds, median (least–most) | peak MB | rows a second |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary)
        out = ["--out", temporary / "out", "--quiet"]
        measure("start (`--version`)", options.runs, 0, ["--version"])
        measure("`check` of the sample workspace", options.runs, 0, ["check", "-w", ROOT])
        measure("`run --plan derbyshire`, sample workspace", options.runs, 0,
                ["run", "-w", ROOT, "--plan", "derbyshire", *out])
        responses(temporary / "responses.csv", options.rows)
        kinds = [temporary / "responses.csv"]
        try:
            import pyarrow.csv
            import pyarrow.parquet
            text = {name: "string" for name in HEADINGS}
            table = pyarrow.csv.read_csv(
                kinds[0], convert_options=pyarrow.csv.ConvertOptions(column_types=text))
            pyarrow.parquet.write_table(table, temporary / "responses.parquet")
            kinds.append(temporary / "responses.parquet")
        except ImportError:
            print("skipped: Parquet needs Python's pyarrow (pip install pyarrow)", file=sys.stderr)
        for file in kinds:
            folder = temporary / file.suffix[1:]
            workspace(folder, file)
            measure(f"`run`, {options.rows:,} responses from {file.suffix[1:].upper()}", options.runs,
                    options.rows, ["run", "-w", folder, "--plan", "derbyshire", *out])


if __name__ == "__main__":
    main()
