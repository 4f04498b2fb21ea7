"""`python -m simhouse easee-ids`: the numbers of site and circuit that an Easee load needs in CONFIG.

Queries Easee's cloud once; user name and password come from secrets.yaml or a prompt, and are never displayed.
"""

import argparse
import asyncio
import getpass
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..host.package_path import reach_package


def main(argv: Sequence[str] | None = None) -> int:
    """Print a CONFIG entry for each charger; return 0 with one, 1 with none, 2 when the cloud could not be reached."""
    reach_package()
    from fusebox.devices.easee.cloud import Cloud, CloudError
    from fusebox.devices.easee.endpoints import BASE_URL
    from fusebox.runtime.config_file import load_secrets

    parser = argparse.ArgumentParser(prog="simhouse easee-ids", description=__doc__)
    parser.add_argument("--secrets", type=Path, help="a secrets.yaml with easee_user and easee_password")
    parser.add_argument("--base-url", default=BASE_URL, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    known: Mapping[str, str] = {}
    if options.secrets:
        known, problem = load_secrets(str(options.secrets))
        missing = [name for name in ("easee_user", "easee_password") if name not in known]
        if problem or missing:
            why = problem or f"{options.secrets} has no {' and no '.join(missing)}"
            lines = " and ".join(f"'{name}: ...'" for name in missing)
            print(f"simhouse easee-ids: {why}. Remedy: write {lines} into it.", file=sys.stderr)
            return 2
    try:
        username = known.get("easee_user") or input("Easee user name (mail or phone): ")
        password = known.get("easee_password") or getpass.getpass("Easee password: ")
    except EOFError:
        print(
            "simhouse easee-ids: there is no terminal to ask on. Remedy: give --secrets secrets.yaml.", file=sys.stderr
        )
        return 2
    try:
        products = asyncio.run(_fetch_products(Cloud(options.base_url, username, password)))
    except CloudError as error:
        print(f"simhouse easee-ids: {error}", file=sys.stderr)
        return 2
    try:
        entries = list(_config_entries(products))
    except (AttributeError, TypeError):
        print("simhouse easee-ids: Easee's cloud answered with no list of sites. Remedy: try later.", file=sys.stderr)
        return 2
    for entry in entries:
        print(entry)
    if not entries:
        print("This account has no charger. Remedy: add the charger to it in the Easee app.", file=sys.stderr)
    return 0 if entries else 1


async def _fetch_products(cloud: Any) -> Any:
    from fusebox.devices.easee.endpoints import HttpRequest

    try:
        return await cloud.request(time.time(), HttpRequest("GET", "/api/accounts/products"))
    finally:
        await cloud.close()


def _config_entries(products: Any) -> Iterator[str]:
    """Yield one line of CONFIG for each charger, with a comment on where it is."""
    for site in products:
        for circuit in site.get("circuits") or ():
            for charger in circuit.get("chargers") or ():
                where = " / ".join(str(name) for name in (site.get("name"), circuit.get("panelName")) if name)
                yield (
                    f'"type": "easee", "charger": "{charger.get("id")}", "site": {site.get("id")}, '
                    f'"circuit_id": {circuit.get("id")},  # {where or "unnamed"}'
                )
