"""
The desk: where a live coverage is written, on a phone if need be, by several people at once.

Its pages are light and work by plain forms; `static/js/desk.js` saves them the reloads.
"""
