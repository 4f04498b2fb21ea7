"""Faults of a load that does not follow repeated commands."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_RESTART = "restart the device, and check that nothing else controls it"
_RELAYS = "check that its relays are reachable, and that nothing else switches them"
_ONLINE = "check that the device is online, and that nothing else controls it"
_DRAWS = "ignores its limit: draws [{draw_a} A][{draw_w} W] although it was set to [{set_a} A][{set_w} W]; "
_DREW = "has ignored its limit: drew [{draw_a} A][{draw_w} W], more than it was set to; "

FAULTS: Mapping[str, Entry] = {
    "ignores_limit": Entry(_DRAWS + _RESTART, "it draws more than it was set to, for longer than it usually takes"),
    "relays_ignore_limit": Entry(_DRAWS + _RELAYS, "the same of a load that is counted by its relays"),
    "ignored_limit": Entry(_DREW + _RESTART, "the same, and it has been switched off since"),
    "relays_ignored_limit": Entry(_DREW + _RELAYS, "the same of a load that is counted by its relays"),
    "current_not_taken": Entry(
        "does not accept its current: displays {shown_a} A, was sent {sent_a} A; " + _ONLINE,
        "its number displays another current than it was sent several times",
    ),
    "current_not_displayed": Entry(
        "does not accept its current: displays nothing, was sent {sent_a} A; " + _ONLINE,
        "its number displays nothing after it was sent a current several times",
    ),
    "power_not_taken": Entry(
        "does not accept its power: displays {shown_w} W, was sent {sent_w} W; " + _ONLINE,
        "its number displays another power than it was sent several times",
    ),
    "on_not_taken": Entry("stays off although it was switched on; " + _ONLINE, "its switch still displays off"),
    "off_not_taken": Entry("stays on although it was switched off; " + _ONLINE, "its switch still displays on"),
}
