"""People who sign in, and what they saved."""

from aminata24.readers.models.saved_article import Change, Changes, SavedArticle
from aminata24.readers.models.user import User, UserManager

__all__ = ["Change", "Changes", "SavedArticle", "User", "UserManager"]
