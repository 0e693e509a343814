"""What must not leave the house in a log, a mail or an error report: keys, passwords, readers' addresses."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings

MASK = "[masked]"
# Whoever has such a link is its owner. nginx/http.conf masks the same.
MAIL_LINKS = (
    "/compte/adresse/confirmer/",
    "/compte/mot-de-passe/nouveau/",
    "/lettre/confirmer/",
    "/lettre/desinscription/",
)
_RULES = [
    (re.compile(rf"({'|'.join(MAIL_LINKS)})[^/\s\"'<>]+"), rf"\1{MASK}"),
    (re.compile(r"([?&](?:code|key|password|secret|signature|state|token)=)[^&\s\"'<>]+"), rf"\1{MASK}"),
    # user:password@ in an address of a server.
    (re.compile(r"(://[^\s/:@]*:)[^\s@]+(?=@)"), rf"\1{MASK}"),
    # The values in what PostgreSQL says of a row that it refuses.
    (re.compile(r"(Key \([^)]*\)=\().*?(?=\))"), rf"\1{MASK}"),
    (re.compile(r"(Failing row contains \().*"), rf"\1{MASK})"),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), MASK),
]
_SECRET_NAMES = re.compile(r"(?:KEY|SECRET|PASSWORD|TOKEN|DSN|FALLBACKS)$", re.IGNORECASE)
# Shorter ones would be found inside of ordinary words.
_SHORTEST = 8


def masked(text: str) -> str:
    """A text without what must stay secret."""
    for secret in _secrets():
        text = text.replace(secret, MASK)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


@cache
def _secrets() -> list[str]:
    """The settings' own secrets; the longest first, since one may contain another."""
    found = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    return sorted({secret for secret in _strings_under_secret_names(found) if len(secret) >= _SHORTEST}, key=len)[::-1]


def _strings_under_secret_names(values: Mapping[Any, Any]) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _strings_under_secret_names(value)
        elif _SECRET_NAMES.search(str(name)):
            yield from (one for one in (value if isinstance(value, list | tuple) else [value]) if isinstance(one, str))
