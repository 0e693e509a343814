"""Readers' URLs of the discussions, all below /commentaires/."""

from django.urls import path

from aminata24.comments.views import reacting, reading, writing

urlpatterns = [
    path("<int:article_id>/", reading.discussion, name="comments"),
    path("<int:article_id>/fil/<int:comment_id>/", reading.thread, name="comment_thread"),
    path("<int:article_id>/ecrire/", writing.write, name="comment_write"),
    path("<int:article_id>/repondre/<int:parent_id>/", writing.write, name="comment_reply"),
    path("<int:article_id>/modifier/<int:comment_id>/", writing.edit, name="comment_edit"),
    path("<int:article_id>/aimer/<int:comment_id>/", reacting.like, name="comment_like"),
    path("<int:article_id>/signaler/<int:comment_id>/", reacting.report, name="comment_report"),
]
