"""Which addresses can be played on our pages, and what a click loads."""

import pytest
from django.conf import settings

from news.embeds import find_player


@pytest.mark.parametrize(
    ("url", "provider", "frame_url"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1",
        ),
        (
            "https://www.youtube.com/watch?t=3&v=abcdefghijk&x=1",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1",
        ),
        ("https://youtu.be/abcdefghijk", "YouTube", "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"),
        (
            "https://www.dailymotion.com/video/x8abcd",
            "Dailymotion",
            "https://geo.dailymotion.com/player.html?video=x8abcd",
        ),
        ("https://x.com/aminata/status/123", "X", "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=123"),
    ],
)
def test_known_addresses_have_a_player(url, provider, frame_url):
    player = find_player(url)
    assert (player.provider, player.frame_url) == (provider, frame_url)


def test_a_facebook_film_and_a_post_have_players_of_their_own():
    film = find_player("https://www.facebook.com/aminata/videos/12/")
    post = find_player("https://www.facebook.com/aminata/posts/12?a=1&b=2")
    assert "plugins/video.php" in film.frame_url
    assert post.frame_url.endswith("?href=https%3A%2F%2Fwww.facebook.com%2Faminata%2Fposts%2F12%3Fa%3D1%26b%3D2")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/watch?v=abcdefghijk",
        "http://www.youtube.com/watch?v=abcdefghijk",
        "https://www.youtube.com.evil.example/watch?v=abcdefghijk",
        "javascript:alert(1)//https://youtu.be/abcdefghijk",
        "https://www.youtube.com/watch?v=short",
    ],
)
def test_other_addresses_have_none(url):
    assert find_player(url) is None


def test_every_player_may_be_framed():
    for url in (
        "https://youtu.be/abcdefghijk",
        "https://dai.ly/x1",
        "https://www.facebook.com/a/posts/1",
        "https://x.com/a/status/1",
    ):
        frame_url = find_player(url).frame_url
        assert any(frame_url.startswith(f"{host}/") for host in settings.EMBED_FRAMES)
