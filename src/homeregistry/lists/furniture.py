"""Lines of a document that are never data: page numbers, notes, signatures, addressees, contents.

They are told apart so that each line of a source can be accounted for, with the reason it holds no
name. A signature (federation, then a date alone) says who decided and when; running text about
titles may say which round the document is about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from homeregistry.headings.places import is_body
from homeregistry.kinds import fold_title, title_pattern
from homeregistry.lists.lines import Line
from homeregistry.text import squeeze
from homeregistry.years import PartialDate, YearSpan, find_dates, find_years, read_date

_PAGE = re.compile(
    r"^(?:[-—–－·\s]*[0-9０-９]{1,4}[-—–－·\s]*|第?\s*\d+\s*页(?:[,，/\s]*共?\s*\d+\s*页)?|Page\s*\d+.*|\d+\s*/\s*\d+)$"
)
_NOTE = re.compile(
    r"^(?:注|备注|说明|联系人|联系电话|监督电话|电话|传真|(?:投稿|电子|联系)?邮箱|(?:投稿|联系)?地址|填报人|填报单位|填报日期|审核人|制表|制表人|抄送|抄报|主题词|印发|来源|"
    r"责任编辑|编辑|作者|记者|发布时间|发布日期|发布者|浏览|点击|字号|打印|分享|上一篇|下一篇|扫一扫|主送|签发|发文机关|索引号|"
    r"公开方式|信息来源|文章来源|时间|日期|单位|填表人|负责人|校对|排版|通讯员)\s*[:：]"
)
_ISSUED = re.compile(
    r"(?:办公室|办公厅|综合处|秘书处|部).{0,12}\d{4}年.{1,8}印发$|^[(（](?:此件|盖章|公章).*[)）]$"
)
_ADDRESS = re.compile(r"^(?:各|[\u3400-\u9fff、,，]{2,60}[,，、]各)[\u3400-\u9fff、,，()（）]{2,80}[:：]$")
_PICTURE = re.compile(
    r"^[\[【(（<]?\s*(?:图片|图像|图\s*\d*|image|picture|img|扫描件)[^\u3400-\u9fff]{0,40}$", re.I
)
_CONTENTS = re.compile(r"^附\s*件\s*[:：]\s*(?:[1１一]\s*[、.．]|《)")
_CONTENTS_NEXT = re.compile(
    r"^(?:附\s*件\s*)?[2-9２-９二三四五六七八九]\s*[、.．:：].{2,60}(?:名单|表|目录)[^\n]{0,4}$"
)
_NAVIGATION = re.compile(
    r"^(?:[|｜>»·/\s]|首页|返回(?:首页|顶部|列表)|(?:打印|关闭)(?:本页|窗口|页面)?|收藏(?:本页)?|网站地图|联系我们|(?:您|你)?(?:现在|当前)的?位置.*|"
    r"当前位置.*|上一[篇条页].*|下一[篇条页].*|相关(?:链接|阅读|文章|附件|信息).*|友情链接.*|分享到?.*|字号.*|字体.*|【?字体?.*|"
    r"版权所有.*|Copyright.*|©.*|.{0,12}ICP备.*|.{0,10}公网安备.*|主办(?:单位)?[:：].*|承办(?:单位)?[:：].*|技术支持.*|"
    r"网站标识码.*|阅读(?:量|次数)?.{0,8}|责编.*|扫码.*|关注.{0,8}公众号.*|点击(?:下载|查看).*|附件下载.*)+$",
    re.I,
)
_MENU = re.compile(r"^(?:网站)?首页(?:[\s|｜>»·/]+[^\s|｜>»·/]{1,10})+[\s|｜>»·/]*$")
"""The menu of a web page: 首页|工会要闻|通知公告. No unit's name begins so."""
_RULE = re.compile(r"^[^\w…]+$")
_DIRECTORY = re.compile(
    r"(?<![0-9])[0-9]{1,3}(?=[\u3400-\u9fff])[^。；;，,]{4,160}?(?<![0-9])[0-9]{1,2}年(?:[0-9一二两]{1,2}次)?"
)
_DECISION = re.compile(
    r"关于.{0,8}(?:表彰|命名|授予|评定|认定|确认|表扬).*(?:决定|通报|通知|公告|附件)[)）]?$"
)
"""A decision's own title that names no award: it says whose and of which year the lists below are."""
_UNION = re.compile(r"[\u3400-\u9fff()（）]{3,30}工会(?:委员会)?")
_REMARK = re.compile(r"[(（【〔\[][^()（）]*[)）】〕\]]")
_DATE_LINE: Final = 16


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when, and the two lines it stands on."""

    body: str
    date: PartialDate
    rows: frozenset[int]


def furniture(text: str) -> str | None:
    """The reason why a line is no data by itself (page, note, date, address …), or None."""
    flat = squeeze(text)
    if _PAGE.match(text):
        return "page"
    if _RULE.match(flat):
        return "rule"
    if _PICTURE.match(flat):
        return "picture"
    if _NAVIGATION.match(flat) or _MENU.match(text):
        return "navigation"
    if _NOTE.match(flat) or _ISSUED.search(flat):
        return "note"
    if _ADDRESS.match(flat):
        return "address"
    if len(flat) <= _DATE_LINE + 2 and is_date_line(flat):
        return "date"
    return None


def is_remark(text: str) -> bool:
    """Whether the line is nothing but a bracket (排名不分先后), which names nobody."""
    return _REMARK.fullmatch(text) is not None


def is_decision(text: str) -> bool:
    """Whether the line is a decision's own title."""
    return _DECISION.search(squeeze(text)) is not None


def is_date_line(flat: str) -> bool:
    """Whether the line is a date alone, in brackets or not."""
    date = read_date(flat.strip("()（）"))
    return date is not None and date.precision != "year" and "年" in flat


def find_signature(lines: Sequence[Line]) -> Signature | None:
    """The one signature of the document; of several with different dates none is believed.

    A union that is no body (赣江大学工会) signs where it also heads the document; else it is a recipient.
    """
    found: list[Signature] = []
    heads: set[str] = set()
    for line, following in pairwise(lines):
        body = squeeze(line.text)
        signs = is_body(body) or (body in heads and _UNION.fullmatch(body))
        heads.add(body.split("关于", 1)[0])
        if not signs or not is_date_line(squeeze(following.text)):
            continue
        date = find_dates(squeeze(following.text)) or []
        read = date[0][0] if date else read_date(squeeze(following.text).strip("()（）"))
        if read is not None:
            found.append(Signature(body, read, frozenset((*line.rows, *following.rows))))
    same = {(item.body, item.date) for item in found}
    return found[0] if len(same) == 1 else None


def is_contents(text: str, after_contents: bool) -> bool:
    """Whether the line is a table of annexes (附件:1.…名单 2.…名单), which heads no names."""
    flat = squeeze(text)
    return bool(_CONTENTS.match(flat) or (after_contents and _CONTENTS_NEXT.match(flat)))


def directory_rows(text: str) -> int:
    """How many programmes a flattened directory (序号 主办部门 项目名称 周期) lists in this line.

    Serials stick to the period before them (5年2次20中直机关…); such a table names awards, and no
    recipients at all.
    """
    found = _DIRECTORY.findall(squeeze(text))
    return len(found) if len(found) >= 2 else 0


def round_year(lines: Sequence[Line]) -> YearSpan | None:
    """The one year that sentences about titles state (…公布2024年评选结果…全国模范职工之家); else None.

    Days and months are dates of meetings and of papers, not of rounds. Two different years are no
    answer: nothing is guessed.
    """
    found: set[YearSpan] = set()
    for line in lines:
        for sentence in re.split("[。；;]", line.text):
            if title_pattern().search(fold_title(sentence)):
                dates = [(start, end) for _, start, end in find_dates(sentence)]
                found.update(
                    span
                    for span, start, _ in find_years(sentence)
                    if not any(first <= start < last for first, last in dates)
                )
    return found.pop() if len(found) == 1 else None
