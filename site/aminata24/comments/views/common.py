"""What the views have in common."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from aminata24.comments.models import CommentSettings
from aminata24.theme.surroundings import surroundings
from news.models import ArticlePage

# Views that check for forgery themselves, so that a form that has expired keeps what was typed.
form_view = require_http_methods(["GET", "HEAD", "POST"])

EXPIRED = _("This form had expired, nothing was lost: please send it once more.")


def discussed() -> QuerySet[ArticlePage]:
    """The articles that readers see, with what the discussion tells of them."""
    return ArticlePage.objects.listed().only(
        "title", "short_headline", "url_path", "published_at", "comments_closed", "comment_count", "section_id"
    )


def article_or_404(article_id: int) -> ArticlePage:
    """The article a discussion is on; raises Http404 where readers see none."""
    article = discussed().filter(pk=article_id).first()
    if article is None:
        raise Http404
    return article


def rules() -> CommentSettings:
    """The publisher's rules."""
    return surroundings().setting(CommentSettings)


def stopped(
    request: HttpRequest, title: str, text: str, article: ArticlePage | None = None, status: int = 403
) -> HttpResponse:
    """Say why nothing can be sent here any more, and give back what was typed."""
    context = {"title": title, "text": text, "article": article, "typed": request.POST.get("text", "")}
    return render(request, "comments/stopped.html", context, status=status)
