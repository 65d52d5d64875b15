"""Words that stand around a region's name: what says that it is one, or that it is something else.

Patterns are text and compiled on first use: most commands read no place out of a name, and compiling
takes longer than a lookup.
"""

import re
from functools import cache
from typing import Final

BREAKS: Final = r"[\s/\\>,，、·|_-]+"
BELOW: Final = (
    r"(街道|街道办事处|镇|乡|苏木|村|社区|居委会|路|街|巷|号|组|园|开发区|高新区|经开区|新区|园区|"
    r"保税区|示范区|管理区|风景区|度假区|工业区|管委会|省直|市直|区直|县直|州直|本级|直属|城区|"
    r"国省道|农场|林场|兵团|团|师)$"
)


@cache
def pattern(text: str) -> re.Pattern[str]:
    """The compiled pattern."""
    return re.compile(text)
