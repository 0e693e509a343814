"""Taking the demo's copy off the site again, so that it can be loaded anew with today's times."""

from django.db import transaction

from aminata24.ads.models import Campaign
from aminata24.demo import content
from home.models import HomePage, InformationPage
from news.models import ArticlePage, BreakingNews, LiveCoveragePage


@transaction.atomic
def remove_demo() -> None:
    """
    Remove the demo's articles, information pages, live coverages, ticker lines and campaigns.

    Sections, authors, topics, pictures, accounts and settings stay: the newsroom's own articles may need them.
    So do the front page and LE DIRECT, which an editor may have composed.
    """
    for home in HomePage.objects.all():
        # By place, since an article of the newsroom's own may have the same slug in another section.
        articles = [f"{home.url_path}{entry['section']}/{entry['slug']}/" for entry in content.articles()]
        pages = [f"{home.url_path}{entry['slug']}/" for entry in content.information_pages()]
        coverages = [f"{home.url_path}direct/{entry['slug']}/" for entry in content.live()["coverage"]]
        for model, paths in ((ArticlePage, articles), (InformationPage, pages), (LiveCoveragePage, coverages)):
            for page in model.objects.filter(url_path__in=paths):
                page.delete()
    BreakingNews.objects.filter(text__in=[entry["text"] for entry in content.ticker_lines()]).delete()
    Campaign.objects.filter(name__in=[entry["name"] for entry in content.campaigns()]).delete()
