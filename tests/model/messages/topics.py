"""The topics of the catalogue: only the page of all reasons and tests need them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from fusebox.model.messages.message import STRINGS

TOPICS: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(STRINGS.read_text(encoding="utf-8"))["topics"]
"""Title of a topic -> code -> its sentence, and when it is used."""
