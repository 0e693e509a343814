"""Mail to readers: a text is written, the HTML beside it is made from that."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django_tasks import task

from aminata24.theme.surroundings import surroundings


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a mail: lines of text, or the label of a link and where it leads."""

    lines: list[str]
    link: str = ""

    @property
    def is_code(self) -> bool:
        """Whether it is nothing but figures, to be typed elsewhere."""
        return "".join(self.lines).replace("-", "").isdigit()


def paragraphs(text: str) -> Iterator[Paragraph]:
    """
    Split a text at its empty lines.

    A paragraph whose last line is an address becomes a button; the lines above it say what that does.
    """
    for block in text.strip().split("\n\n"):
        lines = [line.strip() for line in block.strip().splitlines()]
        if not lines:
            continue
        if len(lines) > 1 and lines[-1].startswith(("https://", "http://")):
            yield Paragraph([" ".join(lines[:-1]).rstrip("\u00a0 :")], link=lines[-1])
        else:
            yield Paragraph(lines)


def queue_mail(subject: str, text: str, address: str) -> None:
    """Have a mail sent; whoever waits for a page does not wait for the mail server."""
    brand = surroundings().brand.name
    html = render_to_string("mail.html", {"paragraphs": list(paragraphs(text)), "name": brand})
    # One line, whatever a template breaks it into.
    send.enqueue(f"[{brand}] {' '.join(subject.split())}", text.strip() + "\n", html, address)


@task()
def send(subject: str, text: str, html: str, address: str) -> None:
    """Hand a mail over to the mail server."""
    send_mail(subject, text, None, [address], html_message=html)
