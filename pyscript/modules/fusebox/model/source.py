"""Where a measured quantity comes from. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where one measured quantity comes from: one signed entity, or an import and an export entity."""

    entity: str | None = None
    """The signed one."""
    import_entity: str | None = None
    """What flows in."""
    export_entity: str | None = None
    """What flows out."""
    unit: str | None = None
    """Counts in place of the entity's own."""
    invert: bool = False
    """Turns a clamp that was mounted the wrong way round."""
    heartbeat: bool = True
    """Without it the entity reports only on change, so its age says nothing."""

    @property
    def entities(self) -> tuple[str, ...]:
        """The entity ids behind this source, in reading order."""
        return tuple(e for e in (self.entity, self.import_entity, self.export_entity) if e is not None)
