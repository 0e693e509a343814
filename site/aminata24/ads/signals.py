"""What follows when a campaign is published."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from aminata24.ads.models import Campaign
from aminata24.delivery.memory import forget
from aminata24.images.tasks import make_renditions


@receiver(published, sender=Campaign)
def cut_creatives(instance: Campaign, **kwargs: Any) -> None:
    """Make the pictures of an ad before the first reader asks for them."""
    forget()
    images = [creative.image for creative in instance.creatives.all() if creative.image]  # type: ignore[attr-defined]
    if images:
        make_renditions.enqueue({str(image.pk): ["natural"] for image in images})
