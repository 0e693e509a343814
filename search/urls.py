"""Readers' URLs of the search, below /recherche/."""

from django.urls import path

from search import views

urlpatterns = [
    path("", views.results, name="search"),
    path("suggestions/", views.suggest, name="search_suggestions"),
]
