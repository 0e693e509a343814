"""The discussion page by page, and a thread with all its replies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aminata24.comments.discussion import Order, Thread, page_of_reply, replies_of, seen_comment, threads_of
from aminata24.comments.views.common import article_or_404, rules
from aminata24.delivery.cache import public
from news.listings import requested_page


@public
def discussion(request: HttpRequest, article_id: int) -> HttpResponse:
    """A page of the threads under an article, in the order of `?tri=`."""
    article = article_or_404(article_id)
    order = request.GET.get("tri", Order.NEWEST)
    if order not in Order.values:
        raise Http404
    part = threads_of(article.pk, order, requested_page(request))
    context = {"article": article, "part": part, "order": order, "is_open": rules().are_open_for(article)}
    return render(request, "comments/discussion.html", context)


@public
def thread(request: HttpRequest, article_id: int, comment_id: int) -> HttpResponse:
    """A comment and the replies to it. A reply leads to the page of its thread that it stands on."""
    article = article_or_404(article_id)
    comment = seen_comment(article.pk, comment_id)
    if comment.thread_id:
        number = page_of_reply(comment)
        address = reverse("comment_thread", args=[article.pk, comment.thread_id])
        return redirect(f"{address}{f'?page={number}' if number > 1 else ''}#{comment.fragment}")
    part = replies_of(comment, requested_page(request))
    context = {
        "article": article,
        "thread": Thread(comment, part.items),
        "part": part,
        "is_open": rules().are_open_for(article),
    }
    return render(request, "comments/thread.html", context)
