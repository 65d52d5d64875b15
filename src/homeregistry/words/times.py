"""A moment as people read it: stored and given to scripts in UTC, shown by the clock on the wall."""

from datetime import UTC, datetime


def time_words(text: str) -> str:
    """`2026-11-28T13:22:36Z` as `2026-11-28 21:22` where that is the local time; other text as it is.

    The space does not break: a narrow column of a table would put day and hour on two lines.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone().strftime("%Y-%m-%d\u00a0%H:%M")
