"""Joint unions of several units in a row of names: 甲、乙联合工会 is one name, its 、 parts no names.

甲公司、乙公司联合工会 names two units of one sort and the one union they have; in 图书馆、后勤联合工会
nothing says so, and the two stay apart.
"""

import re
from collections.abc import Sequence
from typing import Final

from homeregistry.lists.persons import UNIT_END

_JOINT = re.compile(r"(?P<last>.+?)联合(?:基层)?工会(?:委员会)?$")
_UNION = re.compile(r"(?:工会(?:委员会|联合会|小组)?|分会|小组)[)）]?$")
_WHOLE = re.compile(rf".{{2,}}(?P<sort>{UNIT_END})[)）]?$")
_MOST: Final = 4
"""Units of one joint union that lists print; more of them before it are names of their own."""


def joint_from(pieces: Sequence[str], last: int) -> int:
    """The index of the first piece that belongs to the joint union at `last`; `last` where it is none."""
    joint = _JOINT.fullmatch(pieces[last])
    if joint is None:
        return last
    first = last
    sort = _WHOLE.match(joint["last"])
    for index in range(last - 1, max(-1, last - _MOST), -1):
        whole = _WHOLE.match(pieces[index])
        if _UNION.search(pieces[index]):
            break
        if whole and (sort is None or whole["sort"] != sort["sort"]):
            break
        first = index
    return first
