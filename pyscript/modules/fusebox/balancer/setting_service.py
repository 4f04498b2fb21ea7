"""Services that set values of CONFIG: `fusebox_set` those that have a control, others one of them."""

from __future__ import annotations

from reprlib import repr as shortened

from ..model.electrics import DUST
from ..model.load import Load
from ..model.messages.message import Message, message, with_frame
from ..model.numbers import is_number
from ..model.own_entities import SITE_NAME
from ..model.readings import View
from ..model.site import Site
from ..runtime.service_calls import Fields, Response, ServiceError, filled_fields, load_name_of_entity, service
from .balancer import Balancer
from .controls import control_paths
from .services import config_in_force, load_named, path_of


@service
async def set_values(balancer: Balancer, now_s: float, /, *, load: object, **values: object) -> Response:
    """Execute `fusebox_set`: set values in CONFIG that have a control, of a load or of the site, and decide anew.

    `load`: None or the site's name for the site. Returns the load, None for the site, and the values.
    """
    return await _set_and_run(balancer, now_s, load, values)


@service
async def set_distribution(balancer: Balancer, now_s: float, *, distribution: object) -> Response:
    """Execute `fusebox_set_distribution`: set how loads share, and decide anew; return the distribution."""
    found = await _set_and_run(balancer, now_s, None, {"distribution": distribution})
    return {"distribution": found["distribution"]}


@service
async def set_current(balancer: Balancer, now_s: float, bound: str, *, load: object, current_a: object) -> Response:
    """Execute `fusebox_set_max_current` or `fusebox_set_min_current` [A], and decide anew; return load and current.

    `bound`: `max_a` or `min_a`.
    """
    name = load_named(config_in_force(balancer), load).name
    found = await _set_and_run(balancer, now_s, name, {bound: current_a})
    return {"load": name, "current_a": found[bound]}


async def _set_and_run(balancer: Balancer, now_s: float, load: object, values: Fields) -> Response:
    """Set values in CONFIG that have a control, of a load or of the site, and decide anew; return load and values.

    The values are in force until CONFIG is edited there. Raises ServiceError, and sets none, if one is refused or
    unknown, or if none is given. A value of None is left out.
    """
    config = config_in_force(balancer)
    is_site = load_name_of_entity(load) in (None, SITE_NAME)
    owner = config.site({}) if is_site else load_named(config, load)
    paths = {setting.key: own for setting, own in control_paths(config, owner).items()}
    given = filled_fields(values)
    name = "the site" if isinstance(owner, Site) else f"'{owner.name}'"
    known = ", ".join(paths) or "nothing"
    if not given:
        raise ServiceError(message("nothing_to_set", what=name, known=known))
    for key in given:
        if is_site and key not in paths and config.has_table(f"site.{key}"):
            raise ServiceError(message("setting_by_time", key=key))
    if strays := [key for key in given if key not in paths]:
        raise ServiceError(message("setting_unknown", key=shortened(strays[0])[1:-1], what=name, known=known))
    wanted = {key: config.normalise_input(paths[key][0], value) for key, value in given.items()}
    view = View(balancer.ports.get, now_s)
    together = {path: value for key, value in wanted.items() for path in paths[key]}
    for path, value in together.items():
        unfit = None
        if path.endswith(".max_a") and isinstance(owner, Load) and is_number(value):
            unfit = _device_refusal(balancer, owner, value)
        if why := balancer.settings.refusal(view, path, value, together) or unfit:
            raise ServiceError(why)
    for path, value in together.items():
        await balancer.settings.set(path, value)
    await balancer.run_anew(now_s)
    return {"load": None if isinstance(owner, Site) else owner.name, **wanted}


def _device_refusal(balancer: Balancer, load: Load, amount_a: float) -> Message | None:
    """Return why a load's device does not accept this current, None where it does or reports no maximum."""
    state = None if balancer.result is None else balancer.result.snapshot.loads.get(load.name)
    most_a = None if state is None else state.device_max_a
    if most_a is None or amount_a <= most_a + DUST:
        return None
    refusal = message("current_above_charger", asked_a=amount_a, most_a=most_a)
    return with_frame(refusal, "path", path_of(load, "max_a"))
