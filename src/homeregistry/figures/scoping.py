"""Whose count a figure is: the printed scope settled to a region, a union body or the writer's own unit.

我市 is the issuer's city, 全国铁路系统 the industry union of the railways, 我局 the unit that reports. What
nobody can place keeps its printed words and is a question.
"""

import re
from dataclasses import dataclass
from typing import Final

from homeregistry.bodies import BodyReading, read_body
from homeregistry.figures.scopes import Scope
from homeregistry.figures.setting import Setting
from homeregistry.figures.territory import Territory
from homeregistry.regions.gazetteer import Region

_SYSTEM: Final = re.compile(
    r"(?P<nation>全国)?(?:[全我本该]?(?P<word>[省市区县州])(?:内)?)?(?P<name>[\u3400-\u9fff]+?)(?:系统|行业|产业)"
)


@dataclass(frozen=True, slots=True)
class Scoped:
    """A scope as settled: its name, its region's code, its union body's code; `open` where it is not."""

    name: str | None = None
    region_code: str | None = None
    body: str | None = None
    open: bool = False


def settle_scope(setting: Setting, reach: int, nation: bool) -> Scoped:
    """The scope that governs what stands at `reach`; `nation` says that the national union speaks."""
    inside = [scope for scope in setting.scopes if scope.start < reach]
    scope = inside[-1] if inside else setting.scope_before
    if scope is None:
        return Scoped("全国") if nation else _of_region(setting.given.region)
    if scope.sort == "nation":
        return Scoped("全国")
    if scope.sort == "own":
        region = setting.territory.own(scope.word or "") or _near_own(setting, scope)
        return _of_region(region) if region else Scoped(scope.printed, open=True)
    if scope.sort == "place":
        region = setting.territory.named(scope.printed, setting.near)
        return _of_region(region) if region else Scoped(scope.printed)
    if scope.sort == "system":
        body = _industry(setting, scope)
        return Scoped(scope.printed, body=body.code if body else None)
    return _unit(setting, scope)


def _of_region(region: Region | None) -> Scoped:
    return Scoped(region.name, region.code) if region else Scoped()


def _unit(setting: Setting, scope: Scope) -> Scoped:
    """我局, 全公司: the unit whose union reports; another body's unit keeps its words."""
    issuer = setting.given.issuer
    if issuer is None:
        return Scoped(scope.printed, open=True)
    if isinstance(issuer, BodyReading) and issuer.kind in ("direct", "industry", "unlisted"):
        return Scoped(issuer.name, body=issuer.code if issuer.kind != "unlisted" else None)
    return Scoped(scope.printed)


def _industry(setting: Setting, scope: Scope) -> BodyReading | None:
    """The industry union of a system (全国铁路系统, 全省邮政系统), where the place is known."""
    match = _SYSTEM.fullmatch(scope.printed)
    if match is None:
        return None
    place = "全国" if match["nation"] else ""
    if match["word"] and not place:
        region = setting.territory.own(match["word"])
        place = region.name if region else ""
    elif not place and setting.given.region:
        place = setting.given.region.name
    body = (
        read_body(f"{place}{match['name']}工会", setting.given.day, setting.given.region) if place else None
    )
    return body if body and body.kind == "industry" else None


def _near_own(setting: Setting, scope: Scope) -> Region | None:
    """我市 beside exactly one city that the text names."""
    fits = {r for near in setting.near if (r := Territory(near).own(scope.word or ""))}
    return fits.pop() if len(fits) == 1 and scope.word != "本级" else None
