"""Where the checkout keeps what the tests read: no test counts the folders above itself."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "homeregistry"
DOCS = ROOT / "docs"
SAMPLES = ROOT / "imports" / "samples"
LAYOUT_FOLDER = ROOT / "imports" / "layouts"
