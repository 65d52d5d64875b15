"""What became of a recognition's number: a correction gives it a new one, and papers still name the old."""

import json

from sqlalchemy.engine import Connection

from homeregistry.errors import NotFound


def not_live(connection: Connection, number: int) -> NotFound:
    """The refusal of a number that no live recognition has; of a corrected one it names the new number."""
    now = successor(connection, number)
    if now is not None:
        return NotFound(
            "recognition_corrected", "The recognition {value} was corrected; it is now {now}.",
            value=number, now=now,
        )  # fmt: skip
    return NotFound(
        "unknown_recognition", "There is no recognition {value}; see: homeregistry list", value=number
    )


def successor(connection: Connection, number: int) -> int | None:
    """The newest that a corrected recognition became, over any number of corrections; live or not."""
    links = connection.exec_driver_sql(
        "SELECT recognition_id, detail FROM review_decision WHERE decision = 'corrected' ORDER BY id"
    )
    following = {int(json.loads(row[1])["was"]): int(row[0]) for row in links}
    found: int | None = None
    while number in following:
        found = number = following[number]
    return found
