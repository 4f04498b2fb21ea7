"""Huawei SUN2000 over Modbus TCP: the inverter's own meter, panels and battery, without an integration."""
