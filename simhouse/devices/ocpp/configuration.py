"""The configuration keys of a charge point, and requests to change them."""

from .firmware import Firmware

METER_INTERVAL = "MeterValueSampleInterval"
UNITS = "ChargingScheduleAllowedChargingRateUnit"


class Configuration:
    """Keys and values as text; those in `WRITABLE` can be changed."""

    WRITABLE = (METER_INTERVAL, "MeterValuesSampledData", "WebSocketPingInterval", "ClockAlignedDataInterval")

    def __init__(self, firmware: Firmware, connectors: int) -> None:
        profiles = "Core,RemoteTrigger" + (",SmartCharging" if firmware.smart_charging else "")
        self.values = {
            "SupportedFeatureProfiles": profiles,
            "NumberOfConnectors": str(connectors),
            METER_INTERVAL: str(firmware.meter_every_s),
            "ClockAlignedDataInterval": str(firmware.idle_meter_every_s),
            "MeterValuesSampledData": "Current.Import,Current.Offered,Power.Active.Import,Voltage",
            "WebSocketPingInterval": "20",
        }
        if firmware.smart_charging:
            self.values |= {
                "ChargeProfileMaxStackLevel": str(firmware.highest_stack_level),
                "ConnectorSwitch3to1PhaseSupported": str(firmware.switches_phases).lower(),
            }
            self.values |= {UNITS: firmware.states_units or firmware.units} if firmware.tells_units else {}
            self.values |= {"MaxChargingProfilesInstalled": str(firmware.most_profiles)} if firmware.tells_room else {}
        self._least_s = firmware.least_meter_every_s

    @property
    def meter_every_s(self) -> int:
        """The real interval of meter values during a transaction [s]."""
        return max(int(self.values[METER_INTERVAL]), self._least_s)

    def answer_request(self, keys: list[str] | None) -> tuple[list[dict[str, object]], list[str]]:
        """Answer GetConfiguration: the known keys (all if none is named) with values, and the unknown keys."""
        wanted = keys or list(self.values)
        known: list[dict[str, object]] = [
            {"key": key, "readonly": key not in self.WRITABLE, "value": self.values[key]}
            for key in wanted
            if key in self.values
        ]
        return known, [key for key in wanted if key not in self.values]

    def change(self, key: str, value: str) -> str:
        """Carry out ChangeConfiguration; return its status."""
        if key not in self.values:
            return "NotSupported"
        whole = key == METER_INTERVAL
        if key not in self.WRITABLE or (whole and not (value.isdigit() and int(value) > 0)):
            return "Rejected"
        self.values[key] = value
        return "Accepted"
