"""Readers' URLs of the newsletter, all below /lettre/."""

from django.urls import path

from aminata24.newsletter import views

urlpatterns = [
    path("", views.subscribe, name="newsletter_subscribe"),
    path("merci/", views.thanks, name="newsletter_thanks"),
    path("confirmer/<str:token>/", views.confirm, name="newsletter_confirm"),
    path("desinscription/<str:token>/", views.unsubscribe, name="newsletter_unsubscribe"),
]
