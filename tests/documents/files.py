"""Files of every type that may be uploaded, made by hand."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile


def archive(entries: dict[str, bytes | str], compression: int = ZIP_STORED) -> bytes:
    """A ZIP archive of these entries."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", compression) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return buffer.getvalue()


def ooxml(kind: str = "wordprocessingml.document", macros: bool = False, **entries: bytes | str) -> bytes:
    """A file of Word or Excel; `macros` says in it that it holds some."""
    main = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    if macros:
        main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return archive({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **entries}, ZIP_DEFLATED)


def odf(kind: str = "text", **entries: bytes | str) -> bytes:
    """A file of LibreOffice."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": mimetype, "content.xml": "<office:document-content/>", **entries})


def pdf(more: bytes = b"") -> bytes:
    """A PDF, with more in it."""
    return b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n" + more + b"\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def packed(objects: bytes) -> bytes:
    """PDF objects in a compressed stream."""
    return b"5 0 obj <</Type /ObjStm /Filter /FlateDecode>> stream\n" + zlib.compress(objects) + b"\nendstream endobj"


def relation(kind: str, mode: str = "External") -> str:
    """A relation of an office file to something elsewhere."""
    return (
        f'<Relationships><Relationship Id="r1" Target="https://evil.example/x" TargetMode="{mode}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )


def bomb() -> bytes:
    """An archive that says to unpack to four gigabytes."""
    small = archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "0"}, ZIP_DEFLATED)
    # The size stands 24 bytes into the second entry of the list at the archive's end.
    entry = small.rindex(b"PK\x01\x02")
    return small[: entry + 24] + b"\xfe\xff\xff\xff" + small[entry + 28 :]


GOOD: dict[str, bytes] = {
    "rapport.pdf": pdf(b"2 0 obj <</A <</S /URI /URI (https://aminata24.example)>>>> endobj"),
    "prix.csv": "ville;prix\nBouaké;1 250\n".encode(),
    "prix-windows.csv": "ville;prix\r\nBouaké;1 250\r\n".encode("cp1252"),
    "note.docx": ooxml(**{"word/_rels/document.xml.rels": relation("hyperlink")}),
    "prix.xlsx": ooxml("spreadsheetml.sheet"),
    "note.odt": odf(),
    "prix.ods": odf("spreadsheet"),
    "son.mp3": b"ID3\x04" + b"\0" * 80,
    "son-nu.mp3": b"\xff\xfb\x90\x64" + b"\0" * 80,
    "son.m4a": b"\0\0\0\x1cftypM4A " + b"\0" * 80,
    "son.ogg": b"OggS\0\x02" + b"\0" * 80,
    "son.wav": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 80,
    "film.mp4": b"\0\0\0\x18ftypisom" + b"\0" * 80,
    "film.webm": b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + b"\0" * 40,
    "sous-titres.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nBonjour\n",
}
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
# {what it is: (name, content, a word of the message)}
BAD: dict[str, tuple[str, bytes, str]] = {
    **{f"an HTML page that calls itself {name.rpartition('.')[2]}": (name, HTML, "pas un fichier") for name in GOOD},
    "an SVG that calls itself CSV": ("prix.csv", SVG, "CSV"),
    "a program that calls itself CSV": ("prix.csv", b"MZ\x90\0\x03\0\0\0", "CSV"),
    "a program that calls itself PDF": ("rapport.pdf", b"\x7fELF\x02\x01" + b"\0" * 90, "PDF"),
    "a page before a PDF": ("rapport.pdf", HTML + pdf(), "PDF"),
    "a PDF that runs JavaScript": (
        "rapport.pdf",
        pdf(b"2 0 obj <</S /JavaScript /JS (app.alert(1))>> endobj"),
        "programme",
    ),
    "a PDF that starts a program": ("rapport.pdf", pdf(b"2 0 obj <</S/Launch/F(cmd.exe)>> endobj"), "programme"),
    "a PDF that hides its action's name": ("rapport.pdf", pdf(b"2 0 obj <</S /Java#53cript>> endobj"), "programme"),
    "a PDF that packs its action": ("rapport.pdf", pdf(packed(b"7 0 <</S /JavaScript /JS 8 0 R>>")), "programme"),
    "a text with macros under another name": ("note.docx", ooxml(macros=True), "DOCX"),
    "a text with a macro project": ("note.docx", ooxml(**{"word/vbaProject.bin": b"x"}), "macros"),
    "a sheet with a macro project": (
        "prix.xlsx",
        ooxml("spreadsheetml.sheet", **{"xl/vbaProject.bin": b"x"}),
        "macros",
    ),
    "a sheet with macros of 1992": (
        "prix.xlsx",
        ooxml("spreadsheetml.sheet", **{"xl/macrosheets/sheet1.xml": "<x/>"}),
        "macros",
    ),
    "a text with an ActiveX control": ("note.docx", ooxml(**{"word/activeX/activeX1.bin": b"x"}), "macros"),
    "a text with Basic": ("note.odt", odf(**{"Basic/Standard/script-lb.xml": "<x/>"}), "macros"),
    "a sheet with Python": ("prix.ods", odf("spreadsheet", **{"Scripts/python/x.py": "import os"}), "macros"),
    "a text that runs a macro elsewhere": (
        "note.odt",
        odf(**{"styles.xml": '<script:event-listener xlink:href="vnd.sun.star.script:x.y?language=Basic"/>'}),
        "macros",
    ),
    "a text that runs a command by DDE": (
        "note.docx",
        ooxml(**{"word/footer1.xml": "<w:instrText> DDEAUTO c:\\\\cmd.exe</w:instrText>"}),
        "macros",
    ),
    "a text with a template elsewhere": (
        "note.docx",
        ooxml(**{"word/_rels/settings.xml.rels": relation("attachedTemplate")}),
        "ailleurs",
    ),
    "a text with an object elsewhere": (
        "note.docx",
        ooxml(**{"word/_rels/document.xml.rels": relation("oleObject")}),
        "ailleurs",
    ),
    "a text with an object of another program": (
        "note.docx",
        ooxml(**{"word/embeddings/oleObject1.bin": b"x"}),
        "objet",
    ),
    "a sheet that calls itself text": ("note.docx", ooxml("spreadsheetml.sheet"), "DOCX"),
    "an archive that calls itself text": ("note.odt", archive({"a.txt": "a"}), "ODT"),
    "a page before an archive": ("note.docx", HTML + ooxml(), "DOCX"),
    "half an archive": ("note.docx", ooxml()[:120], "Enregistrez"),
    "an archive that unpacks without end": ("note.odt", bomb(), "trop volumineux"),
    "subtitles without their mark": ("sous-titres.vtt", b"00:00.000 --> 00:02.000\nBonjour\n", "VTT"),
    "a film that calls itself sound": ("son.mp3", b"\0\0\0\x18ftypisom" + b"\0" * 80, "MP3"),
    "a Matroska film that calls itself WebM": ("film.webm", b"\x1a\x45\xdf\xa3B\x82\x88matroska" + b"\0" * 80, "WEBM"),
}
