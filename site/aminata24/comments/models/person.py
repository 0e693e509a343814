"""Who is one person: the same account, e-mail address, or keyed hash of a network address."""

from django.db.models import Q


def same_person(reader_id: int | None, email: str, address_key: str = "") -> Q:
    """What finds the rows that share one of these; what is empty finds nothing."""
    found = Q(pk=None)
    if reader_id:
        found |= Q(reader=reader_id)
    if email:
        found |= Q(email=email.lower())
    if address_key:
        found |= Q(address_key=address_key)
    return found
