"""Folders the program reads beside the registry: packaged layouts, and an officer's own."""

from importlib.resources import files
from pathlib import Path

from homeregistry.errors import UsageMistake
from homeregistry.layouts import Layout, load_layouts


def packaged_layouts() -> Path:
    """The layouts that ship: in the checkout, else beside the installed package."""
    package = Path(str(files("homeregistry")))
    checkout = package.parent.parent / "imports" / "layouts"
    return checkout if checkout.is_dir() else package / "data" / "layouts"


def user_layouts() -> Path:
    """Where a user puts layouts of her own."""
    from platformdirs import user_data_path

    return user_data_path("homeregistry") / "layouts"


def all_layouts(wanted: str | None = None) -> tuple[Layout, ...]:
    """Every layout, or the one that `--layout` names. Raises UsageMistake for an unknown name."""
    found = load_layouts([folder for folder in (packaged_layouts(), user_layouts()) if folder.is_dir()])
    if wanted is None:
        return found
    chosen = tuple(layout for layout in found if layout.name == wanted)
    if not chosen:
        raise UsageMistake(
            "unknown_layout", "There is no layout “{value}”; there are: {known}.",
            value=wanted, known=", ".join(layout.name for layout in found),
        )  # fmt: skip
    return chosen
