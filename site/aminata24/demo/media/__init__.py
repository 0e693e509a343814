"""A film, a stream and a sound, made once by `make_media.py`, so that the site itself needs no ffmpeg."""
