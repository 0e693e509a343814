"""Players of other sites: which addresses we can show, and what a click on "play" loads."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Player:
    """A provider's name and the address its frame loads; each host stands in settings.EMBED_FRAMES."""

    provider: str
    frame_url: str


def _youtube(match: re.Match[str]) -> Player:
    return Player("YouTube", f"https://www.youtube-nocookie.com/embed/{match['id']}?autoplay=1")


def _dailymotion(match: re.Match[str]) -> Player:
    return Player("Dailymotion", f"https://geo.dailymotion.com/player.html?video={match['id']}")


def _facebook(match: re.Match[str]) -> Player:
    kind = "video" if "/videos/" in match[0] or "/watch" in match[0] else "post"
    return Player("Facebook", f"https://www.facebook.com/plugins/{kind}.php?href={quote(match[0], safe='')}")


def _x(match: re.Match[str]) -> Player:
    return Player("X", f"https://platform.twitter.com/embed/Tweet.html?dnt=true&id={match['id']}")


_PROVIDERS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Player]]] = [
    (
        re.compile(r"https://(?:www\.|m\.)?youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/)(?P<id>[\w-]{11})\b.*"),
        _youtube,
    ),
    (re.compile(r"https://youtu\.be/(?P<id>[\w-]{11})\b.*"), _youtube),
    (re.compile(r"https://(?:www\.)?dailymotion\.com/video/(?P<id>[a-zA-Z0-9]+)\b.*"), _dailymotion),
    (re.compile(r"https://dai\.ly/(?P<id>[a-zA-Z0-9]+)\b.*"), _dailymotion),
    (re.compile(r"https://(?:www\.|m\.)?facebook\.com/\S+"), _facebook),
    (re.compile(r"https://(?:www\.)?(?:twitter|x)\.com/\w+/status/(?P<id>\d+)\b.*"), _x),
]


def find_player(url: str) -> Player | None:
    """The player for an address, or None where we know none."""
    for pattern, make in _PROVIDERS:
        if match := pattern.fullmatch(url):
            return make(match)
    return None
