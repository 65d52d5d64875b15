"""What `make demo` shows: the samples come in, the counts come out, declared stands beside recorded.

Every step is a command that anybody could type; it is printed before its output. Exit 3 means that
something waits for a person, which is what some samples are there to show.
"""

import json
import os
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "imports" / "samples"
BUILD = ROOT / "build"
DATABASE = BUILD / "demo.sqlite3"
TALLY = BUILD / "tally-2020.xlsx"
NOT_A_SAMPLE = {"expected.json", "sample.toml", "README.md"}
WAITING = 3


def main() -> None:
    BUILD.mkdir(exist_ok=True)
    for path in BUILD.glob("demo.sqlite3*"):
        path.unlink()
    TALLY.unlink(missing_ok=True)
    heading("A new registry")
    run("init")
    for folder in sorted(path for path in SAMPLES.iterdir() if path.is_dir()):
        heading(f"Sample {folder.name}")
        run(*import_command(folder))
    heading("What came in")
    run("batch", "list")
    heading("Recognitions by province, on the map of the day of each award")
    run("count", "--by", "province")
    heading("Chongqing by district, on today's map")
    run("count", "--by", "county", "--region", "重庆市", "--boundaries", "today")
    heading("The same, awards of 2024 only")
    run("count", "--by", "county", "--region", "重庆市", "--year", "2024", "--boundaries", "today")
    heading("Declared against recorded, declared against declared")
    run("reconcile")
    heading("The auditors' workbook for 2020")
    run("export", "tally", "--year", "2020", str(TALLY.relative_to(ROOT)))
    heading("Nothing was altered")
    run("verify")


def import_command(folder: Path) -> list[str]:
    """The command that takes in a sample: a list, or a report where its golden result is of figures."""
    golden = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    options = folder / "sample.toml"
    given = tomllib.loads(options.read_text(encoding="utf-8")).get("args", []) if options.exists() else []
    files = [path for path in sorted(folder.iterdir()) if path.name not in NOT_A_SAMPLE]
    command = ["report", "import"] if "figures" in golden else ["import", "--yes"]
    return [*command, *given, *(str(path.relative_to(ROOT)) for path in files)]


def heading(text: str) -> None:
    print(f"\n== {text}", flush=True)


def run(*arguments: str) -> None:
    """Run one command line; stop the demo where it is refused."""
    print(f"$ homeregistry {shlex.join(arguments)}", flush=True)
    environment = {**os.environ, "HOMEREGISTRY_DB": str(DATABASE)}
    done = subprocess.run([sys.executable, "-m", "homeregistry", *arguments], cwd=ROOT, env=environment)
    if done.returncode not in (0, WAITING):
        sys.exit(f"homeregistry {arguments[0]} ended with {done.returncode}")


if __name__ == "__main__":
    main()
