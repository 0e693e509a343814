"""What is kept of a person's comments: for the copy that a reader downloads, and for the end of an account."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from aminata24.comments.models import Ban, Comment, Reaction
from aminata24.comments.models.comment import CommentQuerySet
from aminata24.readers.models import User
from aminata24.readers.personal_data import holds_data, on_account_deletion
from aminata24.theme.surroundings import absolute


@holds_data("comments")
def comments_of(user: User) -> list[dict[str, Any]]:
    """Every comment of this person, with an account or before there was one."""
    written = _written_by(user).select_related("article").defer("article__body").order_by("created_at", "pk")
    return [
        {
            "article": comment.article.title,
            "address": absolute(comment.article.path_on_site),
            "name": comment.name,
            "email": comment.email,
            "text": comment.text,
            "status": str(comment.get_status_display()),
            "written_at": comment.created_at,
            "changed_at": comment.edited_at,
        }
        for comment in written
    ]


@holds_data("reactions")
def reactions_of(user: User) -> list[dict[str, Any]]:
    """What this person liked or reported."""
    reactions = Reaction.objects.filter(person=_person(user)).select_related("comment").order_by("created_at", "pk")
    return [
        {
            "kind": str(reaction.get_kind_display()),
            "comment": reaction.comment.text,
            "reason": reaction.reason,
            "made_at": reaction.created_at,
        }
        for reaction in reactions
    ]


@on_account_deletion
@transaction.atomic
def anonymise_comments_of(user: User) -> None:
    """Leave the comments, for others answered them, as those of a deleted reader; forget what the person liked."""
    forgotten: dict[str, Any] = {"reader": None, "email": "", "person": "", "address_key": ""}
    # In this order: what was the account's can't be found by it afterwards.
    _written_by(user).filter(is_staff=True).update(**forgotten, name=_("The newsroom"))
    _written_by(user).update(**forgotten, name="")
    reactions = Reaction.objects.filter(person=_person(user))
    for kind, count in ((Reaction.Kind.LIKE, "like_count"), (Reaction.Kind.REPORT, "report_count")):
        counted = Comment.objects.filter(pk__in=reactions.filter(kind=kind).values("comment"), **{f"{count}__gt": 0})
        counted.update(**{count: F(count) - 1})
    reactions.delete()
    # A ban stays by its e-mail address, or a new account would be the way around it.
    Ban.objects.filter(reader=user, email="", address_key="").delete()


def _written_by(user: User) -> CommentQuerySet:
    # Whoever has an account proved that the address is theirs.
    return Comment.objects.filter(Q(reader=user) | Q(reader=None, email=user.email.lower()))


def _person(user: User) -> str:
    return f"reader:{user.pk}"
