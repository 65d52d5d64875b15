"""Person entries without columns: unit + post + name, or name + unit and post, as lists print them.

The order and the separators vary, two-character names are printed with a space inside (宋 辉), and
a post may hold a 、 of its own (党委书记、工会主席). A piece is read as a person only where a surname,
a post or a gap makes it certain.
"""

import re
from dataclasses import dataclass
from typing import Final

from homeregistry.text import squeeze

_SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明"
    "臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫"
    "经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车"
    "侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双"
    "闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎闫充慕连茹习宦艾鱼容向古易慎戈廖庾终居衡"
    "步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权盖"
    "朴隋苑迟仝逯亓矫睢益桓公仉督岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳佟言福付代苟覃兰邝谌仝初冼丘涂楼银青原揭库税门令宾锁撒"
)
_COMPOUND: Final = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|长孙|宇文|夏侯|端木|独孤|南宫|呼延|闻人|澹台|轩辕|"
    "申屠|钟离|万俟|赫连|完颜|司空|司寇|拓跋|太史|第五"
)
_HAN: Final = "\u3400-\u9fff"
_NOTE: Final = r"(?:[（(][^（）()]{1,8}[）)])?"
_COMPOUND_NAME = re.compile(rf"(?:{_COMPOUND})[{_HAN}]{{1,2}}")
_SURNAME_OF_TWO = re.compile(_COMPOUND)
_FOREIGN_NAME = re.compile(rf"[{_HAN}]{{1,8}}(?:[·•・‧.．][{_HAN}]{{1,8}})+")
_DOT_WITH_SPACES = re.compile(rf"(?<=[{_HAN}])(?:[ \t]+[·•・‧][ \t]*|[·•・‧][ \t]+)(?=[{_HAN}])")
_ANONYMOUS = re.compile(rf"[{_HAN}]某(?:某|[{_HAN}])?")
_OFFICE: Final = (
    "主席|书记|主任|经理|总经理|董事长|局长|校长|院长|站长|支局长|组长|部长|处长|科长|股长|厂长|矿长|队长|所长|段长|班长|"
    "行长|社长|馆长|台长|园长|司长|厅长|市长|县长|区长|镇长|乡长|村长|会长|秘书长|理事长|监事长|团长|车间主任|总监|总裁|"
    "总工程师|工程师|经济师|会计师|会计|出纳|教师|讲师|教授|副教授|医师|医生|护士长|护士|护师|干事|干部|委员|科员|职员|"
    "职工|员工|工人|技术员|管理员|技师|专干|专员|专职|工作者|调研员|巡视员|主任科员|助理|顾问|代表|负责人|主管|领班|"
    "演员|记者|编辑|律师|司机|社工|财务|检察长|政委|参谋|教导员|指导员|协理员|联络员|工会工作者"
)
_RANK: Final = (
    "常务|第一|专职|兼职|挂职|原|时任|执行|高级|一级|二级|三级|四级|主管|主治|代|女职工|经审|党群|组织|宣传"
)
_ORGAN: Final = (
    "党委|党组|党工委|党总支|党支部|总支|支部|(?<!总)(?<!联合)工会|(?<!总)(?<!联合)工会委员会|工会工作委员会|纪委|纪检|团委|团总支|行政|机关|机关工会|机关党委|"
    "工委|人事|办公室|综合|女工|女职工委员会|经费审查委员会|经审委|工会女职工委员会|工会办公室|政治处"
)
_POST: Final = rf"(?:{_ORGAN})?(?:(?:{_RANK})*副?(?:{_OFFICE}))"
_POSTS: Final = rf"{_POST}(?:(?:[、,，/兼和及]+|(?={_ORGAN}))(?:[{_HAN}]{{0,15}}?{_POST}))*"
_UNIT_POST = re.compile(rf"(?P<unit>[{_HAN}0-9A-Za-z（）()·－-]*?)(?P<post>{_POSTS}){_NOTE}")
UNIT_END: Final = (
    "工会委员会|工会联合会|联合工会|工会工作委员会|总工会|分工会|工会分会|工会小组|工会|委员会|公司|集团|分会|小组|大学|学院|"
    "学校|中学|小学|幼儿园|医院|银行|中心|支局|分局|局|厂|研究院|检察院|法院|院|研究所|派出所|供电所|所|站|段|矿|社|馆|处|队|"
    "部|校|场|库|厅|系|科|室|办|店|车间|班|支行|分行|行|社区|街道|镇|乡|村|机关|联社|署|台|基地|项目部|工段|养护站|管理局"
)
_AFTER_POST = re.compile(rf"(?:{_OFFICE}){_NOTE}$")
_AFTER_UNIT = re.compile(rf"(?:{UNIT_END})$")
_NO_NAME = re.compile(rf"{_ORGAN}|[省市县区镇乡]委|人大|政协|妇联|工会|公司|[的等和及]")
_OF_THE_PERSON = re.compile(rf"[男女]|[{_HAN}]{{1,4}}族")
"""Sex and nationality between a name and its unit: 韩梅梅,女,回族,某某中学工会主席."""
_WITHIN: Final = r"(?:[^（()）]|[（(][^（()）]*[)）])+"
"""What a bracket holds, with brackets of its own."""
_ABOUT = re.compile(rf"[（(](?:男|女|[{_HAN}]{{1,4}}族)(?:[,，、 ]+(?:男|女|[{_HAN}]{{1,4}}族))+[)）]")
_LABELS: Final = r"(?:同志|先生|女士|等)?$"


@dataclass(frozen=True, slots=True)
class Person:
    """A person with unit and post as printed, inner spaces of the name taken out."""

    name: str
    unit: str | None = None
    post: str | None = None


def is_person_name(text: str) -> bool:
    """Whether the text has the form of a personal name: surname and one or two more characters."""
    name = re.sub(rf"{_NOTE}$", "", squeeze(text))
    if _FOREIGN_NAME.fullmatch(name) or _COMPOUND_NAME.fullmatch(name):
        return True
    if _ANONYMOUS.fullmatch(name):
        return name[0] in _SURNAMES
    if not 2 <= len(name) <= 3 or not re.fullmatch(f"[{_HAN}]+", name):
        return False
    return name[0] in _SURNAMES and not re.search(rf"(?:{_OFFICE}|工会|公司|机关)$", name)


def may_be_person_name(text: str) -> bool:
    """Whether the text can be a personal name where a person is expected: four to six characters of a
    name without a surname of the table (尼玛扎西, 古力娜扎尔) as well, unless they end as units and
    posts do.
    """
    if is_person_name(text):
        return True
    name = re.sub(rf"{_NOTE}$", "", squeeze(text))
    if not re.fullmatch(f"[{_HAN}]{{4,6}}", name):
        return False
    return not (_AFTER_UNIT.search(name) or _AFTER_POST.search(name) or _NO_NAME.search(name))


def ends_in_post(text: str) -> bool:
    """Whether the text ends with a post (工会主席), as an entry of a person does."""
    return bool(_AFTER_POST.search(text))


def read_person(text: str) -> Person | None:
    """One person entry, or None where the text is none (or holds several).

    Forms: 林 若 汐  某某公司工会主席; 某某公司工会主席 林若汐; 某某公司工会主席林若汐;
    林若汐(某某公司); 某某公司 林若汐 工会主席; a bare name.
    """
    text = _ABOUT.sub("", _DOT_WITH_SPACES.sub("·", re.sub(_LABELS, "", text.strip())))
    bracketed = re.fullmatch(rf"(?P<name>[{_HAN}·• ]{{2,12}}?)\s*[（(](?P<place>{_WITHIN})[）)]", text)
    if bracketed and len(bracketed["place"]) > 3 and may_be_person_name(bracketed["name"]):
        said = re.split(r"[,，、\s]+", bracketed["place"])
        about = next((at for at, word in enumerate(said) if not _OF_THE_PERSON.fullmatch(word)), len(said))
        if about < len(said):
            begin = bracketed["place"].index(said[about])
            return _with_place(bracketed["name"], bracketed["place"][begin:])
    parts = joined_names([part for part in re.split(r"[\s,，:：]+", text) if part])
    if not parts:
        return None
    if len(parts) > 2:
        parts = [parts[0], *(part for part in parts[1:] if not _OF_THE_PERSON.fullmatch(part))]
    names = [index for index, part in enumerate(parts) if is_person_name(part)]
    if len(parts) == 1:
        return Person(squeeze(text)) if names else _unspaced(parts[0])
    if len(names) == 1:
        index = names[0]
        return _with_place(parts[index], " ".join(parts[:index] + parts[index + 1 :]))
    if len(names) > 1 and names[0] == 0 and len(parts) > len(names):
        return _with_place(parts[0], " ".join(parts[1:]))
    return None if names else _unspaced(squeeze(text)) or _beside_post(parts)


def _beside_post(parts: list[str]) -> Person | None:
    """尼玛扎西 某某税务局工会主席: what stands before or behind a unit with its post is the name."""
    for place, name in ((0, parts[0]), (-1, parts[-1])):
        others = parts[1:] if place == 0 else parts[:-1]
        if not may_be_person_name(name) or any(map(may_be_person_name, others)):
            continue
        unit, post = split_post(" ".join(others))
        if post or (unit and _AFTER_UNIT.search(unit)):
            return Person(squeeze(name), unit, post)
    return None


def split_post(text: str) -> tuple[str | None, str | None]:
    """Unit and post of 某某公司党委书记、工会主席; the post may stand behind a space."""
    text = text.strip(" ,，:：")
    flat = re.sub(r"\s+", " ", text)
    match = _UNIT_POST.fullmatch(squeeze(flat))
    if match is None:
        return (squeeze(flat) or None), None
    return match["unit"] or None, squeeze(flat)[match.start("post") :]


def each_a_person(text: str) -> list[Person] | None:
    """The persons of a 、 list each of whom has a unit or post of his own; None where a piece is no such.

    Read as one person, the list would be the last of them with the others for a unit.
    """
    pieces = [piece.strip() for piece in re.split("[、；;]", text) if piece.strip()]
    people = [person for piece in pieces if (person := read_person(piece)) and (person.unit or person.post)]
    return people if len(people) == len(pieces) > 1 else None


def split_people(text: str, stated: int | None = None) -> list[Person] | None:
    """The persons of a 、 or ， list, or None where a piece cannot be read.

    A piece without a name (党委书记) belongs to the post of the next one. `stated` is how many the sentence
    says they are (3人): where the pieces are as many, what stands behind a post is a name of any surname.
    """
    counted = [piece for piece in re.split("[、；;]", text) if piece.strip()]
    if stated == len(counted) > 1:
        named = [person for piece in counted if (person := read_person(piece) or behind_post(piece))]
        if len(named) == stated:
            return named
    pieces = [piece.strip() for piece in re.split(r"[、;；,，]|\s{2,}|\t", text) if piece.strip()]
    if each := each_a_person(text):
        return each
    whole = read_person(text)
    if whole and (len(pieces) == 1 or whole.post):
        return [whole]
    people: list[Person] = []
    pending = ""
    for piece in pieces:
        candidate = f"{pending}、{piece}" if pending else piece
        person = read_person(candidate) or (read_person(piece) if not pending else None)
        if person is None:
            pending = candidate
        else:
            people.append(person)
            pending = ""
    if people and not pending:
        return people
    if len(pieces) == 2 and is_person_name(pieces[0]) and not is_person_name(pieces[1]):
        unit, post = split_post(pieces[1])
        if unit and post:
            return [Person(squeeze(pieces[0]), unit, post)]
    if len(pieces) > 1 and all(map(may_be_person_name, pieces)):
        return [Person(squeeze(piece)) for piece in pieces]
    return None


def _with_place(name: str, place: str) -> Person:
    unit, post = split_post(place)
    return Person(squeeze(name), unit, post)


def joined_names(parts: list[str]) -> list[str]:
    """Single characters in a row are one name printed with gaps: 林 若 汐, 欧阳 娜."""
    joined: list[str] = []
    run = ""
    for part in parts:
        if len(part) == 1 and re.fullmatch(f"[{_HAN}]", part):
            run += part
            continue
        if run:
            joined.append(run)
            run = ""
        if _SURNAME_OF_TWO.fullmatch(part):
            run = part
            continue
        joined.append(part)
    return [*joined, run] if run else joined


def behind_post(text: str) -> Person | None:
    """望军 of 镇总工会主席望军, where it is known that the piece is one person."""
    match = re.fullmatch(rf"(?P<place>.+(?:{_OFFICE}))(?P<name>[{_HAN}]{{2,3}})", squeeze(text))
    return _with_place(match["name"], match["place"]) if match else None


def _unspaced(text: str) -> Person | None:
    """主席林若汐 and 中心黄某: the name is what follows the last post, or a unit's end."""
    body = re.sub(rf"{_NOTE}$", "", text)
    for ending in (_AFTER_POST, _AFTER_UNIT):
        for length in (4, 3, 2):
            place, name = body[:-length], body[-length:]
            if len(place) >= 2 and ending.search(place) and is_person_name(name):
                person = _with_place(name, place)
                if person.post or not re.search("[、；;]", re.sub(r"[（(][^（()）]*[)）]", "", place)):
                    return person
    return None
