"""All faults, by name and in groups; plays them in parallel."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from .batteries import BATTERIES
from .chargers import CHARGERS
from .energy import ENERGY
from .exports import EXPORTS
from .fault import Fault, Outcome
from .fuses import FUSES
from .hidden_suns import HIDDEN_SUNS
from .home_assistant import HOME_ASSISTANT
from .links import LINKS
from .meters import METERS
from .phases import PHASES
from .play import play
from .quasars import QUASARS
from .switched import SWITCHED
from .tariffs import TARIFFS
from .watts import WATTS

GROUPS: Mapping[str, tuple[Fault, ...]] = {
    "Meters and sensors": METERS,
    "Fuses": FUSES,
    "Chargers": (*PHASES, *CHARGERS),
    "Cloud and Modbus": (*LINKS, *QUASARS),
    "Switched loads": SWITCHED,
    "Loads in watts": WATTS,
    "The home battery": BATTERIES,
    "Hidden sun": HIDDEN_SUNS,
    "Export and island": EXPORTS,
    "Tariffs": TARIFFS,
    "Energy": ENERGY,
    "Home Assistant, CONFIG and the clock": HOME_ASSISTANT,
}

FAULTS: Mapping[str, Fault] = {fault.name: fault for group in GROUPS.values() for fault in group}


def play_faults(names: Iterable[str]) -> Iterator[tuple[str, Outcome]]:
    """Play these side by side, on all processors; each as it is done."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        # The longest first, so that none of them runs alone at the end.
        ordered = sorted(names, key=lambda name: -FAULTS[name].length_s)
        running = {pool.submit(_measured, name): name for name in ordered}
        for done in as_completed(running):
            name = running[done]
            yield name, done.result()


def _measured(name: str) -> Outcome:
    logging.disable()  # what the scripts say of a fault belongs to the fault
    return play(FAULTS[name])
