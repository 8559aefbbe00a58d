#!/usr/bin/env python3
"""Times concordat beside DuckDB, polars and pandas on the same files, and compares what they answer.

    cargo build --release && python3 benches/compare.py --write
    python3 benches/compare.py --quick                     # 200,000 rows, one run: does it work?
    python3 benches/compare.py --only repeats --engines concordat,duckdb --runs 3

Makes a virtual environment with the pinned packages and the data (comparing/data.py), both kept in
the folder --data. Every figure is of a whole process: in each round every engine runs once, in turn;
the first round warms up (pandas is timed in one more only, and what has more than ten million rows
runs once). Wall time is the median of the others, processor time that of the same run,
peak memory the most of all, as the operating system reports them. Answers must be equal to the last
whole number, or the line says who differs. The script itself stays small, because a process inherits
the peak of the one that starts it.

Parts: waits, counts, repeats, beds, mix, read (comparing/others.py says what each asks); sample (the
repository's own workspace), growth (more rows), cores (one against two).
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from comparing import table, workspaces

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PACKAGES = ["duckdb==2.0.1", "polars==2.1.0", "pandas==3.1.1", "pyarrow==26.0.1", "numpy==2.4.6",
            "matplotlib==3.11.2"]
SLOW = {"pandas"}  # timed once, whatever the number of runs
LARGE = 10_000_000  # of more rows a figure is of one run, without a warm-up
OURS = ("concordat", "again")  # reading what was delivered, and from the cache of the run before
ENGINES = [*OURS, "duckdb", "polars", "pandas"]
FEEDS = {"waits": "responses", "counts": "s136", "repeats": "s136", "beds": "placements",
         "mix": "conveyance", "read": "responses"}
PARTS = [*FEEDS, "sample", "growth", "cores"]


class Bench:
    """Where everything is, and how often it is run."""

    def __init__(self, options):
        self.program = options.program.resolve()
        self.data = options.data.resolve()
        self.runs = options.runs
        self.python = self.data / "venv" / "bin" / "python"
        self.scratch = Path(tempfile.mkdtemp(prefix="compare-"))
        self.caches = {}  # by command: what is forgotten before each run

    def prepare(self):
        """The virtual environment."""
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", self.data / "venv"], check=True)
        install = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *PACKAGES], check=True)

    def files(self, question, form, rows):
        """A question's files and workspace, made where they are not there."""
        feed = FEEDS[question]
        of_feed = rows // 5 if feed == "placements" else rows
        make = [self.python, BENCHES / "comparing" / "data.py", self.data, str(of_feed), feed]
        subprocess.run(make, check=True)
        files = sorted((self.data / str(of_feed) / feed).glob(f"*.{form}"))
        workspace = self.data / f"{rows}-workspaces" / f"{feed}-{form}"
        workspaces.write(workspace, feed, form, files)
        return files, workspace

    def command(self, engine, question, form, rows):
        """How an engine is asked, and how its answer is read afterwards."""
        files, workspace = self.files(question, form, rows)
        out = self.scratch / f"{engine}-{question}-{form}"
        if engine in OURS:
            command = [self.program, *workspaces.ask(workspace, question, out)]
            if engine == "concordat":
                self.caches[tuple(command)] = workspace / ".cache"
            return command, out
        script = BENCHES / "comparing" / "others.py"
        return [self.python, script, engine, question, form, out, *files], out

    def timed(self, command):
        """Seconds, processor seconds and peak MB of one process, and what it printed."""
        with open(self.scratch / "stdout", "w+b") as printed:
            started = time.perf_counter()
            process = subprocess.Popen(command, stdout=printed)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
            printed.seek(0)
            said = printed.read().decode()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise RuntimeError(f"failed ({process.returncode}): {' '.join(map(str, command))}")
        return (seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), said

    def in_turn(self, commands, once=False):
        """Figures of each command by name, and what each printed in the first round."""
        runs, said = {name: [] for name in commands}, {}
        for turn in range(1, 2) if once else range(self.runs + 1):
            for name, command in commands.items():
                if turn > 1 and name in SLOW:
                    continue
                if cache := self.caches.get(tuple(command)):
                    shutil.rmtree(cache, ignore_errors=True)
                figures, printed = self.timed(command)
                said.setdefault(name, printed)
                if turn > 0:
                    runs[name].append(figures)
        return {name: summary(figures) for name, figures in runs.items()}, said

    def line(self, question, form, rows, engines):
        """One line of the comparison: the engines' figures, and those that answer something else."""
        engines = [one for one in engines if question != "read" or one != "again"]
        asked = {engine: self.command(engine, question, form, rows) for engine in engines}
        figures, said = self.in_turn({engine: command for engine, (command, _) in asked.items()})
        answers = {}
        for engine, (_, out) in asked.items():
            if engine not in OURS:
                answers[engine] = out.read_text().splitlines()
            elif question == "read":
                answers[engine] = [workspaces.rows_used(said[engine])]
            else:
                answers[engine] = workspaces.answers(out, question)
        expected = answers.get("duckdb", answers[engines[0]])
        differ = [engine for engine in engines if answers[engine] != expected]
        return {"question": question, "form": form, "rows": rows, "engines": figures,
                "lines": len(expected), "differ": differ}

    def alone(self, name, command, once=False):
        """A figure of concordat alone."""
        figures, _ = self.in_turn({name: command}, once)
        return {"what": name, **figures[name]}


def summary(runs):
    """The median by wall time with its processor time, least and most, and the peak of all."""
    runs = sorted(runs)
    seconds, processor, _ = runs[(len(runs) - 1) // 2]
    return {"seconds": statistics.median(run[0] for run in runs) if len(runs) % 2 else seconds,
            "least": runs[0][0], "most": runs[-1][0], "processor": processor,
            "peak": max(run[2] for run in runs)}


def lines(bench, asked, rows, engines):
    for question in asked:
        for form in ["csv"] if question == "read" else ["csv", "parquet"]:
            line = bench.line(question, form, rows, engines)
            print(table.line(line, engines), flush=True)
            yield line


def sample(bench):
    """The repository's own workspace."""
    out = ["--out", str(bench.scratch / "sample"), "--quiet"]
    yield bench.alone("start (`--version`)", [bench.program, "--version"])
    yield bench.alone("`check` of the sample workspace", [bench.program, "check", "-w", ROOT])
    yield bench.alone("`run --plan derbyshire`, sample workspace",
                      [bench.program, "run", "-w", ROOT, "--plan", "derbyshire", *out])
    yield bench.alone("`run` of all five plans, sample workspace",
                      [bench.program, "run", "-w", ROOT, *out])


def growth(bench, sizes):
    for question in ["waits", "read"]:
        for form in ["csv"] if question == "read" else ["csv", "parquet"]:
            for rows in sizes:
                command, _ = bench.command("concordat", question, form, rows)
                name = f"{table.TITLES[question]}, {table.FORMS[form]}"
                figures = bench.alone(name, command, once=rows > LARGE)
                yield {**figures, "rows": rows}


def cores(bench, rows):
    for question in ["waits", "read"]:
        for form in ["csv"] if question == "read" else ["csv", "parquet"]:
            command, _ = bench.command("concordat", question, form, rows)
            one = ["taskset", "-c", "0", *command]
            bench.caches[tuple(one)] = bench.caches[tuple(command)]
            figures, _ = bench.in_turn({"one": one, "all": command})
            yield {"what": f"{table.TITLES[question]}, {table.FORMS[form]}", **figures}


def machine(bench, options):
    """What the figures were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = subprocess.run([bench.program, "--version"], capture_output=True, text=True, check=True)
    packages = ", ".join(package.replace("==", " ") for package in PACKAGES[:4])
    runs = f"{options.runs} runs" if options.runs > 1 else "one run"
    return (f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}; {version.stdout.strip()}, "
            f"{packages}, Python {platform.python_version()}; {runs} after a warm-up, of pandas one, and of "
            f"more than {LARGE:,} rows one without.")


def arguments():
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    count = lambda text: int(text.replace("_", "").replace(",", ""))
    options.add_argument("--rows", type=count, default=10_000_000)
    options.add_argument("--growth", type=count, nargs="*", metavar="ROWS",
                         default=[1_000_000, 10_000_000, 100_000_000])
    options.add_argument("--runs", type=count, default=5)
    options.add_argument("--only", action="append", choices=PARTS, metavar="PART")
    options.add_argument("--engines", default=",".join(ENGINES))
    options.add_argument("--program", type=Path, default=TARGET / "release" / "concordat")
    options.add_argument("--data", type=Path, default=TARGET / "compare")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--write", action="store_true", help="into benches/README.md and compare.svg")
    options = options.parse_args()
    if options.quick:
        options.rows, options.runs, options.growth = 200_000, 1, [100_000, 200_000]
    options.engines = options.engines.split(",")
    if unknown := set(options.engines) - set(ENGINES):
        sys.exit(f"no such engine: {', '.join(sorted(unknown))}")
    return options


def main():
    options = arguments()
    bench = Bench(options)
    parts = options.only or PARTS
    try:
        bench.prepare()
        found = {"machine": machine(bench, options), "engines": options.engines}
        print(found["machine"], flush=True)
        asked = [part for part in parts if part in FEEDS]
        found["lines"] = list(lines(bench, asked, options.rows, options.engines))
        for part, figures in {"sample": lambda: sample(bench),
                              "growth": lambda: growth(bench, options.growth),
                              "cores": lambda: cores(bench, options.rows)}.items():
            found[part] = list(figures()) if part in parts else []
    finally:
        shutil.rmtree(bench.scratch, ignore_errors=True)
    print(table.whole(found))
    if options.write:
        table.write(BENCHES / "README.md", found)
        subprocess.run([bench.python, BENCHES / "comparing" / "plot.py", BENCHES / "compare.svg"],
                       input=json.dumps(found).encode(), check=True)
    if any(line["differ"] for line in found["lines"]):
        sys.exit("the engines do not answer alike")


if __name__ == "__main__":
    main()
