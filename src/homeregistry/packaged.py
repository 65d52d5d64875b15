"""The tables and texts that ship with the program, in `data/` beside this file, as every install puts them.

No importlib.resources: alone it costs 20 ms to import, as much as a small command takes.
"""

from os.path import dirname, join


def content(name: str) -> bytes:
    """The bytes of a packaged file."""
    with open(join(dirname(__file__), "data", name), "rb") as stream:
        return stream.read()


def lines(name: str) -> list[str]:
    """The lines of a packaged table below its header."""
    return content(name).decode("utf-8").splitlines()[1:]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a packaged table, each by the names in its header."""
    import csv  # 5 ms, which `region lookup` does without

    return list(csv.DictReader(content(name).decode("utf-8").splitlines()))
