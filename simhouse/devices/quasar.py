"""A simulated Wallbox Quasar with a car: its registers and their behaviour over time.

Modelled on the known behaviour of the real one: it obeys writes only while Modbus owns it, starts and stops with a
delay, ramps, reports no state of charge while idle, and idles by itself after its time-out without requests.
"""

from dataclasses import dataclass, field
from random import Random

OWNER, AUTO_START, KIND, IDLE_S = 81, 82, 83, 88
LOCKED, ACTION, CURRENT_A, POWER_W = 256, 257, 258, 260
MOST_A, MOST_W = 512, 514
AMPS, VOLTS, DRAWN_W, STATE, SOC, ERRORS = 519, 522, 526, 537, 538, range(539, 543)
WRITABLE = frozenset({OWNER, AUTO_START, KIND, IDLE_S, ACTION, CURRENT_A, POWER_W, MOST_W})

NO_CAR, CHARGING, WAITING, PAUSED, ERROR, DISCHARGING = 0, 1, 2, 4, 7, 11
LEAST_W, LARGEST_W = 1380, 7400
FULLEST_PCT, EMPTIEST_PCT = 97.0, 5.0
ILLEGAL_ADDRESS, ILLEGAL_VALUE = 2, 3


def signed(value: int) -> int:
    """Return a 16-bit value as a signed number, by two's complement."""
    return value - 65536 if value > 32767 else value


@dataclass
class Quasar:
    """The charger and its car. Powers in W, + = charging; `t_s` is the simulation's own time.

    `delay_s`: range of the delay of a start or stop; `ramp_w_s`: how fast its power changes. `visits`: (from, to) times
    of cars. `modulates_from_w`: its lowest power; less gives 0. `ignores_set_point`: it accepts every set-point and
    keeps the previous one.
    """

    soc_pct: float = 50.0
    battery_kwh: float = 40.0
    voltage_v: float = 230.0
    delay_s: tuple[float, float] = (1.0, 3.0)
    ramp_w_s: float = 1500.0
    visits: tuple[tuple[float, float], ...] = ((0.0, float("inf")),)
    seed: int = 1
    registers: dict[int, int] = field(default_factory=dict)
    power_w: float = 0.0
    charged_kwh: float = 0.0
    given_kwh: float = 0.0
    writes: list[tuple[float, int, int]] = field(default_factory=list)
    starts: int = 0
    t_s: float = 0.0
    powered: bool = True
    ignores_set_point: bool = False
    _obeyed_w: float = 0.0
    _running: bool = False
    _due: tuple[float, bool] | None = None
    _asked_s: float = 0.0
    _asked: bool = False

    def __post_init__(self) -> None:
        """Set the registers of a new charger: nothing controls it, nothing is set."""
        self._random = Random(self.seed)
        made = {1: 3400, 2: 1, 3: 4711, 80: 502, OWNER: 0, AUTO_START: 1, KIND: 0, 85: 6, 87: 5750, IDLE_S: 0, 89: 30}
        made |= {LOCKED: 0, ACTION: 0, CURRENT_A: 0, POWER_W: 0, MOST_A: 32, MOST_W: LARGEST_W, AMPS: 0}
        made |= dict.fromkeys(range(DRAWN_W, ERRORS.stop), 0) | {VOLTS: round(self.voltage_v)}
        self.registers = made | self.registers
        self.step(self.t_s)

    @property
    def present(self) -> bool:
        """Whether a car is plugged in."""
        return any(arrives_s <= self.t_s < leaves_s for arrives_s, leaves_s in self.visits)

    @property
    def set_w(self) -> float:
        """The set-point of the kind in force [W], + = charging; a current is converted. A stopped charger keeps it."""
        if self.registers[KIND] == 1:
            return float(signed(self.registers[POWER_W]))
        return signed(self.registers[CURRENT_A]) * self.voltage_v

    def read(self, address: int, count: int) -> list[int] | int:
        """Return registers, or the code of an exception."""
        self._asked = True
        if any(place not in self.registers for place in range(address, address + count)):
            return ILLEGAL_ADDRESS
        return [self.registers[place] for place in range(address, address + count)]

    def write(self, address: int, value: int) -> int:
        """Set a register; the code of the exception that answers, 0 for none. Without ownership nothing changes."""
        self._asked = True
        if address not in WRITABLE:
            return ILLEGAL_ADDRESS
        if address in (OWNER, AUTO_START, KIND) and value > 1:
            return ILLEGAL_VALUE
        if address == POWER_W and abs(signed(value)) > LARGEST_W:
            return ILLEGAL_VALUE
        if address == MOST_W and not LEAST_W <= value <= LARGEST_W:
            return ILLEGAL_VALUE
        if address != OWNER and self.registers[OWNER] != 1:
            return 0
        self.writes.append((self.t_s, address, signed(value)))
        self.registers[address] = value
        if address == OWNER and value == 0:
            self.registers |= {AUTO_START: 1, KIND: 0, IDLE_S: 0}
        if address == ACTION and value in (1, 2):
            self._due = (self.t_s + self._random.uniform(*self.delay_s), value == 1)
        return 0

    def step(self, t_s: float) -> None:
        """Advance to a time [s]: starts and stops take effect, the power ramps, the car fills or empties."""
        passed_s, self.t_s = max(t_s - self.t_s, 0.0), t_s
        if self._asked:
            self._asked, self._asked_s = False, t_s
        idle_s = self.registers[IDLE_S]
        if idle_s and t_s - self._asked_s >= idle_s:
            self._running, self._due = False, None
        if not self.present or not self.powered:
            self._running = False
        if self._due is not None and t_s >= self._due[0]:
            self._running, self._due = self._due[1] and self.present, None
            self.starts += self._running
        target_w = self._target_w() if self._running else 0.0
        change_w = min(max(target_w - self.power_w, -self.ramp_w_s * passed_s), self.ramp_w_s * passed_s)
        self.power_w = 0.0 if not self.powered or not self.present else self.power_w + change_w
        energy_kwh = self.power_w * passed_s / 3_600_000
        self.soc_pct = min(max(self.soc_pct + 100 * energy_kwh / self.battery_kwh, 0.0), 100.0)
        self.charged_kwh += max(energy_kwh, 0.0)
        self.given_kwh -= min(energy_kwh, 0.0)
        self._update_registers()

    def _target_w(self) -> float:
        if not self.ignores_set_point:
            most_w = min(self.registers[MOST_W], LARGEST_W)
            self._obeyed_w = min(max(self.set_w, -most_w), most_w)
        target_w = self._obeyed_w
        full, empty = self.soc_pct >= FULLEST_PCT, self.soc_pct <= EMPTIEST_PCT
        if abs(target_w) < LEAST_W or (target_w > 0 and full) or (target_w < 0 and empty):
            return 0.0
        return target_w

    def _update_registers(self) -> None:
        flowing = self._running and self.present
        state = NO_CAR
        if self.present:
            state = PAUSED if not flowing else DISCHARGING if self.power_w < -1 else CHARGING
        if any(self.registers[place] for place in ERRORS):
            state = ERROR
        self.registers[STATE] = state
        self.registers[SOC] = round(self.soc_pct) if flowing else 0
        self.registers[DRAWN_W] = round(self.power_w) & 0xFFFF
        self.registers[AMPS] = round(abs(self.power_w) / self.voltage_v)
