"""How documents leave the house: the front server sends them where it can, in parts too, and holds no worker up."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from wagtail import hooks
from wagtail.documents.models import AbstractDocument

# `location /_documents/` of site/deploy/nginx/server.conf.
PLACE = "/_documents/"
FOLDER = "documents/"


# After Wagtail's own, which asks whether this reader may have it.
@hooks.register("before_serve_document", order=100)
def leave_it_to_the_front_server(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """Name the file to a front server that says it sends files itself; else Wagtail reads it."""
    name = document.file.name
    if request.headers.get("X-Sendfile-Type") != "X-Accel-Redirect" or not name.startswith(FOLDER):
        return None
    response = HttpResponse(content_type=document.content_type)
    response["X-Accel-Redirect"] = PLACE + quote(name.removeprefix(FOLDER))
    is_download = document.content_disposition != "inline"
    response["Content-Disposition"] = content_disposition_header(is_download, document.filename)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
