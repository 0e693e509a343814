"""
Makes the demo's film, stream and sound anew: `python -m aminata24.demo.media.make_media`, with ffmpeg installed.

The film weaves the figure of `drawing.kente` thread by thread; the sound climbs and descends a scale
as on a balafon, each bar a struck tone that dies away quickly, with the buzz of its gourd.
"""

import array
import math
import subprocess
import tempfile
import wave
from pathlib import Path

from PIL import Image, ImageEnhance

from aminata24.demo.drawing.kente import film_threads

HERE = Path(__file__).parent

FRAMES_PER_SECOND = 16
FRAMES_PER_ROW = 2
# The finished figure stays for two seconds.
LAST_FRAMES = 32

SAMPLE_RATE = 22_050
SECONDS = 12
# Seven equal steps to the octave, a tuning known from balafons.
SCALE = [196.0 * 2 ** (step / 7) for step in (0, 1, 3, 4, 6, 7, 8, 10)]
# (beat, bar of the scale), two beats a second: up, down, and a last chord.
NOTES = [
    *((beat, beat) for beat in range(8)),
    *((8 + beat, 7 - beat) for beat in range(8)),
    (17, 0),
    (17, 3),
    (19, 5),
    (19, 0),
]


def make_film() -> None:
    """Weave the figure row by row, the shuttle going to and fro."""
    figure = film_threads()
    ground = ImageEnhance.Brightness(figure.resize((1, 1)).resize(figure.size)).enhance(0.32)
    cloth = ground.copy()
    with tempfile.TemporaryDirectory() as folder:
        number = 0

        def shoot() -> None:
            nonlocal number
            cloth.resize((640, 360), Image.Resampling.NEAREST).save(Path(folder, f"{number:04}.png"))
            number += 1

        shoot()
        for row in range(figure.height):
            for part in range(1, FRAMES_PER_ROW + 1):
                done = figure.width * part // FRAMES_PER_ROW
                left = figure.width - done if row % 2 else 0
                cloth.paste(figure.crop((left, row, left + done, row + 1)), (left, row))
                shoot()
        for _ in range(LAST_FRAMES):
            shoot()
        _ffmpeg("-framerate", str(FRAMES_PER_SECOND), "-i", f"{folder}/%04d.png", *_H264, str(HERE / "tissage.mp4"))


_H264 = ("-c:v", "libx264", "-preset", "veryslow", "-crf", "28", "-pix_fmt", "yuv420p", "-movflags", "+faststart")


def make_stream() -> None:
    """The film as a channel would send it, eight times over: a playlist and one file of parts."""
    _ffmpeg(
        *("-stream_loop", "7", "-i", str(HERE / "tissage.mp4"), "-c", "copy", "-f", "hls"),
        *("-hls_segment_type", "fmp4", "-hls_flags", "single_file", "-hls_playlist_type", "vod"),
        str(HERE / "direct.m3u8"),
    )


def make_sound() -> None:
    """Strike the bars one after the other."""
    samples = [0.0] * (SAMPLE_RATE * SECONDS)
    for beat, bar in NOTES:
        start, frequency = round(beat * 0.5 * SAMPLE_RATE), SCALE[bar]
        for index in range(min(SAMPLE_RATE * 2, len(samples) - start)):
            samples[start + index] += _struck(frequency, index / SAMPLE_RATE)
    loudest = max(map(abs, samples))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "balafon.wav")
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
            file.writeframes(array.array("h", (round(sample / loudest * 26_000) for sample in samples)).tobytes())
        _ffmpeg("-i", str(path), "-c:a", "libmp3lame", "-b:a", "48k", str(HERE / "balafon.mp3"))


def _struck(frequency: float, time: float) -> float:
    """A wooden bar: its tone, a shorter overtone two octaves up, the knock of the mallet, the buzz of the gourd."""
    turn = math.tau * frequency * time
    tone = math.sin(turn) * math.exp(-4.2 * time)
    overtone = 0.35 * math.sin(3.93 * turn) * math.exp(-13 * time)
    knock = 0.25 * math.sin(9.2 * turn) * math.exp(-60 * time)
    buzz = 0.06 * math.copysign(1, math.sin(turn)) * math.exp(-6 * time)
    return (tone + overtone + knock + buzz) * min(1, time * 400)


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-bitexact", *arguments], check=True)


if __name__ == "__main__":
    make_film()
    make_stream()
    make_sound()
