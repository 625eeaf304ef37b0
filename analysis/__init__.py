"""Who says what of whom in the news, and in whose voice: statements, polarity, frames, charts."""

__version__ = "0.1.0"
