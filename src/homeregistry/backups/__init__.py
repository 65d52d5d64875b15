"""Backups that belong to no engine: written from a consistent snapshot, tried out, restored whole or not."""

from homeregistry.backups.archive import Manifest
from homeregistry.backups.restoring import Restored, restore_backup
from homeregistry.backups.writing import write_backup

__all__ = ["Manifest", "Restored", "restore_backup", "write_backup"]
