"""The guest book."""

from concurrent.futures import ThreadPoolExecutor

from aminata24.audience import guests
from aminata24.audience.guests import GuestBook


def test_it_holds_neither_address_nor_browser():
    book = GuestBook()
    book.is_new("41.207.1.2", "Mozilla/5.0", "r42")
    (entry,) = book._entries
    assert len(entry) == 8
    assert "41.207" not in repr(vars(book))
    assert "Mozilla" not in repr(vars(book))


def test_two_books_write_the_same_guest_differently():
    one, other = GuestBook(), GuestBook()
    assert one.is_new("41.207.1.2", "Mozilla/5.0", "r42")
    assert other.is_new("41.207.1.2", "Mozilla/5.0", "r42")
    assert not one._entries & other._entries


def test_a_full_book_starts_anew(monkeypatch):
    monkeypatch.setattr(guests, "MOST", 3)
    book = GuestBook()
    assert [book.is_new(name) for name in "abca"] == [True, True, True, True]
    assert len(book._entries) <= 3


def test_threads_take_a_guest_for_new_only_once():
    book = GuestBook()
    with ThreadPoolExecutor(8) as threads:
        new = list(threads.map(lambda number: book.is_new(str(number % 100)), range(8_000)))
    assert sum(new) == 100
