"""Names that nobody but their owners may comment under: the brand's, the newsroom's people, the authors."""

from django.db.models import Q
from django.utils.translation import gettext as _

from aminata24.comments.text import bare, fold
from aminata24.delivery.memory import remember_briefly
from aminata24.readers.models import User
from aminata24.theme.surroundings import surroundings
from news.models import Author

# Digits and signs that stand for letters; l, i and 1 look the same.
_DISGUISES = str.maketrans("01345789@$|l", "oieastbgasii")
# Who speaks for the house, in one word; a name that holds one of them speaks for it too.
_OFFICES = ("redaction", "moderateur", "moderatrice", "moderation", "administrateur", "webmaster")


def _plain(name: str) -> str:
    return bare(name.casefold().translate(_DISGUISES)).translate(_DISGUISES)


def _forms(name: str) -> set[str]:
    """The letters of a name as they stand, and word by word in alphabetical order (« Kouamé Aya »)."""
    return {_plain(name), _plain(" ".join(sorted(fold(name).split())))} - {""}


@remember_briefly
def _taken() -> frozenset[str]:
    people = User.objects.filter(is_active=True).filter(
        Q(is_superuser=True) | Q(groups__permissions__codename="access_admin")
    )
    names = [user.get_full_name() for user in people.only("first_name", "last_name").distinct()]
    names += [*Author.objects.values_list("name", flat=True), _("Deleted reader")]
    return frozenset(form for name in names for form in _forms(name))


def is_reserved(name: str) -> bool:
    """Whether readers might take somebody of this name for one of us, however it is written."""
    plain = _plain(name)
    ours = {_plain(surroundings().brand.name), *map(_plain, _OFFICES)} - {""}
    return any(word in plain for word in ours) or not _taken().isdisjoint(_forms(name))
