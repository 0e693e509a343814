"""Authors, and one account a role."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from aminata24.demo import content
from aminata24.readers.models import User
from news.models import Author

# Known to everyone who reads this file: `load_demo` refuses it on a site that isn't in development.
PASSWORD = "Lagune-Ebrie-24"


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in at /admin/."""

    role: str
    email: str
    first_name: str
    last_name: str
    author: str = ""


ACCOUNTS = [
    Account("Reporters", "reporter@aminata24.example", "Mariam", "Cissé", author="mariam-cisse"),
    Account("Editors", "editor@aminata24.example", "Brahima", "Soro", author="brahima-soro"),
    Account("Editors-in-chief", "chief@aminata24.example", "Aya", "Kouamé", author="aya-kouame"),
    Account("Moderators", "moderator@aminata24.example", "Clarisse", "Adjoua N’Dri"),
    Account("Sales", "sales@aminata24.example", "Ibrahim", "Koné"),
]


def load_accounts(password: str) -> dict[str, User]:
    """Make the accounts that are missing; returns them all by role."""
    users = {}
    for account in ACCOUNTS:
        user = get_user_model().objects.filter(email=account.email).first()
        if user is None:
            user = get_user_model().objects.create_user(
                account.email, password, first_name=account.first_name, last_name=account.last_name
            )
            user.groups.add(Group.objects.get_or_create(name=account.role)[0])
            profile = UserProfile.get_for_user(user)
            profile.preferred_language = "fr"
            profile.save()
        users[account.role] = user
    return users


def load_authors(portraits: dict[str, int], users: dict[str, User]) -> dict[str, Author]:
    """Make the authors that are missing, with their portraits and accounts; returns them all by slug."""
    accounts = {account.author: users[account.role] for account in ACCOUNTS if account.author and users}
    authors = {}
    for entry in content.authors():
        slug = entry["slug"]
        authors[slug], _created = Author.objects.get_or_create(
            slug=slug,
            defaults={
                "name": entry["name"],
                "role": entry["role"],
                "biography": entry["biography"],
                "links": [{"type": "link", "value": link} for link in entry["links"]],
                "portrait_id": portraits.get(f"portrait-{slug}"),
                "user": accounts.get(slug),
            },
        )
    return authors
