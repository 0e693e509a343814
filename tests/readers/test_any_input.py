"""Whatever is typed or sent: an answer, never a failure, and nothing of it becomes markup."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aminata24.readers.models import User
from tests.conftest import PASSWORD
from tests.readers.conftest import ADDRESS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_page")]

FORMS = {
    "/compte/connexion/": ("login", "password", "next"),
    "/compte/connexion/code/": ("email", "next"),
    "/compte/connexion/code/saisir/": ("code", "action", "next"),
    "/compte/connexion/verifier/": ("code", "credential"),
    "/compte/connexion/cle/": ("credential", "next"),
    "/compte/inscription/": ("name", "email", "password1", "next"),
    "/compte/mot-de-passe/oublie/": ("email", "next"),
    "/compte/deconnexion/": ("next",),
}
OWN_FORMS = {
    "/compte/nom/": ("name",),
    "/compte/adresse/": ("email", "action_add", "action_send", "action_remove"),
    "/compte/mot-de-passe/": ("oldpassword", "password1", "next"),
    "/compte/confirmer/": ("password", "next"),
    "/compte/securite/application/": ("code",),
    "/compte/securite/cles/ajouter/": ("name", "credential"),
    "/compte/autres-comptes/": ("account",),
    "/compte/appareils/": ("x",),
}
MARK = "<b id=typed>"
TYPED = st.one_of(
    st.text(max_size=400),
    st.sampled_from(
        [MARK, f'"{MARK}', "\x00", "a\r\nB: c", "x" * 5000, "{}", "[1]", "null", "//evil.example", ADDRESS]
    ),
)


def post(client: Client, path: str, form: dict[str, str]) -> None:
    """Send a form, and look at what comes back."""
    response = client.post(path, form)
    assert response.status_code < 500, (path, form)
    assert MARK not in response.content.decode()
    assert "evil.example" not in response.get("Location", "").split("?")[0]


@pytest.fixture(autouse=True)
def _no_limits(settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False  # type: ignore[attr-defined]


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_strangers_may_type_what_they_like(client: Client, reader: User, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FORMS)))
    post(client, path, data.draw(st.fixed_dictionaries(dict.fromkeys(FORMS[path], TYPED))))


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_readers_may_type_what_they_like(client: Client, reader: User, data: st.DataObject) -> None:
    client.force_login(reader)
    client.post("/compte/confirmer/", {"password": PASSWORD})
    path = data.draw(st.sampled_from(sorted(OWN_FORMS)))
    post(client, path, data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(OWN_FORMS[path], TYPED))))


@pytest.mark.parametrize(
    "path",
    [
        "adresse/confirmer/x/",
        "adresse/confirmer/MTQ:1vNabc:Xo8F0/",
        "mot-de-passe/nouveau/1-x/",
        "mot-de-passe/nouveau/zzzzzzzzzzzzz-set-password/",
        "mot-de-passe/nouveau/zzzzzzzzzzzzzzzzzzzz-x/",
        "connexion/?next=" + "a" * 3000,
        "inscription/?email=%00",
        "securite/cles/99999999999999999999/",
        "rien-de-tel/",
    ],
)
def test_an_address_that_leads_nowhere_is_answered(client: Client, reader: User, path: str) -> None:
    assert client.get(f"/compte/{path}").status_code < 500
    client.force_login(reader)
    assert client.get(f"/compte/{path}").status_code < 500
