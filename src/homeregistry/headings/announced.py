"""How many the words before a title announce: 授予甲厂工会等2个单位“X”称号, 我县3家单位荣获X.

The name in such words is an example of those that a list prints; neither it nor the number is part of who
confers.
"""

import re
from typing import Final

from homeregistry.headings.stated import COUNTED_THINGS, COUNTERS, NUMBER, StatedCount, read_exact
from homeregistry.patterns import either

_ACTS: Final = "授予 命名 认定 评定 确认 表彰 表扬 追授 评选"
_COUNT: Final = rf"(?P<said>(?P<number>{NUMBER})\s*(?P<counter>{COUNTERS}){COUNTED_THINGS})"
_EXAMPLE = re.compile(rf"(?:(?<={either(_ACTS)})[^,，。；;:]{{2,60}}?等|以下|下列){_COUNT}为?")
_WINNERS = re.compile(rf"(?<![0-9０-９第]){_COUNT}(?=[荣喜获被入上创评]|$)")


def take_announced(before: str) -> tuple[str, StatedCount | None]:
    """The words before a title without what they announce, and the number; none where there are several."""
    found = list(_EXAMPLE.finditer(before)) or list(_WINNERS.finditer(before))
    if len(found) != 1:
        return before, None
    (match,) = found
    value = read_exact(match["number"])
    if value is None:
        return before, None
    count = StatedCount(value, match["said"], match.start("said"), match.end("said"), match["counter"])
    return before[: match.start()] + before[match.end() :], count
