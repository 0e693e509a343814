"""`/sante/`: whether readers can be served; `/sante/vivant/`: whether this process answers at all."""

from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from aminata24.delivery.client import client_address
from aminata24.health.checks import Status, answers

READY = "/sante/"
LIVE = "/sante/vivant/"


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The worst of all checks, 503 where one failed; which one is told on this machine only."""
    found = answers()
    worst = max(answer.status for answer in found.values())
    told: dict[str, object] = {"status": worst.name.lower()}
    if ip_address(client_address(request)).is_loopback:
        told["checks"] = {
            name: {"status": answer.status.name.lower(), "message": answer.message} for name, answer in found.items()
        }
    return _answer(told, 503 if worst is Status.FAILED else 200)


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Yes; nothing else is looked at."""
    return _answer({"status": "ok"})


def _answer(told: dict[str, object], status: int = 200) -> HttpResponse:
    """What the middleware that this goes past would have added is added here."""
    response = JsonResponse(told, status=status)
    response["Cache-Control"] = "no-store"
    response["Content-Length"] = str(len(response.content))
    response["X-Content-Type-Options"] = "nosniff"
    return response
