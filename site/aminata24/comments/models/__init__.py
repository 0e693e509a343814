"""Comments, what readers think of them, who may not write any, and the publisher's rules."""

from aminata24.comments.models.ban import Ban
from aminata24.comments.models.comment import Comment, Status
from aminata24.comments.models.moderator import ModeratorPreferences
from aminata24.comments.models.reaction import Reaction
from aminata24.comments.models.rules import CommentSettings, Digest
from aminata24.comments.models.tally import Tally

__all__ = ["Ban", "Comment", "CommentSettings", "Digest", "ModeratorPreferences", "Reaction", "Status", "Tally"]
