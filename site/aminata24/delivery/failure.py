"""When something of ours fails: a page that needs nothing of it, says what is wrong and gives back what was typed."""

import errno
import sys

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RETRY_AFTER_SECONDS = 30

# Fields that somebody wrote with care; they are shown, to be read and copied.
WRITTEN: dict[str, Promise] = {
    "text": _("Your text"),
    "reason": _("Your text"),
    "name": _("Your name"),
    "email": _("Your e-mail address"),
    "login": _("Your e-mail address"),
}
# Never written into a page.
SECRETS = ("password", "code", "credential", "secret")

Fields = list[tuple[str, str]]


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what went wrong: 503 where it goes better the next time, else 500."""
    passes = is_passing(sys.exc_info()[1])
    fields = _sent(request)
    may_be_sent_again = bool(fields) and not request.FILES and not any(map(_is_secret, request.POST))
    page = get_template("500.html").render(
        {
            "passes": passes,
            "address": request.get_full_path(),
            "written": [(WRITTEN[name], name, value) for name, value in fields if name in WRITTEN and value],
            "rest": [(name, value) for name, value in fields if name not in WRITTEN or not value],
            "may_be_sent_again": may_be_sent_again,
        }
    )
    response = HttpResponse(page, status=503 if passes else 500)
    if passes:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def is_passing(error: BaseException | None) -> bool:
    """Whether it is no mistake of the code: the database is away, busy or full, or the disk is."""
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return full or isinstance(error, OperationalError | InterfaceError)


def _sent(request: HttpRequest) -> Fields:
    """The fields of a form, in order."""
    if request.method != "POST":
        return []
    try:
        return [(name, value) for name, values in request.POST.lists() for value in values if not _is_secret(name)]
    except (OSError, RawPostDataException, SuspiciousOperation, MultiPartParserError):
        # Its own body is what failed.
        return []


def _is_secret(name: str) -> bool:
    return any(secret in name.lower() for secret in SECRETS)
