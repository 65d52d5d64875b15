"""How much memory another process holds, where the system says so without further libraries."""

import os
import sys
from pathlib import Path


def resident_bytes(pid: int) -> int | None:
    """Resident bytes of a process: Linux from /proc, elsewhere None (unknown)."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        fields = Path(f"/proc/{pid}/statm").read_bytes().split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None
