"""Who said it: an article's text is split into statements, each with its source and speaker."""
