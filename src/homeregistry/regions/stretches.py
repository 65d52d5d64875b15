"""How long an answer about regions holds: the same words mean the same place in most years.

A list of forty years names each of its districts in each of them. Which region that is changes only
where a row involved begins or ends, so an answer is kept with the stretch of time over which every
comparison that led to it comes out the same.
"""

from homeregistry.regions.table import Region

_BEFORE_ALL = ""
_AFTER_ALL = "~"


class Stretch:
    """The first and last day of a list, and how far both may move without changing an answer.

    All days are ISO text. Ask `holds` of the rows that decide; then `covers` says for which other
    intervals the same rows would have been told the same.
    """

    __slots__ = ("_first", "_first_from", "_first_until", "_last", "_last_from", "_last_until")

    def __init__(self, first: str, last: str) -> None:
        self._first = first
        self._last = last
        self._first_from, self._first_until = _BEFORE_ALL, _AFTER_ALL
        self._last_from, self._last_until = _BEFORE_ALL, _AFTER_ALL

    def holds(self, row: Region) -> bool:
        """Whether the row may have existed on any day of the interval, as `Region.existed` says."""
        start = row.valid_from
        if start > self._last:
            self._last_until = min(self._last_until, start)
            return False
        self._last_from = max(self._last_from, start)
        end = row.valid_to
        if not end:
            return True
        if len(end) == 4:
            end += "-12-32"  # the whole year of a change still counts, and no day of the next
        if end > self._first:
            self._first_until = min(self._first_until, end)
            return True
        self._first_from = max(self._first_from, end)
        return False

    def covers(self, first: str, last: str) -> bool:
        """Whether every row asked so far would be told the same for this interval."""
        return self._first_from <= first < self._first_until and self._last_from <= last < self._last_until
