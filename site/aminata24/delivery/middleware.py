"""The last hands a response passes through before it leaves the house."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.functional import cached_property
from zlib_ng import gzip_ng

from aminata24.delivery.cache import is_public, mark_public, may_be_cached


class SecurityHeadersMiddleware(CSPMiddleware):
    """What Django itself doesn't say: content security (see settings/security.py), permissions, who may embed us."""

    @cached_property
    def usual_policy(self) -> str:
        """That of nearly all pages: written once, not for each answer."""
        return build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith("/admin/") and not hasattr(response, "_csp_update"):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", settings.CROSS_ORIGIN_RESOURCE_POLICY)
        if not (settings.DEBUG or hasattr(response, "_csp_update")):
            response.headers.setdefault("Content-Security-Policy", self.usual_policy)
            return response
        return super().process_response(request, response)


class PublicCacheMiddleware:
    """
    Keeps the cache contract where a view can't see it.

    A public response never varies by cookie nor sets one; an answer that nobody marked is private.
    A page nobody finds is the same for everyone, so 404s are public too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and may_be_cached(request) and not request.path_info.startswith("/admin/"):
            mark_public(response)
        if is_public(response) and (
            response.cookies or not may_be_cached(request) or "Cookie" in response.get("Vary", "")
        ):
            # Something personal slipped in: better slow than shown to another reader.
            del response["Cache-Control"]
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class CompressionMiddleware:
    """
    Compresses what a shared cache keeps, so that it is done once and not for every reader.

    What belongs to one reader is left as it is: compressed, the length of a secret beside what somebody else
    can write would give it away (BREACH, https://www.breachattack.com).
    """

    # Below this many bytes nothing is won.
    SHORTEST = 500
    # As small as zlib makes them, in half the time.
    LEVEL = 5

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            not is_public(response)
            or response.streaming
            or response.has_header("Content-Encoding")
            or len(response.content) < self.SHORTEST
        ):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response.content = gzip_ng.compress(response.content, self.LEVEL, mtime=0)
            response["Content-Encoding"] = "gzip"
            response["Content-Length"] = str(len(response.content))
        return response
