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
NO_PLACE: Final = r"^(镇|乡|街道|街|路|大道|大街|村|桥|湖|河|山|江|门|广场|大厦|酒店|宾馆)"
BRANCH: Final = (
    r"^(区|县|市)?(省|市)?(分公司|支公司|分局|支局|分行|支行|分中心|供电|电力|邮政|电信|移动|联通|"
    r"烟草|公路|税务|国税|地税|国家税务|气象|农村商业|农商|农村信用|信用|营业部|公司|中心支行|"
    r"人民医院|中医|一中|二中|第[一二三四五六七八九十]+(中学|小学|人民)|总工会|医保|检察|法院|"
    r"公安|司法|教育|交通|水务|水利|住房|海关|盐业|石油|新华书店|工商|市场监督)"
)  # fmt: skip


@cache
def pattern(text: str) -> re.Pattern[str]:
    """The compiled pattern."""
    return re.compile(text)
