"""How often the cloud is asked: a bucket of requests that fills by itself, and a part of it that is kept for cuts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ... import tuning


@dataclass(frozen=True, slots=True)
class Bucket:
    """Requests that may be made, as of a time [s]. `closed_s`: until then the cloud wants none at all."""

    left: float = field(default_factory=lambda: tuning.EASEE_BUCKET_REQUESTS)
    at_s: float = float("-inf")
    closed_s: float = float("-inf")

    def taken(self, now_s: float, urgent: bool) -> Bucket | None:
        """The bucket without one request; None when it may not be made now."""
        if now_s < self.closed_s:
            return None
        # A clock that was set back fills nothing and keeps nobody waiting.
        since_s = now_s - self.at_s if now_s >= self.at_s else 0.0
        left = min(tuning.EASEE_BUCKET_REQUESTS, self.left + since_s / tuning.EASEE_REQUEST_EVERY_S)
        if left < (1.0 if urgent else 1.0 + tuning.EASEE_KEPT_FOR_CUTS):
            return None
        return replace(self, left=left - 1.0, at_s=now_s)

    def closed(self, until_s: float) -> Bucket:
        """No request before that time."""
        return replace(self, closed_s=until_s)
