"""
What is kept on a reader: to be downloaded by them, and to go with their account.

An app that keeps something of readers has a module `personal_data.py` of its own, which is found by its name:
`@holds_data("comments")` marks a function that gives the reader's part of the download, `@on_account_deletion` one
that is called before the account goes.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from aminata24.readers.models import User
from aminata24.readers.saved import saved_articles_of

Part = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Holder = Callable[[User], Part]
Leaver = Callable[[User], None]

_holders: dict[str, Holder] = {}
_leavers: list[Leaver] = []


def holds_data(name: str) -> Callable[[Holder], Holder]:
    """Mark a function that gives what its app keeps on a reader."""

    def add(holder: Holder) -> Holder:
        _holders[name] = holder
        return holder

    return add


def on_account_deletion(leaver: Leaver) -> Leaver:
    """Mark a function that is called with each account that is about to be deleted, by whomever."""
    _leavers.append(leaver)
    return leaver


def personal_data(user: User) -> dict[str, Part]:
    """Everything that is kept on a reader, by the name of its part."""
    return {name: holder(user) for name, holder in sorted(_holders.items())}


@transaction.atomic
def delete_account(user: User) -> None:
    """Delete an account with all that is kept on it, and sign it out everywhere."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    user.delete()


@receiver(pre_delete, sender=User)
def say_good_bye(instance: User, **kwargs: Any) -> None:
    """An account may go in the admin, too."""
    for leaver in _leavers:
        leaver(instance)


@holds_data("account")
def account(user: User) -> Part:
    """The account itself; a password is kept in a form that nobody can read."""
    return {
        "name": user.get_full_name(),
        "email": user.email,
        "joined_at": user.date_joined,
        "last_login_at": user.last_login,
        "has_password": user.has_usable_password(),
        "roles": [group.name for group in user.groups.all()],
    }


@holds_data("email_addresses")
def email_addresses(user: User) -> Part:
    """The address, and one that is being changed to."""
    return list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary"))


@holds_data("saved_articles")
def saved_articles(user: User) -> Part:
    """« Mes sauvegardes », with what was taken off again."""
    return saved_articles_of(user)


@holds_data("devices")
def devices(user: User) -> Part:
    """Where the account is signed in."""
    return list(UserSession.objects.filter(user=user).values("created_at", "last_seen_at", "ip", "user_agent"))


@holds_data("second_factors")
def second_factors(user: User) -> Part:
    """That they are there and when they were used; their secrets stay secret."""
    return [
        {
            "type": factor.type,
            "name": str(factor),
            "created_at": factor.created_at,
            "last_used_at": factor.last_used_at,
        }
        for factor in Authenticator.objects.filter(user=user)
    ]


@holds_data("other_accounts")
def other_accounts(user: User) -> Part:
    """Accounts of other sites that sign in here, with what those sites told us."""
    return list(
        SocialAccount.objects.filter(user=user).values("provider", "uid", "date_joined", "last_login", "extra_data")
    )
