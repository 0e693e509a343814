"""Figures of the comments."""

from aminata24.comments.models import Comment
from aminata24.health.figures import gauge


@gauge("comments_waiting", "Comments that wait for a moderator.")
def comments_waiting() -> float:
    """How long the queue is."""
    return Comment.objects.waiting().count()
