"""The journalism: sections, articles, authors, topics, the ticker, feeds and sitemaps."""
