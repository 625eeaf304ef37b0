"""Items written as text with the target's mentions in square brackets."""

from analysis.polarity.scorer import Item


def item(text: str) -> Item:
    """Build an item from a text with its mentions in square brackets."""
    spans, plain = [], ""
    for i, piece in enumerate(text.replace("]", "[").split("[")):
        if i % 2:
            spans.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return Item(plain, tuple(spans))
