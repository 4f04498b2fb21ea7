"""A configuration folder of Home Assistant: YAML, a user with a token, pyscript, and Fusebox as users install it."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
import yaml

ROOT = Path(__file__).parents[3]
TEN_YEARS_S = 315_360_000


class Folder:
    """The folder and what is in it. `token` lets in whoever has it."""

    def __init__(self, path: Path, *components: Path) -> None:
        self.path = path
        self.scripts = path / "pyscript"
        self.config = self.scripts / "modules" / "site_config.py"
        path.mkdir(parents=True)
        for component in components:
            to = path / "custom_components" / component.name
            shutil.copytree(component, to, ignore=shutil.ignore_patterns("__pycache__"))
        self.token = self._let_in()

    def install(self) -> None:
        """`make install`, as the README says."""
        subprocess.run(
            ["make", "-s", "-C", str(ROOT), "install", f"DEST={self.path}"], check=True, capture_output=True, timeout=60
        )

    def save(self, config: Mapping[str, Any] | str) -> None:
        """Write CONFIG in place."""
        self.config.write_text(config if isinstance(config, str) else f"CONFIG = {config!r}\n", encoding="utf-8")

    def configure(self, port: int, entities: Mapping[str, Any]) -> None:
        """Write configuration.yaml: what every test needs and the entities of its house, packages among them."""
        own = dict(entities)
        written = {
            "homeassistant": {
                "time_zone": "Europe/Brussels",
                **own.pop("homeassistant", {}),
                "name": "Fusebox",
                "latitude": 51.05,
                "longitude": 3.72,
                "elevation": 10,
                "unit_system": "metric",
                "currency": "EUR",
                "country": "BE",
            },
            "http": {"server_host": "127.0.0.1", "server_port": port},
            "frontend": None,
            "api": None,
            "websocket_api": None,
            "logger": {"default": "info"},
            "pyscript": {"allow_all_imports": False, "hass_is_global": False},
            **own,
        }
        (self.path / "configuration.yaml").write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")

    def _let_in(self) -> str:
        """Store an owner with a long-lived token, and mark onboarding as done."""
        user, refresh, key = uuid.uuid4().hex, uuid.uuid4().hex, secrets.token_hex(64)
        now_s = int(time.time())
        token = {
            "id": refresh,
            "user_id": user,
            "client_id": None,
            "client_name": "tests",
            "client_icon": None,
            "token_type": "long_lived_access_token",
            "created_at": datetime.fromtimestamp(now_s, UTC).isoformat(),
            "access_token_expiration": float(TEN_YEARS_S),
            "token": secrets.token_hex(64),
            "jwt_key": key,
            "last_used_at": None,
            "last_used_ip": None,
            "expire_at": None,
            "credential_id": None,
            "version": "2025.4.4",
        }
        owner = {
            "id": user,
            "group_ids": ["system-admin"],
            "is_owner": True,
            "is_active": True,
            "name": "tests",
            "system_generated": False,
            "local_only": False,
        }
        groups = [{"id": f"system-{name}", "name": name} for name in ("admin", "users", "read-only")]
        self._store("auth", 1, {"users": [owner], "groups": groups, "credentials": [], "refresh_tokens": [token]})
        self._store("onboarding", 4, {"done": ["user", "core_config", "analytics", "integration"]})
        return jwt.encode({"iss": refresh, "iat": now_s - 60, "exp": now_s + TEN_YEARS_S}, key, algorithm="HS256")

    def _store(self, name: str, version: int, data: Mapping[str, Any]) -> None:
        file = self.path / ".storage" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"version": version, "minor_version": 1, "key": name, "data": data}))
