"""Readers' URLs of the newsroom beside the page tree."""

from django.urls import path

from news import feeds, sitemaps, views

urlpatterns = [
    path("en-continu/", views.latest, name="latest"),
    path("en-continu/frais/", views.fresh, name="fresh"),
    path("direct/", views.direct, name="direct"),
    path("auteurs/<slug:slug>/", views.author, name="author"),
    path("auteurs/<slug:slug>/flux/", feeds.AuthorFeed(), name="author_feed"),
    path("sujets/<slug:slug>/", views.topic, name="topic"),
    path("flux/", feeds.SiteFeed(), name="feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-actualites.xml", sitemaps.news_sitemap, name="news_sitemap"),
    path("sitemap-<slug:name>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
