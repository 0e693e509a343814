"""The French catalogue holds what the code shows, and is compiled."""

from babel.messages.catalog import Message

from tests import messages


def is_translated(message: Message) -> bool:
    """Whether every form of the message has a text that nobody has to look at again."""
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(forms) and not message.fuzzy


def test_every_message_has_a_french_text() -> None:
    assert [message.id for message in messages.read() if message.id and not is_translated(message)] == []


def test_a_french_text_has_the_same_placeholders_as_its_message() -> None:
    assert [
        (message.id, str(error))
        for message in messages.read()
        if message.id and is_translated(message)
        for error in message.check()
    ] == []


def test_the_catalogue_holds_the_messages_of_the_code_and_no_others() -> None:
    def keys(catalog: messages.Catalog) -> set:
        return {(message.id, message.context) for message in catalog}

    assert keys(messages.extract()) == keys(messages.read()), "`make messages` brings the catalogue up to date"


def test_the_compiled_catalogue_is_the_one_that_people_edit() -> None:
    assert messages.MO.read_bytes() == messages.compiled(messages.read()), "`make messages` compiles the catalogue"
