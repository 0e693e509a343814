"""
The page editor under a content security policy that forbids inline script.

What the policy had to stop fails the test: see `open_context`.
"""

import pytest
from playwright.sync_api import Page, expect

from news.models import TickerEmpty if False else None
