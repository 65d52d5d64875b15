"""A sheet's rows in one pass, with a look ahead: headers and samples need the next few rows."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from homeregistry.grid import Row


class RowFeed:
    """Yields each row once; `peek` looks at the next rows without taking them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._source = iter(rows)
        self._ahead: deque[Row] = deque()

    def __iter__(self) -> Iterator[Row]:
        ahead = self._ahead
        while True:
            while ahead:
                yield ahead.popleft()
            for row in self._source:
                yield row
                if ahead:
                    break
            else:
                if not ahead:
                    return

    def peek(self, count: int) -> list[Row]:
        """The next rows, at most `count`, in order."""
        missing = count - len(self._ahead)
        if missing > 0:
            self._ahead.extend(islice(self._source, missing))
        return list(islice(self._ahead, count))

    def skip(self, count: int) -> list[Row]:
        """Takes the next rows."""
        taken = self.peek(count)
        for _ in taken:
            self._ahead.popleft()
        return taken
