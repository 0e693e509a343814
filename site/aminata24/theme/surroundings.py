"""Everything around a page, read with two queries and kept for a second."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Exists
from django.http import Http404
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page, PageViewRestriction, Site

from aminata24.delivery.memory import remember_briefly
from aminata24.theme.links import Link, resolve_links
from aminata24.theme.models import BrandSettings, ConsentSettings, MenuSettings

# What other apps show on every page: {name: expression}, read along with the site instead of by a query of its own.
read_along: dict[str, Any] = {}


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Brand, menus and consent of the site, as templates read them (`theme.brand.name`, `theme.sections`)."""

    site: Site
    brand: BrandSettings
    consent: ConsentSettings
    sections: list[Link]
    useful_links: list[Link]
    legal_links: list[Link]
    has_private_pages: bool = False

    @property
    def root_path(self) -> str:
        """The `url_path` of the front page, without its last slash."""
        return self.site.root_page.url_path.rstrip("/")

    def path(self, page: Page) -> str:
        """The path readers know a page by; no query, unlike Wagtail's `page.url`."""
        return page.url_path.removeprefix(self.root_path)

    def section_at(self, path: str) -> str:
        """The address in the section menu that a path lies at or below; empty where none does."""
        return next((link.url for link in self.sections if link.url != "/" and path.startswith(link.url)), "")

    def setting(self, model: type) -> Any:
        """Any site setting, those of other apps included; no query."""
        return _setting(self.site, model)

    def with_setting(self, name: str, setting: Any) -> "Surroundings":
        """The same with one setting exchanged, for its preview."""
        if name != "menus":
            return replace(self, **{name: setting})
        sections, useful, legal = _menus(setting, self.root_path)
        return replace(self, sections=sections, useful_links=useful, legal_links=legal)


def _menus(menus: MenuSettings, root_path: str) -> list[list[Link]]:
    return resolve_links((menus.header, menus.footer, menus.legal), root_path)


def _setting(site: Site, model: type) -> Any:
    # A site that never saved a setting has its defaults.
    try:
        return getattr(site, model._meta.model_name)  # type: ignore[attr-defined]
    except model.DoesNotExist:  # type: ignore[attr-defined]
        return model(site=site)


@remember_briefly
def surroundings() -> Surroundings:
    """The surroundings of the default site; raises Http404 when there is no site yet."""
    site = (
        Site.objects.filter(is_default_site=True)
        .annotate(has_private_pages=Exists(PageViewRestriction.objects.all()), **read_along)
        .select_related(
            "root_page",
            "brandsettings__logo",
            "brandsettings__advertising_page",
            "menusettings",
            "consentsettings__privacy_page",
            "consentsettings__terms_page",
            *(model._meta.model_name for model in registry if issubclass(model, BaseSiteSetting)),
        )
        .first()
    )
    if site is None:
        raise Http404("There is no default site.")
    sections, useful, legal = _menus(_setting(site, MenuSettings), site.root_page.url_path)
    return Surroundings(
        site=site,
        brand=_setting(site, BrandSettings),
        consent=_setting(site, ConsentSettings),
        sections=sections,
        useful_links=useful,
        legal_links=legal,
        has_private_pages=site.has_private_pages,
    )


def path_of(page: Page) -> str:
    """The path of a page on the site, for example /afrique/."""
    return surroundings().path(page)


def absolute(path: str) -> str:
    """The full address of a path; never made from the request's Host header, which anyone can write."""
    return settings.SITE_URL.rstrip("/") + path
