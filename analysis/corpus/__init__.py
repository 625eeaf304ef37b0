"""The corpus: articles, the cast of a dispute, and how texts get in."""
