"""What a tariff makes of imports that are planned."""

from __future__ import annotations

from ...model.durations import MONTHS_A_YEAR
from ...model.equipment import Limited
from ...model.site import Site
from ...planning.compose import TariffTerms
from ...planning.times import Ahead
from ...tariff.rules import Moment, rule_of
from ...tariff.watch import watch


def terms_of(site: Site, ahead: Ahead) -> TariffTerms | None:
    """None where no window is billed, or none is known yet."""
    tariff, standing = site.tariff, watch().standing
    if tariff is None or standing is None or tariff.limits is not Limited.WINDOWS:
        return None
    free_kw = max(tariff.minimum_kw, standing.month_peak_kw)
    rule, price_per_kw = rule_of(tariff), (tariff.price_per_kw_year or 0.0) / MONTHS_A_YEAR
    most_kw = max(standing.target_kw, free_kw if rule.rises else 0.0)

    def share(start_s: float) -> float:
        return rule.weight(tariff, Moment(start_s, ahead(start_s)))

    return TariffTerms(most_kw, min(free_kw, most_kw), price_per_kw, share)
