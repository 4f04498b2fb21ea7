"""Where a measured quantity comes from. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where one measured quantity comes from: one signed entity, or an import and an export entity.

    `unit` overrides the entity's own; `invert` turns a clamp that was mounted the wrong way round; an entity
    without `heartbeat` reports only on change, so its age says nothing.
    """

    entity: str | None = None
    import_entity: str | None = None
    export_entity: str | None = None
    unit: str | None = None
    invert: bool = False
    heartbeat: bool = True

    @property
    def entities(self) -> tuple[str, ...]:
        """The entity ids behind this source, in reading order."""
        return tuple(e for e in (self.entity, self.import_entity, self.export_entity) if e is not None)
