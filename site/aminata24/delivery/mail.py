"""Mail in two forms: text for everybody, HTML for those who read it."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def send_templated_mail(template: str, context: dict[str, Any], to: str) -> None:
    """Send `<template>.txt`, whose first line is the subject, with `<template>.html` beside it, to one address."""
    subject, _, text = render_to_string(f"{template}.txt", context).strip().partition("\n")
    mail = EmailMultiAlternatives(subject.strip(), f"{text.strip()}\n", to=[to])
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    mail.send()
