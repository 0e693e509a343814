"""What the newsletter keeps on a reader."""

from aminata24.newsletter.models import Subscriber
from aminata24.readers.models import User
from aminata24.readers.personal_data import Part, holds_data


@holds_data("newsletter")
def newsletter(user: User) -> Part:
    """Whether the newsletter comes to the reader's address; it goes on when the account ends, until they leave it."""
    return list(Subscriber.objects.filter(email=user.email).values("email", "created_at", "confirmed_at"))
