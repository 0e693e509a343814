"""What a file holds, whatever it calls itself: `check` refuses what its extension doesn't promise."""

import re
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ANOTHER_TYPE = _("This is no %(extension)s file, although its name says so.")
BROKEN = _("This file can't be read. Save it again, then choose it here.")
MACROS = _("This file holds macros, which could harm its readers. Save it without them, then choose it here.")
REMOTE = _("This file loads something from elsewhere when it is opened. Save it without that, or as a PDF.")
OBJECTS = _("This file holds an object of another program. Save it without that, or as a PDF.")
PROGRAM = _("This PDF runs a program when it is opened. Print it to a new PDF, then choose that one here.")
TOO_LARGE_INSIDE = _("Unpacked, this file is far too large.")

# What one file may unfold to.
UNPACKED_BYTES = 300 * 1024 * 1024
ENTRIES = 5_000

Check = Callable[[IO[bytes]], None]


class AnotherType(Exception):
    """The file is not of the type that its name says."""


def check(name: str, file: IO[bytes]) -> None:
    """Raise ValidationError in words for the newsroom where the file is not what its extension says, or not safe."""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    file.seek(0)
    try:
        CHECKS[extension](file)
    except (AnotherType, KeyError) as error:
        raise ValidationError(ANOTHER_TYPE, code="another_type", params={"extension": extension.upper()}) from error
    finally:
        file.seek(0)


def _begins(pattern: bytes) -> Check:
    compiled = re.compile(pattern, re.DOTALL)

    def check(file: IO[bytes]) -> None:
        if not compiled.match(file.read(64)):
            raise AnotherType

    return check


# --- Text ---------------------------------------------------------------------

_MARKUP = re.compile(r"\s*<(?:[!?]|html|head|body|script|svg|iframe|meta)", re.IGNORECASE)
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")


def _text(start: str = "") -> Check:
    def check(file: IO[bytes]) -> None:
        content = file.read()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # What spreadsheets on Windows write.
            text = content.decode("cp1252", errors="replace")
        if _CONTROL.search(text) or _MARKUP.match(text) or not text.startswith(start):
            raise AnotherType

    return check


# --- PDF ----------------------------------------------------------------------

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ACTION = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)(?=[\s(<\[/>])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def _pdf(file: IO[bytes]) -> None:
    content = file.read()
    if not content.startswith(b"%PDF-"):
        raise AnotherType
    between = _STREAM.sub(b" ", content)
    # Newer PDFs keep their objects in compressed streams.
    packed = (_unpack(match[1]) for match in _STREAM.finditer(content) if b"/ObjStm" in _before(content, match))
    for part in (between, *packed):
        # A letter of a name may be written as its number.
        if _ACTION.search(_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), part)):
            raise ValidationError(PROGRAM, code="program")


def _before(content: bytes, match: re.Match[bytes]) -> bytes:
    return content[max(0, match.start() - 300) : match.start()]


def _unpack(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, UNPACKED_BYTES // 10)
    except zlib.error:
        return stream


# --- Office documents: ZIP archives of XML --------------------------------------

_MACROS = re.compile(r"vbaproject|vbadata|(?:^|/)(?:activex|macrosheets|basic|scripts)/", re.IGNORECASE)
_OBJECTS = re.compile(r"oleobject[^/]*\.bin$", re.IGNORECASE)
# A link that a reader clicks is fine; what is fetched unasked is not.
_FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]{0,999}TargetMode=\"External\")(?=[^>]{0,999}/(?:attachedTemplate|oleObject|frame|subDocument)\")",
    re.IGNORECASE,
)
_STARTED = re.compile(
    rb"vnd\.sun\.star\.script:|<ddeLink\b|<w:instrText[^>]{0,99}>\s*DDE|<text:dde-connection", re.IGNORECASE
)


def _office(kind: bytes, said_in: str) -> Check:
    """A check that the archive says of itself, in the entry `said_in`, to be of this kind."""

    def check(file: IO[bytes]) -> None:
        if file.read(4) != b"PK\x03\x04":
            raise AnotherType
        try:
            with ZipFile(file) as archive:
                _check_archive(archive, kind, said_in)
        except (BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as error:
            raise ValidationError(BROKEN, code="broken") from error

    return check


def _check_archive(archive: ZipFile, kind: bytes, said_in: str) -> None:
    entries = archive.infolist()
    # As the archive says; `_read` takes no more than that.
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise ValidationError(TOO_LARGE_INSIDE, code="too_large_inside")
    names = {entry.filename for entry in entries}
    if any(_MACROS.search(name) for name in names):
        raise ValidationError(MACROS, code="macros")
    if said_in not in names or kind not in _read(archive, archive.getinfo(said_in)):
        raise AnotherType
    if any(_OBJECTS.search(name) for name in names):
        raise ValidationError(OBJECTS, code="objects")
    for entry in entries:
        if entry.filename.endswith(".rels") and _FETCHED.search(_read(archive, entry)):
            raise ValidationError(REMOTE, code="remote")
        if entry.filename.endswith(".xml") and _STARTED.search(_read(archive, entry)):
            raise ValidationError(MACROS, code="macros")


def _read(archive: ZipFile, entry: ZipInfo) -> bytes:
    with archive.open(entry) as opened:
        return opened.read(entry.file_size)


_OOXML = b'"application/vnd.openxmlformats-officedocument.%s.main+xml"'
_ODF = b"application/vnd.oasis.opendocument."

CHECKS: dict[str, Check] = {
    "pdf": _pdf,
    "csv": _text(),
    "vtt": _text("WEBVTT"),
    "docx": _office(_OOXML % b"wordprocessingml.document", "[Content_Types].xml"),
    "xlsx": _office(_OOXML % b"spreadsheetml.sheet", "[Content_Types].xml"),
    "odt": _office(_ODF + b"text", "mimetype"),
    "ods": _office(_ODF + b"spreadsheet", "mimetype"),
    "mp3": _begins(rb"ID3|\xff[\xe2-\xff]"),
    "m4a": _begins(rb"....ftyp"),
    "mp4": _begins(rb"....ftyp"),
    "ogg": _begins(rb"OggS"),
    "wav": _begins(rb"RIFF....WAVE"),
    "webm": _begins(rb"\x1a\x45\xdf\xa3.*webm"),
}
