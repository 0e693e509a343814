"""
Sealing files with age (https://age-encryption.org): whoever holds the server can add backups but read none.

The server knows the public key alone (`BACKUP_RECIPIENT`, age1…); the identity that opens them is kept elsewhere.
"""

from pathlib import Path
from typing import BinaryIO, Protocol

import pyrage


class Seal(Protocol):
    """How a file is written into a backup, and read again."""

    def close(self, source: BinaryIO, target: BinaryIO) -> None:
        """Write what `source` holds into the backup's file."""

    def open(self, source: BinaryIO, target: BinaryIO) -> None:
        """Write what the backup's file holds to `target`; raises SealError where it can't be opened."""


class SealError(Exception):
    """The identity is missing, or it is not the one that opens this backup."""


class NoSeal:
    """Files as they are."""

    CHUNK = 1024 * 1024

    def close(self, source: BinaryIO, target: BinaryIO) -> None:
        while chunk := source.read(self.CHUNK):
            target.write(chunk)

    open = close


class AgeSeal:
    """Files only the holder of an identity can read."""

    def __init__(self, recipient: str = "", identity: Path | None = None) -> None:
        """Take the public key to close with, the file with the identity to open with; raises SealError for neither."""
        try:
            self._recipients = [pyrage.x25519.Recipient.from_str(recipient)] if recipient else []
            self._identities = [pyrage.x25519.Identity.from_str(_secret(identity))] if identity else []
        except (pyrage.RecipientError, pyrage.IdentityError, OSError, StopIteration) as error:
            raise SealError(f"This is no age key: {error}") from error

    def close(self, source: BinaryIO, target: BinaryIO) -> None:
        pyrage.encrypt_io(source, target, self._recipients)

    def open(self, source: BinaryIO, target: BinaryIO) -> None:
        if not self._identities:
            raise SealError("This backup is sealed: give the file with its identity, --identity FILE.")
        try:
            pyrage.decrypt_io(source, target, self._identities)
        except pyrage.DecryptError as error:
            raise SealError(f"This identity does not open the backup: {error}") from error


def _secret(identity: Path) -> str:
    # A file of `age-keygen` has comments above the key.
    return next(line for line in identity.read_text().split() if line.startswith("AGE-SECRET-KEY-"))
