"""Reading: an article with its analysis marked in it, as a person sees it."""
