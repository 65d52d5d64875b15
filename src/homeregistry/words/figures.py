"""A declared figure in the words people read: title, tier, measure, period, place in its file."""

from collections.abc import Mapping
from typing import Any, Final

from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.stated_years import years_said
from homeregistry.words.labels import kind_label, label
from homeregistry.words.places import cell_text

MEASURES: Final = {
    "in_round": "in this round", "cumulative": "cumulative", "stock": "held now", "plan": "planned",
    "quota": "quota", "recheck": "re-examined", "built": "built, not awarded", "revoked": "revoked",
}  # fmt: skip


def title_words(figure: Mapping[str, Any]) -> str:
    """The titles counted, with stars where it has them."""
    titles = "、".join(kind_label(code) for code in figure["kinds"])
    return f"{titles} ({figure['stars']}★)" if figure["stars"] else titles


def tier_words(figure: Mapping[str, Any]) -> str:
    """The tier with its system: 市级以上 stays or above."""
    if figure["tier"] is None:
        return str(figure["system"] or "")
    tier = str(label("tier", figure["tier"]))
    if figure["or_above"]:
        tier = sentence("{tier} or above", {"tier": tier})
    return f"{tier} ({figure['system']})" if figure["system"] else tier


def measure_words(figure: Mapping[str, Any]) -> str:
    """What was counted; `implied` counts stand in no numeral."""
    words = _(MEASURES[figure["measure"]])
    return f"{words}, {_('implied')}" if figure["implied"] else words


def period_words(figure: Mapping[str, Any]) -> str:
    """The years as stated: 2018, 2017-2019, to 2023, since 2020."""
    first, last = figure["year_from"], figure["year_to"]
    if first is None and last is not None:
        return sentence("to {year}", {"year": last})
    if last is None and first is not None:
        return sentence("since {year}", {"year": first})
    return years_said(first, last)


def place_words(figure: Mapping[str, Any]) -> str:
    """Where in its file a figure stands: a cell, or the span of its quote."""
    if figure.get("row") is not None:
        return cell_text(figure["sheet"], figure["row"], figure.get("column"))
    return f"[{figure['start']}:{figure['end']}]" if figure.get("start") is not None else ""
