"""
`python -m tests.bench.fill 100000`: the demo newsroom with that many articles, in the database of the settings.

It has to be PostgreSQL. A database that holds some articles already gets what is missing.
"""

import os
import sys

import django


def main() -> None:
    """Fill the database."""
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        raise SystemExit(__doc__)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aminata24.settings.development")
    django.setup()
    from tests.bench.newsroom import fill

    fill(int(sys.argv[1]))


if __name__ == "__main__":
    main()
