"""All URLs: what has a fixed address first, then the page tree."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from aminata24.audience import beacon
from aminata24.readers.me import me
from aminata24.theme.views import brand_stylesheet
from news.views import serve

handler404 = "news.views.not_found"
handler500 = "news.views.server_error"

urlpatterns = [
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("moi/", me, name="me"),
    # So that no page takes it: a middleware answers first.
    path(beacon.ADDRESS[1:], beacon.take_beacon),
    path("marque.css", brand_stylesheet, name="brand_stylesheet"),
    path("recherche/", include("search.urls")),
    path("lettre/", include("aminata24.newsletter.urls")),
    path("", include("news.urls")),
]

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns += [
    re_path(r"^(?!_util/)((?:[\w\-]+/)*)$", serve, name="serve_page"),
    path("", include(wagtail_urls)),
]
