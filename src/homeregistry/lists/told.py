"""The names that running text tells, kept until the end: an example is none where the list itself follows."""

from collections import Counter
from collections.abc import Iterator

from homeregistry.lists import entries
from homeregistry.lists.findings import Findings
from homeregistry.lists.lines import Line
from homeregistry.lists.sentences import Group, Named


class Told:
    """The lines of running text with their groups, and what the lists of the document name themselves."""

    def __init__(self) -> None:
        self._lines: list[tuple[Line, list[Group]]] = []
        self._listed: Counter[tuple[str | None, str]] = Counter()

    def add(self, line: Line, groups: list[Group]) -> None:
        """A line of running text that names these."""
        self._lines.append((line, groups))

    def list_name(self, kind: str | None, name: str) -> None:
        """A list of the document names it under a title of this kind."""
        self._listed[kind, name] += 1

    def tell(self, findings: Findings, *, lists_in_tables: bool) -> None:
        """Every line becomes its entries, or no data where a list says the same.

        `lists_in_tables` says that the lists stand in tables: A等997个 is then an example of them.
        """
        listed_kinds = {kind for kind, _ in self._listed}
        for line, groups in self._lines:
            states = [group.not_awarded for group in groups if group.not_awarded is not None]
            if states:
                findings.skip(line, states[0])
                continue
            said = False
            examples: list[Group] = []
            for group in groups:
                kind = group.heading.context.kind
                names = list(_names(group))
                repeated = bool(names) and all(self._is_listed(kind, name) for name in names)
                if not (repeated or (group.elliptical and (kind in listed_kinds or lists_in_tables))):
                    _tell_group(findings, line, group)
                    said = True
                elif group.declared is not None and kind in listed_kinds:
                    examples.append(group)
            self._compare(findings, examples)
            if not said:
                findings.skip(line, "prose")

    def _compare(self, findings: Findings, examples: list[Group]) -> None:
        """命名甲厂工会等五家单位为…: the number of a list below that states none itself."""
        kinds = [group.heading.context.kind for group in examples]
        for group, kind in zip(examples, kinds, strict=True):
            if kinds.count(kind) == 1 and not findings.counts(kind):
                listed = sum(number for (other, _), number in self._listed.items() if other == kind)
                findings.count_in_sentence(group, listed)

    def _is_listed(self, kind: str | None, name: str) -> bool:
        """Whether the list names it too, perhaps with its place in front."""
        if (kind, name) in self._listed:
            return True
        return any(other == kind and listed.endswith(name) for other, listed in self._listed)


def _tell_group(findings: Findings, line: Line, group: Group) -> None:
    if group.unread is not None:
        findings.unread(group.row, group.unread, group.heading.context)
    for one in group.names:
        values = entries.person_values(one.person) if one.person else {}
        if one.unit:
            values["recipient"] = one.unit
        doubts = (group.nomination, group.heading.other_title)
        findings.entry(one.row, values, group.heading.context, doubts, line.text)
    findings.count_in_sentence(group, len(group.names))


def _names(group: Group) -> Iterator[str]:
    """The names by which a sentence's group is compared with the list."""
    for one in group.names:
        yield _name(one)


def _name(one: Named) -> str:
    return one.unit or (one.person.name if one.person else "")
