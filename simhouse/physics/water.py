"""A hot-water tank as one body of water that loses heat to its room and is used for showers."""

from dataclasses import dataclass

WATER_WH_L_K = 1.163
LOSS_W_K = 1.8
"""A well insulated tank of 200 l loses some 50 W at 30 degrees above its room."""

ROOM_C, COLD_C = 18.0, 12.0
SHOWER_L_S, SHOWER_S = 0.08, 480
SHOWERS_H = (6.7, 7.2, 12.5, 19.0, 21.5)
"""Hours of the day at which hot water is used, for eight minutes each."""


@dataclass
class Water:
    """`litres` of water at `celsius`, from second `of_day_s` of the day."""

    litres: float
    celsius: float
    of_day_s: int

    def step(self, t_s: float, power_w: float) -> None:
        """Advance by a second with this heating power [W]."""
        heat_j_k = self.litres * WATER_WH_L_K * 3600
        self.celsius += (power_w - LOSS_W_K * (self.celsius - ROOM_C)) / heat_j_k
        hour = (self.of_day_s + t_s) % 86_400 / 3600
        if any(0 <= hour - begin < SHOWER_S / 3600 for begin in SHOWERS_H):
            self.celsius -= SHOWER_L_S / self.litres * (self.celsius - COLD_C)
