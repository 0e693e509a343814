"""The newsroom's pictures: the image model and the `<picture>` that readers get."""
