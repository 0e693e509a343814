"""What somebody wants to publish, and what a check may say of it."""

from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from aminata24.comments.models import Comment, CommentSettings
from aminata24.comments.people import Person
from news.models import ArticlePage


@dataclass(frozen=True)
class Attempt:
    """A comment on its way in, or a change to one."""

    article: ArticlePage
    person: Person
    rules: CommentSettings
    submission: UUID
    text: str
    name: str
    email: str = ""
    parent: Comment | None = None
    # How long the form was open.
    seconds: float = 0
    # What only a robot fills in.
    website: str = ""
    # What a service that checks for spam is told of where it came from.
    network: str = ""
    user_agent: str = ""


class Gravity(IntEnum):
    """What follows from a finding: it waits for a moderator, is put with the spam, or is not taken at all."""

    HOLD = 1
    SPAM = 2
    REFUSE = 3


@dataclass(frozen=True)
class Finding:
    """What a check found, in words for the moderators; of a refusal in words for its author."""

    gravity: Gravity
    reason: str
    status: int = 200


def hold(reason: str) -> Finding:
    """Let it wait for a moderator."""
    return Finding(Gravity.HOLD, reason)


def spam(reason: str) -> Finding:
    """Put it with the spam, where a moderator can still find it."""
    return Finding(Gravity.SPAM, reason)


def refuse(reason: str, status: int = 422) -> Finding:
    """Don't take it; its author is told why, and keeps the text."""
    return Finding(Gravity.REFUSE, reason, status)


class Refused(Exception):
    """A comment was not taken; says why, in words for its author, and whether a new form may bring it."""

    def __init__(self, reason: str, status: int, needs_new_form: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.needs_new_form = needs_new_form
