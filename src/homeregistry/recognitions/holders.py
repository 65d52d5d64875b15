"""Recipients that nothing is left of: they leave with the last thing that spoke of them."""

from homeregistry.bulk import select_in
from homeregistry.ledger import Ledger


def close_unheard_of(ledger: Ledger, among: str) -> None:
    """Close the recipients `p` under a condition (numbers only) that hold nothing, and their further names.

    A recipient stays while it holds a title, while something happened to it, and while another was merged
    into it.
    """
    live = "revision_to IS NULL"
    found = ledger.connection.exec_driver_sql(
        f"SELECT p.id FROM recipient p WHERE ({among}) AND p.{live} "
        f"AND NOT EXISTS (SELECT 1 FROM recognition r WHERE r.recipient_id = p.id AND r.{live}) "
        f"AND p.id NOT IN (SELECT recipient_id FROM recipient_event WHERE {live}) "
        f"AND p.id NOT IN (SELECT other_id FROM recipient_event WHERE {live} AND other_id IS NOT NULL)"
    ).scalars()
    free = sorted(int(one) for one in found)
    ledger.close("recipient", free)
    names = select_in(ledger.connection, "SELECT id FROM recipient_name", "recipient_id", free, f"AND {live}")
    ledger.close("recipient_name", [row[0] for row in names])
