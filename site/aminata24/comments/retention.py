"""What is known of commenters is forgotten when nobody needs it any more; a worker does it every night."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from aminata24.comments.models import Ban, Comment, Reaction, Status

BATCH = 1000


def forget_commenters(now: datetime) -> int:
    """
    Forget what has been kept long enough; how many rows that changed. May run at any time.

    - Rejected comments and spam lose the addresses of who wrote them, e-mail and network, and which browser it was.
    - Spam is deleted; where something was answered to it, its text.
    - Other comments lose the network address. One that waits keeps it, for a moderator may have to ban it.
    - Likes and reports lose the network address.
    - Bans lose the network address, which somebody else has by then, and go if they held nothing else.
    """
    before = now - settings.COMMENTERS_KEPT_FOR
    # A comment's age counts from the decision, so that it can be taken back and its author banned for a while.
    old = Comment.objects.filter(created_at__lt=before).filter(Q(moderated_at=None) | Q(moderated_at__lt=before))
    spam = old.filter(status=Status.SPAM)
    refused = old.filter(status__in=(Status.REJECTED, Status.SPAM))
    known = ~Q(email="") | ~Q(person="") | ~Q(address_key="")
    reactions = Reaction.objects.filter(created_at__lt=before).exclude(address_key="")
    return (
        _delete(spam.filter(replies=None))
        + _empty(spam.exclude(text=""), text="", name="", email="", person="", address_key="")
        + _empty(refused.filter(known), email="", person="", address_key="")
        + _empty(old.filter(status=Status.APPROVED).exclude(address_key=""), address_key="")
        + _empty(reactions, address_key="")
        + _forget_banned_addresses(now - settings.BANNED_ADDRESSES_KEPT_FOR)
    )


def _forget_banned_addresses(before: datetime) -> int:
    old = Ban.objects.filter(created_at__lt=before).exclude(address_key="")
    return _delete(old.filter(reader=None, email="")) + _empty(old, address_key="")


def _empty(rows: QuerySet, **values: str) -> int:
    """Empty some fields, a batch at a time, so that nobody waits long for a locked row."""
    total = 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        rows.model._default_manager.filter(pk__in=keys).update(**values)
        total += len(keys)
    return total


def _delete(rows: QuerySet) -> int:
    total = 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        rows.model._default_manager.filter(pk__in=keys).delete()
        total += len(keys)
    return total
