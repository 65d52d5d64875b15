"""How a recipient is named to people: with the unit or parent union that tells it from its namesakes."""

from collections.abc import Iterable

from homeregistry.i18n import sentence


def full_name(name: str, belongs: Iterable[str | None]) -> str:
    """`李明 (万州区教育工会)`: a name with what it belongs to, as far as the name itself does not say it."""
    told = [part for part in belongs if part and part not in name]
    return sentence("{name} ({unit})", {"name": name, "unit": " ".join(told)}) if told else name
