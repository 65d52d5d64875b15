"""What a whole process costs: `count`, `--help` and `region lookup` against `sqlite-utils query`.

`python -m benchmarks.startup` makes an environment with nothing but sqlite-utils in a temporary folder (or
takes the one beside this Python where no package index can be reached, and says so), runs every command in
turn on the same small registry and compares the least CPU time of each: wall time says more about what else
a machine does. A ratio over its budget makes the exit code 1.
"""

import os
import resource
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from benchmarks.nationwide import build

ROUNDS = 15
BUDGETS = {"count": 3.5, "help": 0.6, "lookup": 0.6}


def main() -> int:
    """Build, run, print; returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="homeregistry-bench-") as folder:
        registry = Path(folder) / "small.sqlite3"
        build(registry, 2_000, 500)
        ours = Path(sys.executable).parent / "homeregistry"
        commands = {
            "baseline": [_sqlite_utils(Path(folder)), "query", registry, "select count(*) from recognition"],
            "count": [ours, "--db", registry, "count"],
            "help": [ours, "--help"],
            "lookup": [ours, "region", "lookup", "江北区"],
        }
        least = dict.fromkeys(commands, 1e9)
        for _ in range(ROUNDS):
            for name, command in commands.items():
                least[name] = min(least[name], _cpu([str(part) for part in command]))
    late = [name for name, budget in BUDGETS.items() if least[name] > budget * least["baseline"]]
    for name, seconds in least.items():
        ratio = seconds / least["baseline"]
        print(f"{name:10} {seconds * 1000:6.0f} ms CPU   {ratio:.2f} of sqlite-utils {BUDGETS.get(name, '')}")
    for name in late:
        print(f"over budget: {name}")
    return 1 if late else 0


def _sqlite_utils(folder: Path) -> Path:
    """An installed sqlite-utils: in an environment of its own, else the one beside this Python."""
    own = folder / "own"
    venv.create(own, with_pip=True)
    programs = own / ("Scripts" if os.name == "nt" else "bin")
    made = subprocess.run(
        [str(programs / "python"), "-m", "pip", "install", "--quiet", "sqlite-utils"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode == 0:
        return programs / "sqlite-utils"
    print("no package index: measured against the sqlite-utils of this environment, which starts slower")
    return Path(sys.executable).parent / "sqlite-utils"


def _cpu(command: list[str]) -> float:
    """CPU seconds, user and system, of one whole process (`os.times` counts in steps of 10 ms)."""
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
