"""Lines that announce the names below them: headlines with a cry (喜报!…), paragraphs that end in 如下.

Both read as running text by their marks; what heads the names is the clause that holds the title.
"""

import re
from typing import Final

from homeregistry.kinds import fold_title, title_pattern
from homeregistry.lists.splitting import is_prose
from homeregistry.patterns import either

_CRY = re.compile(r"^[^。！!？?，,：:|｜丨]{1,10}[！!]+\s*")
_BANNERS: Final = (
    "喜报 喜讯 捷报 祝贺 恭喜 重磅 快讯 速递 关注 发布 公布 公告 公示 通报 通知 要闻 头条 表彰 "
    "点赞 光荣榜 官宣"
)
"""What stands before the bar of a headline: 喜报｜…."""
_BANNER = re.compile(rf"^[\[【]?[^|｜丨]{{0,4}}{either(_BANNERS)}[\]】]?\s*[|｜丨]\s*")
_CLOSING = re.compile(r"\s*[！!]+$")
_BELOW = re.compile(
    r"[，,。；;]?(?:现将?|特将?)?(?:具体|获奖|受表彰|表彰|命名|现|的)*(?:名单|单位|个人|结果)?(?:如下|附后)[:：。]?$"
)

_OPENING = re.compile(
    r"(?:通报|公布|揭晓|印发|发布)了?.{0,16}年度?.{0,12}(?:结果|名单)(?:如下)?[:：]$|"
    r"(?:荣获|喜获|获|受到?).{0,10}年度?.{0,12}(?:荣誉|表彰)$"
)


def headline(text: str) -> tuple[int, str]:
    """A headline's words without the cry before and behind them (喜报!…公布啦!), and where they begin."""
    start = 0
    for pattern in (_BANNER, _CRY):
        match = pattern.match(text[start:])
        if match and _names_title(text[start + match.end() :]):
            start += match.end()
    return start, _CLOSING.sub("", text[start:]) if _names_title(text) else text[start:]


def read_lead(text: str) -> str | None:
    """The clause that heads what follows (…决定授予甲厂工会等2个单位“X”称号，名单如下：), or None."""
    flat = re.sub(r"\s", "", text)
    match = _BELOW.search(flat)
    if match is None:
        return None
    titled = [sentence for sentence in re.split("[。！!]", flat[: match.start()]) if _names_title(sentence)]
    if not titled:
        return None
    clauses = re.split("[,，]", titled[-1])
    first = next((at for at, clause in enumerate(clauses) if _names_title(clause)), 0)
    return "，".join(clauses[first:])


def is_opening(text: str) -> bool:
    """Whether a line without a title says of which year the lists below are (…通报了2022年度评选结果：)."""
    flat = re.sub(r"\s", "", text)
    return _OPENING.search(flat) is not None and not _names_title(flat)


def is_sentence(text: str) -> bool:
    """Whether a line that may be a heading is running text; a total (共5个。) ends in a stop too."""
    bare = text.rstrip("。")
    return is_prose(bare) or (bare != text and re.search("[，,]", bare) is not None)


def _names_title(text: str) -> bool:
    return title_pattern().search(fold_title(text)) is not None
