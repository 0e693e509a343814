"""
`make licences`: every package of the lock file with its version and licence; fails where one isn't allowed.

Licences are read from what the packages say of themselves, with no network. What an optional package says that isn't
installed here (for another system or Python) can't be known, and it isn't used here either.
"""

import re
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
US = "aminata24"

# Free, and they ask for no more than to be named, or that changes to the package itself stay free.
ALLOWED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "CNRI-Python", "HPND", "ISC", "MIT", "MIT-0"),
    *("MIT-CMU", "MPL-2.0", "PSF-2.0", "Unlicense", "Zlib"),
    # Used as a library, unchanged.
    *("LGPL-3.0-only", "LGPL-3.0-or-later"),
}
# Tools that only work on the code, and are in nothing that runs for readers.
ALLOWED_FOR_TOOLS = {"djlint": "GPL-3.0-or-later"}
# Packages that say it in their files alone, or in words of their own.
KNOWN = {
    "axe-playwright-python": "MIT",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "pyrage": "MIT",
    "pytest-django": "BSD-3-Clause",
    "python-dateutil": "BSD-3-Clause OR Apache-2.0",
    "qrcode": "BSD-3-Clause",
}
# Other words for the same.
WORDS = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd license": "BSD",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
}


@dataclass(frozen=True)
class Package:
    """A package of the lock file as it is installed."""

    name: str
    version: str
    licence: str

    @property
    def is_allowed(self) -> bool:
        """Whether we may use it: of licences to choose from one must do, of several at once all."""
        if ALLOWED_FOR_TOOLS.get(self.name) == self.licence:
            return True
        choices = re.split(r"\s+OR\s+", self.licence.replace("(", "").replace(")", ""))
        return any(set(re.split(r"\s+AND\s+", choice)) <= ALLOWED for choice in choices)


def licence_of(package: Distribution) -> str:
    """The licence as an SPDX expression where possible; empty where the package doesn't say."""
    if known := KNOWN.get(package.name.lower()):
        return known
    if expression := package.metadata.get("License-Expression"):
        return expression
    words = (package.metadata.get("License") or "").strip()
    if not words or "\n" in words:
        classifiers = package.metadata.get_all("Classifier") or []
        words = " AND ".join(
            WORDS.get(name.lower(), name)
            for classifier in classifiers
            if classifier.startswith("License ::") and (name := classifier.rpartition(":: ")[2]) != "OSI Approved"
        )
    return WORDS.get(words.lower(), words)


def packages() -> list[Package]:
    """Every package of the lock file that is installed."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    found = []
    for name in sorted(entry["name"] for entry in lock["package"] if entry["name"] != US):
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found.append(Package(name, package.version, licence_of(package)))
    return found


def main() -> None:
    """Print the list; exit with 1 where something in it isn't allowed."""
    found = packages()
    for package in found:
        print(f"{package.name:<28} {package.version:<18} {package.licence or '?'}")
    refused = [package.name for package in found if not package.is_allowed]
    if refused:
        sys.exit(f"\nNot allowed, or unknown: {', '.join(refused)}. See tests/licences.py.")
    print(f"\n{len(found)} packages, all under licences that we may use.")


if __name__ == "__main__":
    main()
