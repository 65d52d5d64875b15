"""`template`: a blank workbook to fill in and import."""

from pathlib import Path

import click

from homeregistry.cli.filtering import kind_from, region_from, years_from
from homeregistry.cli.output import tell
from homeregistry.cli.wording import TranslatedCommand


@click.command(
    cls=TranslatedCommand,
    help="A blank workbook with drop-downs (titles, tiers, districts of that year), an example and help.",
)
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--kind", metavar="KIND", help="Only for this title.")
@click.option("--region", metavar="R", help="Only districts of this region.")
@click.option("--year", metavar="YEAR", help="Districts as they were in that year; this year by default.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def template(out: Path, kind: str | None, region: str | None, year: str | None, force: bool) -> None:
    """Write the workbook."""
    from datetime import date

    from homeregistry.exports.template import TemplateWish, write_template

    first, last = years_from(year)
    wanted = last or first or date.today().year
    place = region_from(region, date(wanted, 12, 31)) if region else None
    write_template(TemplateWish(wanted, kind_from(kind), place), out, force)
    tell("{file}: a blank workbook; fill it in, then: homeregistry import {file} --dry-run", file=out)
