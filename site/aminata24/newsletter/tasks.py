"""Mail to those who left an address."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from aminata24.newsletter.models import Subscriber
from aminata24.theme.surroundings import surroundings


@task()
def send_link(subscriber_id: int) -> None:
    """Send the link to confirm with, or to one who confirmed before, the link to leave with."""
    subscriber = Subscriber.objects.get(pk=subscriber_id)
    name = surroundings().brand.name
    subject = _("Your subscription to %(name)s") if subscriber.is_confirmed else _("Confirm your address for %(name)s")
    text = render_to_string("newsletter/mail.txt", {"subscriber": subscriber, "name": name})
    try:
        send_mail(subject % {"name": name}, text, None, [subscriber.email])
    except Exception:
        # Whoever tries again need not wait for a mail that never left.
        Subscriber.objects.filter(pk=subscriber_id).update(mailed_at=None)
        raise
