"""What is done for the newsletter every so often."""

from datetime import datetime

from aminata24.delivery.periodic import every
from aminata24.newsletter.models import Subscriber


@every(hours=24)
def forget_the_unconfirmed(now: datetime) -> int:
    """Delete addresses whose owners never followed the link; gives how many."""
    return Subscriber.objects.unconfirmed_for_long(now).delete()[0]
