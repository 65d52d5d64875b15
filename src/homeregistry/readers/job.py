"""What a format's reader is given: the bytes of one file and what opens them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read; `name` is the file's name, the password is never shown."""

    data: bytes
    name: str
    password: str | None = field(default=None, repr=False)
