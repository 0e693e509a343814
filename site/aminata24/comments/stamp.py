"""
What a form carries: one signed field that says which sending of which form this is, and when it was opened.

The same number twice is the same comment. A robot has to ask for a form for each.
"""

import time
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer

_signer = Signer(salt="aminata24.comments.stamp")


@dataclass(frozen=True)
class Stamp:
    """A form that was opened so many seconds ago."""

    submission: UUID
    seconds: float


def new_stamp() -> str:
    """The field of a form that is opened now."""
    return _signer.sign(f"{uuid4().hex}-{int(time.time())}")


def read_stamp(field: str) -> Stamp | None:
    """What a field says, however old it is; None for one we never made."""
    try:
        number, _, opened_at = _signer.unsign(field).partition("-")
    except BadSignature:
        return None
    return Stamp(UUID(number), time.time() - int(opened_at))
