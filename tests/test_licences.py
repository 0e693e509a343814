"""We use nothing that we may not use."""

import pytest

from tests.licences import Package, licence_of, main, packages


def test_every_package_has_a_licence_that_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    shown = capsys.readouterr().out
    assert "wagtail " in shown
    assert "all under licences that we may use" in shown


def test_the_list_names_what_is_locked() -> None:
    names = {package.name for package in packages()}
    assert {"django", "wagtail", "wagtail-modeladmin", "psycopg", "pillow", "granian"} <= names


@pytest.mark.parametrize(
    ("licence", "is_allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND PSF-2.0", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("Other/Proprietary License", False),
        ("", False),
    ],
)
def test_a_licence_is_allowed_or_not(licence: str, is_allowed: bool) -> None:
    assert Package("x", "1", licence).is_allowed is is_allowed


def test_a_tool_s_exception_is_that_tool_s_alone() -> None:
    assert Package("djlint", "1", "GPL-3.0-or-later").is_allowed
    assert not Package("wagtail", "1", "GPL-3.0-or-later").is_allowed


def test_a_package_that_is_not_allowed_fails_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.licences.packages", lambda: [Package("nasty", "1", "SSPL-1.0")])
    with pytest.raises(SystemExit, match="nasty"):
        main()


def test_what_packages_say_in_their_own_words_is_understood() -> None:
    class Said:
        name = "x"
        metadata: dict = {}

    class Metadata(dict):
        def get_all(self, name: str) -> list[str]:
            return [self[name]] if name in self else []

    said = Said()
    said.metadata = Metadata({"Classifier": "License :: OSI Approved :: BSD License"})
    assert licence_of(said) == "BSD"  # type: ignore[arg-type]
    said.metadata = Metadata({"License": "Apache 2.0"})
    assert licence_of(said) == "Apache-2.0"  # type: ignore[arg-type]
