"""The names of a region: the official one and the short forms that lists and headings use.

酉阳土家族苗族自治县 is also printed 酉阳自治县, 酉阳县 and 酉阳; 内蒙古自治区 is 内蒙古. One-character
stems (忠 for 忠县) are no names. Pure text; which region is meant is decided in `regions`.
"""

from collections.abc import Iterator
from typing import Final

from homeregistry.regions.words import pattern

_NATIONS: Final = (
    "各族|壮族|回族|满族|苗族|彝族|藏族|侗族|瑶族|白族|傣族|黎族|畲族|水族|羌族|佤族|怒族|土族|"
    "维吾尔族|维吾尔|土家族|蒙古族|蒙古|布依族|朝鲜族|哈尼族|哈萨克族|哈萨克|傈僳族|东乡族|纳西族|"
    "拉祜族|景颇族|柯尔克孜族|柯尔克孜|达斡尔族|仫佬族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|"
    "普米族|塔吉克族|塔吉克|鄂温克族|裕固族|保安族|独龙族|鄂伦春族|俄罗斯族|门巴族|珞巴族"
)
_AUTONOMOUS: Final = rf"^(.*?)((?:{_NATIONS})*)(自治区|自治州|自治县|自治旗)$"
_PLAIN: Final = r"^(.{2,}?)(特别行政区|地区|林区|矿区|特区|省|市|县|区|盟|旗)$"
_SHORT_KIND: Final = {"自治区": "区", "自治州": "州", "自治县": "县", "自治旗": "旗"}


def short_names(name: str) -> Iterator[str]:
    """The short forms of an official name, without the name itself and without repeats."""
    seen = {name}
    for form in _forms(name):
        if len(form) > 1 and form not in seen:
            seen.add(form)
            yield form


def _forms(name: str) -> Iterator[str]:
    own = pattern(_AUTONOMOUS).match(name)
    if own:
        stem, nations, kind = own.groups()
        if len(stem) < 2:  # 东乡族自治县 is called 东乡, 内蒙古自治区 内蒙古
            stem += nations.removesuffix("族")
        yield stem
        yield stem + kind
        if kind != "自治区":
            yield stem + _SHORT_KIND[kind]
        return
    plain = pattern(_PLAIN).match(name)
    if plain:
        yield plain.group(1)


def one_edit(one: str, other: str) -> bool:
    """Whether one character changed, added, left out or two neighbours exchanged make them equal."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
