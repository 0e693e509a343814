"""« La une »: the screen on which editors pin stories to the rails of the front page and order them."""
