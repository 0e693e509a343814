"""
The checks a comment passes, in order. Each takes an attempt and returns nothing, or what it found.

A refusal is for people: it says what to do and loses nothing. What a robot sends is kept where moderators can look.
"""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aminata24.comments.models import Comment
from aminata24.comments.names import is_reserved
from aminata24.comments.spam.attempt import Attempt, Finding, Gravity, hold, refuse, spam
from aminata24.comments.spam.limits import may_send
from aminata24.comments.text import bare, fingerprint, fold

BANNED = gettext_lazy("You can no longer comment on this site.")

Check = Callable[[Attempt], Finding | None]

# So long the same text counts as sent again.
MEMORY = timedelta(days=1)
# Shorter ones, « Bravo ! », occur to many people.
SHORTEST_PECULIAR_TEXT = 30
# So many others who send the same text are no coincidence.
MANY = 3

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_LINK_MARKUP = re.compile(r"<a\s[^>]*href|\[(?:url|link)[=\]]", re.IGNORECASE)


def is_banned(attempt: Attempt) -> Finding | None:
    """Somebody whom a moderator keeps out."""
    if attempt.person.is_banned(attempt.email):
        return refuse(str(BANNED), 403)
    return None


def is_robot(attempt: Attempt) -> Finding | None:
    """Something that fills in what no reader sees."""
    return spam(_("Filled in a field that only robots see")) if attempt.website else None


def is_too_fast(attempt: Attempt) -> Finding | None:
    """Quicker than one can type. Whoever sends it again has waited long enough."""
    if attempt.seconds < settings.COMMENT_SECONDS:
        return refuse(_("That was very quick! Please send your comment once more."))
    return None


def is_too_often(attempt: Attempt) -> Finding | None:
    """More in a short time than one writes, or than comes from one address, or from strangers altogether."""
    person = attempt.person
    email_key = salted_hmac("aminata24.comments.email", attempt.email, algorithm="sha256").hexdigest()
    limits = {
        "comments by person": email_key if attempt.email else person.key,
        "comments by address": person.address_key or "unknown",
    }
    if not all(may_send(limit, key) for limit, key in limits.items()):
        return refuse(_("You have sent many comments in a short time. Wait a few minutes; your text stays."), 429)
    if not person.is_trusted(attempt.name, attempt.email) and not may_send("comments by strangers", ""):
        return refuse(_("Very many comments are coming in. Please try again in a few minutes; your text stays."), 429)
    return None


def is_changed_too_often(attempt: Attempt) -> Finding | None:
    """More changes than a few corrections."""
    if may_send("changes by person", attempt.person.key):
        return None
    return refuse(_("You have changed your comments many times. Please wait a few minutes; your text stays."), 429)


def was_sent_before(attempt: Attempt) -> Finding | None:
    """The same words again, from the same person or from many."""
    same = Comment.objects.filter(
        fingerprint=fingerprint(attempt.text), created_at__gt=timezone.now() - MEMORY
    ).exclude(submission=attempt.submission)
    rows = list(same.values_list("person", "email", "address_key", "article_id")[:50])
    person, is_peculiar = attempt.person, len(bare(attempt.text)) >= SHORTEST_PECULIAR_TEXT
    for key, email, address_key, article in rows:
        is_theirs = key == person.key or (email and email == attempt.email)
        if is_theirs and (is_peculiar or article == attempt.article.pk):
            return refuse(_("You have already sent this comment."), 409)
        if is_peculiar and address_key and address_key == person.address_key:
            return refuse(_("This comment has already been sent."), 409)
    if is_peculiar and len({row[0] for row in rows}) >= MANY:
        return spam(_("Many people sent the same text"))
    return None


def holds_spam_words(attempt: Attempt) -> Finding | None:
    """Words that the publisher takes for spam."""
    word = _first_word(attempt, attempt.rules.spam_words)
    return spam(_("Holds “%(word)s”") % {"word": word}) if word else None


def holds_link_markup(attempt: Attempt) -> Finding | None:
    """Links written as HTML or BBCode, which nobody types here."""
    return spam(_("Holds links written as markup")) if _LINK_MARKUP.search(attempt.text) else None


def holds_waiting_words(attempt: Attempt) -> Finding | None:
    """Words that the publisher wants to look at."""
    word = _first_word(attempt, attempt.rules.waiting_words)
    return hold(_("Holds “%(word)s”") % {"word": word}) if word else None


def holds_many_links(attempt: Attempt) -> Finding | None:
    """More links than the publisher allows."""
    count = len(_LINK.findall(attempt.text))
    return hold(_("Holds %(count)s links") % {"count": count}) if count > attempt.rules.most_links else None


def takes_our_name(attempt: Attempt) -> Finding | None:
    """A name that readers would take for the newsroom's."""
    return hold(_("Uses a name of the newsroom")) if is_reserved(attempt.name) else None


def _first_word(attempt: Attempt, words: str) -> str:
    """The first of these words, one a line, that stands in the text or the name; empty without any."""
    text = _in_words(f"{attempt.name} {attempt.text}")
    wanted = filter(None, map(_in_words, words.splitlines()))
    return next((word for word in wanted if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)), "")


def _in_words(text: str) -> str:
    return " ".join(fold(text).split())


# Whether it is taken at all; what costs least comes first.
GATE: list[Check] = [is_too_fast, is_too_often, is_banned, was_sent_before]
# What it says; after a change as well.
CONTENT: list[Check] = [holds_spam_words, holds_link_markup, holds_waiting_words, holds_many_links, takes_our_name]

FOR_NEW_COMMENTS: list[Check] = [is_robot, *GATE, *CONTENT]
FOR_EDITS: list[Check] = [is_changed_too_often, is_banned, was_sent_before, *CONTENT]


def judge(attempt: Attempt, checks: Iterable[Check]) -> Finding | None:
    """The gravest that the checks find, and of those the first; nothing where all is well. A refusal ends it."""
    gravest: Finding | None = None
    for check in checks:
        finding = check(attempt)
        if finding and (gravest is None or finding.gravity > gravest.gravity):
            gravest = finding
        if gravest and gravest.gravity == Gravity.REFUSE:
            break
    return gravest
