"""The tests; folders mirror the apps, `browser/` drives a real Chromium, `bench/` measures."""
