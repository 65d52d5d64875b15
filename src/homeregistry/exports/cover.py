"""The cover: what an export is, what was asked, how the registry stood, what was checked, who signs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homeregistry.exports.checks import Failing
from homeregistry.exports.closing_page import Closed
from homeregistry.exports.options import ExportOptions, Stand
from homeregistry.exports.pages import Column, Page, PageShape, Value
from homeregistry.exports.wordings import (
    basis_words,
    boundaries_words,
    measure_words,
    signature,
    stand_words,
    years_words,
)
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.words.labels import kind_label, label

Pair = tuple[str, Value]


@dataclass(frozen=True, slots=True)
class CoverText:
    """What differs between exports: the title, the sentence that says what it is, the counts."""

    title: str
    what: str
    counts: Sequence[Pair]


def cover_shape() -> PageShape:
    """Names on the left, values on the right, on upright paper."""
    return PageShape(_("Cover"), (Column("", 26), Column("", 66, "wide")), landscape=False)


def write_cover(
    page: Page, text: CoverText, options: ExportOptions, stand: Stand, pages: Iterable[Page],
    checks: tuple[Sequence[Pair], Sequence[Failing], Sequence[Closed]],
) -> None:  # fmt: skip
    """The whole page; `checks` are the numbers that were compared, what failed, and the closed years."""
    made, failing, closed = checks
    page.line("title", text.title)
    page.line("note", text.what)
    _part(page, _("What was asked for"), filters_of(options))
    _part(
        page,
        _("The registry"),
        [(_("Registry revision"), stand_words(stand)), (_("Audit head digest"), stand.head)],
    )
    _part(
        page,
        _("What is in this file"),
        [
            *text.counts,
            *((sentence("{page}: lines of data", {"page": p.shape.name}), p.records) for p in pages),
        ],
    )
    if failing:
        listed: list[Pair] = [
            (sentence("Finding {number}", {"number": n}), one.text) for n, one in enumerate(failing, 1)
        ]
        _part(page, _("CHECKS FAILED: do not rely on this export"), listed)
    else:
        altered = (_("Audit chain, rows, links, stored files"), _("nothing was altered"))
        _part(page, _("Checks: all passed"), [*made, altered])
    if closed:
        _part(page, _("Closed years"), [(str(one.year), _closed_words(one)) for one in closed])
    page.line("note", _("Every page of paper carries the SHA-256 of the whole content; the last sheet holds "
                        "the manifest. To check this file: homeregistry verify-export FILE"))  # fmt: skip
    page.line("sign", signature())


def _part(page: Page, name: str, pairs: Iterable[Pair]) -> None:
    page.line("part", name)
    for pair in pairs:
        page.line("pair", *pair)


def filters_of(options: ExportOptions) -> list[Pair]:
    """The question in words; what was not asked for is left out, except years, measure and map."""
    request = options.request
    filters = request.filters
    pairs: list[Pair] = [(_("Years"), years_words(filters)), (_("Year meant"), basis_words(options))]
    if request.region is not None:
        pairs.append((_("Region"), f"{request.region.name} {request.region.code}"))
    if filters.kind:
        pairs.append((_("Title"), kind_label(filters.kind)))
    if filters.tier:
        tier = str(label("tier", filters.tier))
        pairs.append((_("Tier"), sentence("{tier} or above", {"tier": tier}) if filters.or_above else tier))
    if filters.system is not None:
        pairs.append((_("System"), filters.system or _("territorial titles only")))
    if filters.body:
        pairs.append((_("Recommended by"), filters.body))
    if filters.as_of:
        pairs.append((_("Conferred by the day"), filters.as_of.isoformat()))
    if filters.recipients is not None:
        pairs.append((_("Recipients"), ", ".join(str(one) for one in sorted(filters.recipients))))
    pairs.append((_("Measure"), measure_words(options)))
    pairs.append((_("Boundaries"), boundaries_words(options)))
    return pairs


def _closed_words(one: Closed) -> str:
    said = {
        "actor": one.actor, "at": one.at, "revision": one.revision, "count": len(one.changes) - one.reopened,
    }  # fmt: skip
    if one.reopened:
        opening = one.changes[-1]
        words = sentence(
            "closed by {actor} at {at}, revision {revision}; {count} changes, then opened again by {by} at "
            "{when}",
            {**said, "by": opening.actor, "when": opening.at},
        )
    else:
        words = sentence("closed by {actor} at {at}, revision {revision}; {count} changes since", said)
    reasons = [f"{change.revision}: {change.reason}" for change in one.changes if change.reason]
    return "\n".join([words, *reasons])
