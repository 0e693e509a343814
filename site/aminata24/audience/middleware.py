"""A way past all other middleware for the one address that is asked a thousand times a second."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from aminata24.audience.beacon import ADDRESS, take_beacon


class BeaconMiddleware:
    """Answers beacons at once: they need no session, user, policy or language, where half of their time would go."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return take_beacon(request) if request.path_info == ADDRESS else self.get_response(request)
