"""What every test may ask for: a site with a front page and a section, and people of each role."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.signals import request_started
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, Site

from aminata24.delivery import memory
from aminata24.readers.models import User
from home.models import HomePage
from news.models import SectionPage
from tests import databases
from tests.clock import Clock, clock_at
from tests.factories import HomePageFactory, SectionFactory, root_page
from tests.own_database import own_database

PASSWORD = "lagune-ebrie-2026"


# Before xdist looks at the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Mark what is the same on every database, keep together what shares fixtures, and start with what takes long.

    A test without a database can't tell one from another: Django lets it ask none.
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "db" not in fixtures and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.no_database)
        if "made_once" in fixtures:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Let the garbage collector leave alone what stays anyway, and look at the rest less often: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A migrated database with a front page, which every test finds as it was."""
    with django_db_blocker.unblock():
        before = databases.create()
        make_home_page()
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(before, verbosity=0)


@pytest.fixture(scope="module")
def made_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """
    What fixtures of a module write after this one is there for all its tests, and undone after the last.

    What a test writes itself is undone after that test, as ever.
    """
    cache.clear()
    memory.forget()
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committing(db: None, tmp_path: Path) -> Iterator[None]:
    """A database of its own for a test whose threads see what others commit."""
    with own_database(tmp_path):
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Every test, and every request in it, starts with a cold memory."""

    def forget_all(**kwargs: Any) -> None:
        memory.forget()

    cache.clear()
    memory.forget()
    request_started.connect(forget_all)
    yield
    request_started.disconnect(forget_all)


def make_home_page() -> HomePage:
    """Make the front page of a default site of its own."""
    Page.objects.filter(depth=2).delete()
    Site.objects.all().delete()
    home = HomePageFactory(parent=Page.objects.get(pk=root_page().pk))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Aminata24")
    return home


@pytest.fixture
def home_page(db: None) -> HomePage:
    """The front page of the default site."""
    return HomePage.objects.get()


@pytest.fixture
def section(home_page: HomePage) -> SectionPage:
    """The section Afrique."""
    return SectionFactory(parent=home_page, title="Afrique", slug="afrique")


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that stands still until the test turns it."""
    with clock_at(timezone.now().replace(second=0, microsecond=0)) as clock:
        yield clock


@pytest.fixture
def sign_in(client: Client) -> Callable[..., User]:
    """Sign the client in as a new member of a group, or as superuser without one."""

    def sign_in(group: str | None = None, **fields: Any) -> User:
        email = f"{(group or 'admin').lower()}@aminata24.example"
        if group is None:
            user = User.objects.create_superuser(email, PASSWORD, **fields)
        else:
            user = User.objects.create_user(email, PASSWORD, **fields)
            user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return user

    return sign_in
