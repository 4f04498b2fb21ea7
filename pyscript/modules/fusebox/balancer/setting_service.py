"""`fusebox_set`: values of CONFIG that have a control, of one load or of the site, by their names in CONFIG."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from reprlib import repr as shortened

from ..config.read_config import Plan
from ..model.load import Load
from ..model.numbers import is_number
from ..model.own_entities import SITE_NAME
from ..model.readings import View
from ..model.site import Site
from ..runtime.service_errors import GIVEN_BY_PYSCRIPT, Others, ServiceError, service
from ..runtime.service_fields import load_name
from .balancer import Balancer
from .controls import paths_of
from .services import device_refusal, load_of, plan_in_force


@service
async def set_values(balancer: Balancer, now_s: float, load: object, values: Others) -> Mapping[str, object]:
    """`fusebox_set`: values of CONFIG that have a control, of a load or, without one, of the site. Last as a mode does.

    All of them or none: nothing changes where one is refused.
    """
    plan = plan_in_force(balancer)
    is_site = load_name(load) in (None, SITE_NAME)
    owner = plan.site({}) if is_site else load_of(plan, load)
    paths = {setting.key: path for path, setting in paths_of(plan, owner).items()}
    given = {key: each for key, each in values.items() if key not in GIVEN_BY_PYSCRIPT and each is not None}
    name = "the site" if isinstance(owner, Site) else f"'{owner.name}'"
    rest = f"{name} has {', '.join(paths) or 'nothing that can be set'}"
    if not given:
        raise ServiceError(f"nothing to set; {rest}")
    if strays := [key for key in given if key not in paths]:
        raise ServiceError(f"{shortened(strays[0])[1:-1]}: is nothing that can be set here; {rest}")
    wanted = {key: plan.meant(paths[key], value) for key, value in given.items()}
    view = View(balancer.ports.get, now_s)
    means = {key: partial(_means, plan, paths[key], value) for key, value in wanted.items()}
    for key, value in wanted.items():
        unfit = ""
        if key == "max_a" and isinstance(owner, Load) and is_number(value):
            unfit = device_refusal(balancer, owner, value)
        if why := balancer.settings.refusal(view, paths[key], value, means[key]) or unfit:
            raise ServiceError(why)
    for key, value in wanted.items():
        await balancer.settings.set(paths[key], value, means[key])
    await balancer.run_anew(now_s)
    return {"load": None if isinstance(owner, Site) else owner.name, **wanted}


def _means(plan: Plan, path: str, value: object, label: str) -> bool:
    """Whether a label, such as an option of an entity, stands for this value."""
    return plan.meant(path, label) == value
