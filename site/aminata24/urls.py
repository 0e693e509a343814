"""All URLs: what has a fixed address first, then the page tree."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from aminata24.audience import beacon
from aminata24.health import views as health
from aminata24.readers.me import me
from aminata24.readers.offline import offline, service_worker
from aminata24.readers.saved import saved, saved_list, sync
from aminata24.readers.views import reserved, to_login, to_password_reset
from aminata24.theme.views import app_icon, brand_stylesheet, manifest
from news.views import serve

handler404 = "news.views.not_found"
handler500 = "aminata24.delivery.failure.server_error"

urlpatterns = [
    # One door: /compte/ stands in for Wagtail's own.
    path("admin/login/", to_login),
    re_path(r"^admin/password_reset/", to_password_reset),
    path("_util/login/", reserved),
    path("compte/", include("aminata24.readers.urls")),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("moi/", me, name="me"),
    # So that no page takes them: a middleware answers first.
    path(beacon.ADDRESS[1:], beacon.take_beacon),
    path(health.READY[1:], health.ready),
    path(health.LIVE[1:], health.live),
    path("mes-sauvegardes/", saved, name="saved"),
    path("mes-sauvegardes/liste/", saved_list, name="saved_list"),
    path("mes-sauvegardes/synchroniser/", sync, name="saved_sync"),
    path("hors-ligne/", offline, name="offline"),
    path("service-worker.js", service_worker, name="service_worker"),
    path("marque.css", brand_stylesheet, name="brand_stylesheet"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("icone-<int:size>.png", app_icon, name="app_icon"),
    path("icone-pleine-<int:size>.png", app_icon, {"fills": True}, name="app_icon_filling"),
    path("recherche/", include("search.urls")),
    path("commentaires/", include("aminata24.comments.urls")),
    path("lettre/", include("aminata24.newsletter.urls")),
    path("", include("news.urls")),
]

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns += [
    re_path(r"^(?!_util/)((?:[\w\-]+/)*)$", serve, name="serve_page"),
    path("", include(wagtail_urls)),
]
