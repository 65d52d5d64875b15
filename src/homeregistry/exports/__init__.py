"""What leaves the registry: tallies and records for auditors, the officer's own workbook with its problems
marked, blank workbooks to fill in. Made from one snapshot, checked, and put in their place in one step.

Each export is a module and a line in `EXPORTS`.
"""

from homeregistry.exports.making import EXPORTS, Exported, export_file

__all__ = ["EXPORTS", "Exported", "export_file"]
