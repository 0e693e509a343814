"""The blocks of a body, by family: text, media, context. Their templates lie in templates/news/blocks/."""

from news.blocks.body import ArticleBody

__all__ = ["ArticleBody"]
