"""A hot-water tank as one body of water: it loses heat to its room, and a family draws from it."""

from dataclasses import dataclass

WATER_WH_L_K = 1.163
LOSS_W_K = 1.8
"""A well insulated tank of 200 l loses some 50 W at 30 degrees above its room."""

ROOM_C, COLD_C = 18.0, 12.0
SHOWER_L_S, SHOWER_S = 0.08, 480
SHOWERS_H = (6.7, 7.2, 12.5, 19.0, 21.5)
"""When somebody takes hot water, in hours of the day, each time for eight minutes."""


@dataclass
class Water:
    """`litres` at `celsius`, from second `of_day_s` of the day on."""

    litres: float
    celsius: float
    of_day_s: int

    def step(self, t_s: float, power_w: float) -> None:
        """One second with so much heating."""
        heat_j_k = self.litres * WATER_WH_L_K * 3600
        self.celsius += (power_w - LOSS_W_K * (self.celsius - ROOM_C)) / heat_j_k
        hour = (self.of_day_s + t_s) % 86_400 / 3600
        if any(0 <= hour - begin < SHOWER_S / 3600 for begin in SHOWERS_H):
            self.celsius -= SHOWER_L_S / self.litres * (self.celsius - COLD_C)
