"""
The pictures of the demo, drawn with Pillow: patterns after West African textiles, portraits, ads.

Every drawing is a function of its key alone: the same key gives the same picture, pixel by pixel.
"""

from aminata24.demo.drawing.catalogue import Drawing, drawings_for, encode

__all__ = ["Drawing", "drawings_for", "encode"]
