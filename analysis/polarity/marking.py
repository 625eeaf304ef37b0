"""What the model is shown: a window of the text with the target's mentions marked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from analysis import encoder
from analysis.polarity.scorer import Item, sentence_starts

OPEN, CLOSE, NAME = "[unused0]", "[unused1]", "[unused2]"
MENTIONS = 8  # at most so many mentions are marked, the nearest to the first
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_SMALL = frozenset(
    {"a", "al", "and", "at", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "for",
     "in", "la", "le", "of", "on", "the", "van", "von"}
)  # fmt: skip
_PRONOUNS = frozenset(
    {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself",
     "they", "them", "their", "theirs", "themselves", "i", "me", "my", "mine", "myself",
     "we", "us", "our", "ours", "ourselves", "you", "your", "yours", "yourself", "yourselves",
     "who", "whom", "whose", "this", "that", "these", "those"}
)  # fmt: skip


def merge(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort spans and join those that overlap."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def window(text: str, offsets: Sequence[tuple[int, int]], mention: tuple[int, int], room: int):
    """Token range [low, high) of at most `room` tokens around a mention.

    The whole text when it fits; else the mention's sentence and as many whole sentences around it
    as fit, the one before first (it is where a pronoun's antecedent stands); else, when that
    sentence alone is too long, as many words on either side of the mention.

    Parameters
    ----------
    offsets : sequence of (start, end)
        Character offsets of the tokens.
    mention : (first, last)
        Token range of the mention.
    """
    n = len(offsets)
    if n <= room:
        return 0, n
    starts = [start for start, _ in offsets]
    cuts = [*(bisect_left(starts, start) for start in sentence_starts(text)), n]
    first = max(bisect_right(cuts, mention[0]) - 1, 0)
    last = min(bisect_left(cuts, max(mention[1], mention[0] + 1)), len(cuts) - 1)
    if cuts[last] - cuts[first] > room:
        spare = max(room - (mention[1] - mention[0]), 0)
        low = max(cuts[first], min(mention[0] - spare // 2, cuts[last] - room))
        return low, low + room
    grown = True
    while grown:
        grown = False
        if first > 0 and cuts[last] - cuts[first - 1] <= room:
            first, grown = first - 1, True
        if last < len(cuts) - 1 and cuts[last + 1] - cuts[first] <= room:
            last, grown = last + 1, True
    return cuts[first], cuts[last]


def is_name(surface: str) -> bool:
    """Whether a mention is a name: every word that can be is capitalised, and none is a pronoun."""
    words = [word for word in _WORD.findall(surface) if word.lower() not in _SMALL]
    return bool(words) and all(
        word != word.lower() and word.lower() not in _PRONOUNS for word in words
    )


def encode(
    items: Sequence[Item], room: int = 128, mask_names: bool = False
) -> tuple[list[dict[str, list[int]]], list[tuple[int, int]]]:
    """Token ids with the mentions marked, and the stretch of each text that they cover.

    Parameters
    ----------
    items : sequence of Item
    room : int
        The window: at most so many tokens, markers included.
    mask_names : bool
        Put one placeholder for each mention that is a name, so that who it is cannot matter.

    Returns
    -------
    rows : list of dict
        ``input_ids`` and ``mention`` (1 on mentions and their markers), equally long.
    read : list of (start, end)
        Character offsets of what is inside the window.
    """
    if not items:
        return [], []
    tokenizer = encoder.tokenizer()
    cls, sep = tokenizer.cls_token_id, tokenizer.sep_token_id
    opened, closed, name = tokenizer.convert_tokens_to_ids([OPEN, CLOSE, NAME])
    batch = tokenizer(
        [item.text for item in items],
        add_special_tokens=False,
        return_offsets_mapping=True,
        verbose=False,
    )
    rows, read = [], []
    for item, ids, offsets in zip(items, batch["input_ids"], batch["offset_mapping"], strict=True):
        starts = [start for start, _ in offsets]
        ends = [end for _, end in offsets]

        def tokens(span: tuple[int, int], starts=starts, ends=ends) -> tuple[int, int]:
            return bisect_right(ends, span[0]), bisect_left(starts, span[1])

        first = tokens(item.spans[0])
        near = sorted(item.spans, key=lambda span: abs(span[0] - item.spans[0][0]))[:MENTIONS]
        low, high = window(item.text, offsets, first, room - 2 - 2 * len(near))
        out, mask, at = [cls], [0], low
        for span in merge(near):
            start, end = tokens(span)
            start, end = max(start, at), min(end, high)  # two spans can share a token
            if start > end or (start == end and not low <= start <= high):
                continue
            inside = ids[start:end]
            if mask_names and is_name(item.text[slice(*span)]):
                inside = [name]
            out += [*ids[at:start], opened, *inside, closed]
            mask += [0] * (start - at) + [1] * (len(inside) + 2)
            at = end
        out += [*ids[at:high], sep]
        mask += [0] * (high - at + 1)
        rows.append({"input_ids": out, "mention": mask})
        read.append((starts[low], ends[high - 1]) if high > low else (0, len(item.text)))
    return rows, read
