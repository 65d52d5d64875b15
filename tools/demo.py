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

from homeregistry.i18n import default_language

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "imports" / "samples"
BUILD = ROOT / "build"
DATABASE = BUILD / "demo.sqlite3"
TALLY = BUILD / "tally-2020.xlsx"
NOT_A_SAMPLE = {"expected.json", "sample.toml", "README.md"}
WAITING = 3
CHINESE = {
    "A new registry": "新建登记库",
    "Sample": "样例",
    "What came in": "已导入的批次",
    "Recognitions by province, on the map of the day of each award": "按省统计（各次授予时的区划）",
    "Chongqing by district, on today's map": "重庆市按区县统计（今天的区划）",
    "The same, awards of 2024 only": "同上，仅 2024 年",
    "Declared against recorded, declared against declared": "公布数与登记数核对，公布数相互核对",
    "The auditors' workbook for 2020": "2020 年度审计统计表",
    "Nothing was altered": "没有任何改动",
    "To go on with this registry": "继续使用这个登记库",
}
"""The headings in the other language; the commands speak it by themselves."""


def main() -> None:
    BUILD.mkdir(exist_ok=True)
    for path in BUILD.glob("demo.sqlite3*"):
        path.unlink()
    TALLY.unlink(missing_ok=True)
    heading("A new registry")
    run("init")
    for folder in sorted(path for path in SAMPLES.iterdir() if path.is_dir()):
        heading("Sample", folder.name)
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
    run("reconcile", "--region", "重庆市")
    heading("The auditors' workbook for 2020")
    run("export", "tally", "--year", "2020", str(TALLY.relative_to(ROOT)))
    heading("Nothing was altered")
    run("verify")
    heading("To go on with this registry")
    program = Path(sys.executable).with_name("homeregistry").relative_to(ROOT)
    print(f"$ {program} --db {DATABASE.relative_to(ROOT)} find 小学")


def import_command(folder: Path) -> list[str]:
    """The command that takes in a sample: a list, or a report where its golden result is of figures."""
    golden = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    options = folder / "sample.toml"
    given = tomllib.loads(options.read_text(encoding="utf-8")).get("args", []) if options.exists() else []
    files = [path for path in sorted(folder.iterdir()) if path.name not in NOT_A_SAMPLE]
    command = ["report", "import"] if "figures" in golden else ["import", "--yes"]
    return [*command, *given, *(str(path.relative_to(ROOT)) for path in files)]


def heading(text: str, name: str = "") -> None:
    language = os.environ.get("HOMEREGISTRY_LANG") or default_language()
    spoken = CHINESE[text] if language == "zh" else text
    print(f"\n== {spoken} {name}".rstrip(), flush=True)


def run(*arguments: str) -> None:
    """Run one command line; stop the demo where it is refused."""
    print(f"$ homeregistry {shlex.join(arguments)}", flush=True)
    environment = {**os.environ, "HOMEREGISTRY_DB": str(DATABASE)}
    done = subprocess.run([sys.executable, "-m", "homeregistry", *arguments], cwd=ROOT, env=environment)
    if done.returncode not in (0, WAITING):
        sys.exit(f"homeregistry {arguments[0]} ended with {done.returncode}")


if __name__ == "__main__":
    main()
