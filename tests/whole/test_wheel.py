"""The program works where only its wheel is: away from the checkout, with what the wheel carries."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from places import LAYOUT_FOLDER, ROOT, SAMPLES

SAMPLE = SAMPLES / "zhanjiang-2010" / "zhanjiang-2010.xlsx"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network by the build backend that is installed."""
    out = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        capture_output=True, text=True,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (path,) = out.glob("homeregistry-*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the installed program in an environment of its own, in a folder outside the checkout.

    Its dependencies are those of the environment the tests run in, named in a .pth file behind its own
    packages: the wheel's copy is found first, and the checkout is on no path.
    """
    folder = tmp_path_factory.mktemp("away")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    binaries = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    own = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-index",
            "--no-deps",
            "--target",
            own,
            wheel,
        ],
        check=True,
    )
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    environment = {
        name: value for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "HOMEREGISTRY", "COV"))
    }  # fmt: skip
    environment |= {"HOMEREGISTRY_DB": str(folder / "registry.sqlite3"), "HOMEREGISTRY_LANG": "en"}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [binaries / "python", "-m", "homeregistry", *arguments]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
        )

    where = subprocess.run(
        [binaries / "python", "-c", "import homeregistry; print(homeregistry.__file__)"],
        cwd=folder, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(own), where
    return run


def test_the_wheel_carries_what_the_program_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    checkout = {
        *(f"homeregistry/{path.relative_to(ROOT)}" for path in (ROOT / "migrations").rglob("*.py")),
        "homeregistry/migrations/script.py.mako",
        *(f"homeregistry/data/layouts/{path.name}" for path in LAYOUT_FOLDER.glob("*.toml")),
        *(
            path.relative_to(ROOT / "src").as_posix()
            for path in (ROOT / "src").rglob("*")
            if path.suffix in {".py", ".csv", ".mo", ".toml"} and "__pycache__" not in path.parts
        ),
    }
    assert checkout <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests", "tools"))]


def test_it_initialises_looks_up_imports_counts_and_verifies(installed: Run) -> None:
    for arguments, expected in (
        (("init",), "Initialised"),
        (("region", "lookup", "江北区"), "500105"),
        (("import", "--yes", str(SAMPLE)), "Recorded: 11 "),
        (("count", "--by", "kind", "--format", "csv"), "model_home"),
        (("verify",), "Nothing was altered"),
    ):
        done = installed(*arguments)
        assert done.returncode in (0, 3), (arguments, done.stderr)
        assert expected in done.stdout + done.stderr, (arguments, done.stdout, done.stderr)


def test_its_help_is_there(installed: Run) -> None:
    done = installed("--help")
    assert done.returncode == 0
    assert "verify" in done.stdout


@pytest.mark.soak
def test_the_bundle_installs_from_its_own_folder_alone(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    subprocess.run([sys.executable, ROOT / "tools" / "bundle.py", bundle], check=True)
    lock = (bundle / "lock.txt").read_text(encoding="utf-8")
    assert "homeregistry==" in lock
    assert "://" not in lock
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    binaries = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))
    }
    environment |= {"PIP_CONFIG_FILE": os.devnull, "HOMEREGISTRY_DB": str(tmp_path / "r.sqlite3")}
    subprocess.run(
        [binaries / "python", "-m", "pip", "install", "--quiet", "--no-index", "--find-links", ".",
         "--require-hashes", "-r", "lock.txt"],
        cwd=bundle, env=environment, check=True,
    )  # fmt: skip
    for arguments in (["init"], ["import", "--yes", str(SAMPLE)], ["verify"]):
        done = subprocess.run([binaries / "homeregistry", *arguments], cwd=tmp_path, env=environment)
        assert done.returncode in (0, 3)
