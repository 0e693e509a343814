"""The desk's URLs, below /admin/direct/."""

from django.urls import path

from news.desk import views

urlpatterns = [
    path("direct/", views.index, name="live_desks"),
    path("direct/<int:coverage>/", views.desk, name="live_desk"),
    path("direct/<int:coverage>/changements/", views.changes, name="live_desk_changes"),
    path("direct/<int:coverage>/etat/", views.state, name="live_desk_state"),
    path("direct/<int:coverage>/<int:entry>/", views.entry, name="live_desk_entry"),
    path("direct/<int:coverage>/<int:entry>/faire/", views.step, name="live_desk_step"),
]
