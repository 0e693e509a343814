"""The site itself: its front page and what surrounds every page."""

from typing import Any

from wagtail.models import Page, Site

from aminata24.demo.bodies import to_stream
from aminata24.demo.content import Entry
from aminata24.demo.sections import Sections
from aminata24.theme.models import BrandSettings, ConsentSettings, MenuSettings
from home.models import HomePage

SOCIAL_ACCOUNTS = ["facebook", "x", "whatsapp", "telegram", "youtube"]
LEGAL = ["mentions-legales", "politique-de-confidentialite", "conditions-d-utilisation"]
USEFUL = ["a-propos", "contact", "annoncez-chez-nous"]


def load_front_page() -> HomePage:
    """Put a front page where Wagtail's own migration left its welcome page; returns the one there is."""
    home = HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    home = HomePage(
        title="Aminata24",
        slug="accueil",
        seo_title="Aminata24 : l’actualité de la Côte d’Ivoire et de l’Afrique de l’Ouest",
        search_description="Politique, société, économie, sport et culture : l’actualité de la Côte d’Ivoire "
        "et de l’Afrique de l’Ouest, en continu.",
    )
    root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.root_page = home
    site.site_name = "Aminata24"
    site.save()
    if welcome and welcome.specific_class is Page:
        welcome.delete()
    return home


def load_rails(home: HomePage, sections: Sections) -> None:
    """Compose the front page, unless somebody already did."""
    if home.rails:
        return

    def rail(path: str, count: int) -> Entry:
        return {"section_rail": {"section": sections[path].pk, "count": count, "pinned": []}}

    home.rails = to_stream(
        [
            {"lead_package": {"pinned": []}},
            {"latest": {"count": 8}},
            rail("actualites", 5),
            rail("la-presidence", 5),
            {"ad": {"slot": "between_rails"}},
            {"most_read": {"title": "Les plus lus de la semaine", "period": "week", "count": 5}},
            rail("societe", 5),
            {"opinion": {"title": "Opinions", "count": 3, "pinned": []}},
            rail("afrique", 5),
            {"video": {"title": "En vidéo", "count": 3, "pinned": []}},
            {
                "newsletter": {
                    "title": "La lettre de midi",
                    "text": "Cinq nouvelles, chaque jour ouvré, dans votre boîte aux lettres.",
                }
            },
        ]
    )
    home.save_revision().publish()


def load_surroundings(site: Site, sections: Sections, pages: dict[str, Page], pictures: dict[str, int]) -> None:
    """Say who we are, what the menus hold and where the cookie notice leads, unless somebody already did."""

    def menu(*links: Entry) -> str:
        return to_stream([{"link": {"page": None, "url": "", "label": "", **link}} for link in links])

    main = [{"page": section.pk} for path, section in sections.items() if "/" not in path]
    follow = [
        {"url": "/en-continu/", "label": "En continu"},
        {"url": "/recherche/", "label": "Recherche"},
        {"url": "/flux/", "label": "Flux RSS"},
    ]
    _make_once(
        BrandSettings,
        site,
        description="Aminata24 suit l’actualité de la Côte d’Ivoire et de l’Afrique de l’Ouest : politique, société, "
        "économie, sport et culture.",
        logo_id=pictures.get("logo"),
        advertising_page_id=pages["annoncez-chez-nous"].pk,
        social_accounts=to_stream(
            [{"account": {"network": network, "url": f"https://example.org/{network}"}} for network in SOCIAL_ACCOUNTS]
        ),
    )
    _make_once(
        MenuSettings,
        site,
        header=menu(*main, {"url": "/en-continu/", "label": "En continu"}),
        footer=menu(*({"page": pages[slug].pk} for slug in USEFUL), *follow),
        legal=menu(*({"page": pages[slug].pk} for slug in LEGAL)),
    )
    _make_once(
        ConsentSettings,
        site,
        privacy_page_id=pages["politique-de-confidentialite"].pk,
        terms_page_id=pages["conditions-d-utilisation"].pk,
    )


def _make_once(model: type[Any], site: Site, **values: Any) -> None:
    if not model.objects.filter(site=site).exists():
        model(site=site, **values).save()
