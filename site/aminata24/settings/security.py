"""Settings of security: what a browser may load, run and tell others. site/deploy/README.md says why."""

from csp.constants import NONE, SELF, UNSAFE_HASHES, UNSAFE_INLINE

from aminata24.settings.accounts import SOCIAL_LOGIN_ORIGINS
from aminata24.settings.growing import MEDIA_ORIGINS

# Players that may be framed after a reader asked for them; news.embeds makes their addresses.
EMBED_FRAMES = [
    "https://www.youtube-nocookie.com",
    "https://geo.dailymotion.com",
    "https://www.facebook.com",
    "https://platform.twitter.com",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *MEDIA_ORIGINS],
        "media-src": [SELF, *MEDIA_ORIGINS],
        "font-src": [SELF],
        # Pictures of saved articles are fetched to be kept.
        "connect-src": [SELF, *MEDIA_ORIGINS],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-src": EMBED_FRAMES,
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *SOCIAL_LOGIN_ORIGINS],
        "object-src": [NONE],
    }
}
# What the page editor may do beyond that.
ADMIN_CONTENT_SECURITY_POLICY = {
    # `return;` and nothing else: what the cropper of pictures (Jcrop) tries out an event's name with.
    "script-src-attr": [UNSAFE_HASHES, "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"],
    # The text editor (Draftail) writes a style sheet of its own into the page, old libraries write style attributes.
    "style-src": [UNSAFE_INLINE],
    # Pictures are shown before they are sent.
    "img-src": ["blob:"],
    # Previews stand beside the form.
    "frame-src": [SELF],
}
# What no page of ours asks a browser for, and so nothing that crept into one gets. Frames get nothing anyway.
PERMISSIONS_POLICY = "browsing-topics=(), camera=(), geolocation=(), microphone=()"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Not Django's: what other sites may embed of ours.
CROSS_ORIGIN_RESOURCE_POLICY = "same-origin"
