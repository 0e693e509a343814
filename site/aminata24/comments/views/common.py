"""What the views have in common."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from aminata24.comments.models import CommentSettings
from aminata24.delivery.memory import remember_briefly
from aminata24.theme.surroundings import surroundings
from news.models import ArticlePage

# Views that check for forgery themselves, so that a form that has expired keeps what was typed.
form_view = require_http_methods(["GET", "HEAD", "POST"])

EXPIRED = _("This form had expired, nothing was lost: please send it once more.")


@remember_briefly
def discussed(article_id: int) -> ArticlePage | None:
    """The article a discussion is on, with what that tells of it; None where readers see none."""
    articles = ArticlePage.objects.listed().only(
        "title", "short_headline", "url_path", "published_at", "comments_closed", "comment_count", "section_id"
    )
    return articles.filter(pk=article_id).first()


def article_or_404(article_id: int) -> ArticlePage:
    """The same; raises Http404 where readers see none."""
    article = discussed(article_id)
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
