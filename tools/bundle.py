"""Everything to install the registry on a machine without internet, in one folder.

Wheels of the program and of all it needs, `lock.txt` with exact versions and digests and no address, and
the one command that installs from the folder alone. Made for the platform and Python it is made on.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
INSTALL = """\
Install on a machine without internet (same platform and Python {version} as this bundle was made on):

    python3 -m venv homeregistry
    homeregistry/bin/python -m pip install --no-index --find-links . --require-hashes -r lock.txt
    homeregistry/bin/homeregistry init

On Windows the programs stand in homeregistry\\Scripts instead of homeregistry/bin.
"""


def main(target: Path) -> None:
    """Fill the folder; wheels from an earlier run are taken away first."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.whl"):
        old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        pip("wheel", "--quiet", "--no-deps", "--wheel-dir", scratch, "--no-build-isolation", str(ROOT))
        (wheel,) = Path(scratch).glob("homeregistry-*.whl")
        pip(
            "download", "--quiet", "--only-binary", ":all:", "--dest", str(target),
            "--constraint", str(ROOT / "constraints.txt"), str(wheel),
        )  # fmt: skip
        wheel.replace(target / wheel.name)
    lines = [lock_line(path) for path in sorted(target.glob("*.whl"))]
    (target / "lock.txt").write_text("".join(lines), encoding="utf-8")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    (target / "INSTALL.txt").write_text(INSTALL.format(version=version), encoding="utf-8")
    print(f"{len(lines)} wheels in {target}")


def lock_line(wheel: Path) -> str:
    """`name==version --hash=sha256:…` of a wheel file."""
    name, version = wheel.name.split("-")[:2]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name.replace('_', '-').lower()}=={version} --hash=sha256:{digest}\n"


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", *arguments], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist/bundle"))
