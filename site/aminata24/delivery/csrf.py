"""The CSRF check as a question, for forms that say in words what went wrong and keep what was typed."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


_check = _Check(_view)


def is_forged(request: HttpRequest) -> bool:
    """
    Whether Django's check fails: the form stood on another site, or its token has expired meanwhile.

    For views marked `csrf_exempt`, which the middleware passes over.
    """
    _check.process_request(request)
    return _check.process_view(request, _view, (), {}) is not None
