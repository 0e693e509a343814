"""Readers' URLs of the discussions, all below /commentaires/."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from aminata24.comments.views import reacting, reading, writing


class KeyConverter(IntConverter):
    """A primary key that a database can hold."""

    regex = "[1-9][0-9]{0,8}"


register_converter(KeyConverter, "key")

urlpatterns = [
    path("<key:article_id>/", reading.discussion, name="comments"),
    path("<key:article_id>/fil/<key:comment_id>/", reading.thread, name="comment_thread"),
    path("<key:article_id>/ecrire/", writing.write, name="comment_write"),
    path("<key:article_id>/repondre/<key:parent_id>/", writing.write, name="comment_reply"),
    path("<key:article_id>/modifier/<key:comment_id>/", writing.edit, name="comment_edit"),
    path("<key:article_id>/aimer/<key:comment_id>/", reacting.like, name="comment_like"),
    path("<key:article_id>/signaler/<key:comment_id>/", reacting.report, name="comment_report"),
]
