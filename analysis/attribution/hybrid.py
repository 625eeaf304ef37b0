"""The engine that ships: what the tagger finds, corrected where quotation marks know better.

Rules and tagger read the same text, and their finds fall into clusters that share content. In each
the tagger is believed, the more so where a rule has the same source, unless it joins what the
rules keep apart or runs on over the seam of two sentences. What only the rules see stands where
quotation marks vouch for it. Chosen cluster by cluster on articles held out of the training.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from analysis.attribution import rules
from analysis.attribution.acts import act
from analysis.attribution.interviews import questions
from analysis.attribution.quotes import Quotation, pair
from analysis.attribution.sources import PRONOUN, VOUCHER
from analysis.attribution.spans import Attribution, Span
from analysis.attribution.speakers import CARRIED
from analysis.attribution.tagger import Tagger
from analysis.corpus.segments import paragraphs, sentences

#: How often the tagger is right, where it is unsure, if a rule has the same source; measured on the
#: held-out articles.
SECONDED = 0.6
#: How often the rules are right on PolNeAR's development articles where the tagger says otherwise.
CONTESTED = 0.7
#: What paragraphs show without any quotation mark.
LAYOUT = ("block", "transcript")
#: Forms in which rules are certain enough without any.
SURE_FORMS = (*LAYOUT, "according to", "order", "passive")
#: A title, of words that are all capitalised but for the small ones, and then what it is.
_WORK = re.compile(
    r"[“\"](?:[A-Z][\w’']*|\d+)(?: (?:[A-Z][\w’']*|\d+|of|the|and|an?|in|to|for|on))+,?[”\"],?"
    r" (?:an?|the|his|her|their) "
)
#: Words of a quotation below which it is mostly a term at arm's length, or a title.
FEWEST = 4


@cache
def _tagger() -> Tagger:
    return Tagger.load()


def find(text: str) -> list[Attribution]:
    """The attributions of an article, in text order; reported thoughts and topics are among them.

    `method` is the rule that found it, or `tagger`.
    """
    quotations = pair(text).outer
    blocks = paragraphs(text)
    seams = [start for block in blocks for start, _ in sentences(text, *block)]
    asked = [blocks[number] for number in questions(text, blocks)]
    tagged = [
        replace(found, method="tagger")
        for found in _tagger().find(text)
        if not any(a <= found.start < b for a, b in asked)
    ]
    kept: list[Attribution] = []
    # Of thoughts the tagger knows more.
    by_rule = [found for found in rules.find(text) if found.method != "thought"]
    opening = {piece for one in by_rule if one.method == "block" for piece in one.cue}
    # What the tagger finds in a frame that opens a block is no more than the frame.
    tagged = [one for one in tagged if not opening & set(one.cue) and not _is_work(text, one)]
    for ruled, learned in _clusters(by_rule, tagged):
        if not learned:
            sure = [
                one
                for one in ruled
                if one.method in SURE_FORMS or _quotes(one, quotations, text, FEWEST)
            ]
            kept += map(_contested, sure)
        elif ruled and _rules_know_better(text, ruled, learned, quotations, seams):
            kept += [*map(_contested, ruled), *_rest(learned, ruled, quotations)]
        else:
            kept += [_seconded(one, ruled) for one in learned]
    return sorted(kept, key=lambda found: found.start)


def _seconded(found: Attribution, ruled: list[Attribution]) -> Attribution:
    """What the tagger has found, trusted more if a rule has the same source for it."""
    spans = [span for one in ruled for span in one.source]
    if not any(a < d and c < b for a, b in spans for c, d in found.source):
        return found
    return replace(found, confidence=max(found.confidence, SECONDED))


def _contested(found: Attribution) -> Attribution:
    """What the rules hold against the tagger, trusted no more than it has earned."""
    if found.method in (*LAYOUT, "signed"):
        return found
    return replace(found, confidence=min(found.confidence, CONTESTED))


def _clusters(
    ruled: list[Attribution], tagged: list[Attribution]
) -> Iterable[tuple[list[Attribution], list[Attribution]]]:
    """Finds of the rules and of the tagger that share content, directly or through others."""
    every = [*ruled, *tagged]
    home = list(range(len(every)))  # index -> a find of the same cluster, itself at the root

    def root(i: int) -> int:
        while home[i] != i:
            i = home[i]
        return i

    pieces = sorted((a, b, i) for i, found in enumerate(every) for a, b in found.content)
    reached, last = -1, 0
    for start, end, i in pieces:
        if start < reached:
            home[root(i)] = root(last)
        if end > reached:
            reached, last = end, i
    together: dict[int, tuple[list[Attribution], list[Attribution]]] = {}
    for i, found in enumerate(every):
        together.setdefault(root(i), ([], []))[i >= len(ruled)].append(found)
    return together.values()


def _rest(
    learned: list[Attribution], ruled: list[Attribution], quotations: tuple[Quotation, ...]
) -> list[Attribution]:
    """What the tagger found, without a source, in quotations for which the rules have nothing."""
    taken = [piece for one in ruled for piece in one.content]
    rest = []
    for one in learned:
        held = [
            (q.start, q.end)
            for q in quotations
            if any(a <= q.start and q.end <= b for a, b in one.content)
            if not any(a < q.end and q.start < b for a, b in taken)
        ]
        if held and not one.source:
            rest.append(replace(one, content=tuple(held)))
    return rest


def _rules_know_better(
    text: str,
    ruled: list[Attribution],
    learned: list[Attribution],
    quotations: tuple[Quotation, ...],
    seams: list[int],
) -> bool:
    pieces = [piece for one in ruled for piece in one.content]
    quoted = any(a < q.end and q.start < b for q in quotations for a, b in pieces)
    if quoted and not any(act(text, one) for one in learned):
        return True  # a quotation does not lose to what reports nothing
    apart = [one for one in ruled if one.method not in CARRIED]  # the others go on with these
    if len(apart) > len(learned) or any(one.method in (*LAYOUT, "repeated") for one in ruled):
        return True
    if all(one.source for one in apart) and not any(one.source for one in learned):
        return True
    if any(_runs_on(one, quotations, seams) for one in learned):
        return True
    if not len(apart) == len(learned) == 1:
        return False
    [rule], [tag] = apart, learned
    if rule.method == "colon" and tag.source and PRONOUN.match(text[_hull(tag.source)]):
        return True  # a frame right before the quotation, and its speaker's name
    return (
        _only_vouches(text, tag, rule)
        or _source_in_cue(rule, tag)
        or (_far(tag, seams) and not _far(rule, seams))
        or (rule.method in ("parenthetical", "according to") and _within(tag, rule))
        or (rule.method == "parenthetical" and (_lacks_start(tag, rule) or _within(rule, tag)))
        or rule.method == "passive"
        or _ends_with_source(rule, tag)
    )


def _is_work(text: str, found: Attribution) -> bool:
    """Whether the content is a title and what it is the title of: “The Long Watch,” a book."""
    return _WORK.match(text[slice(*found.content[0])]) is not None


def _source_in_cue(rule: Attribution, tag: Attribution) -> bool:
    """Whether the tagger's cue names whom the rules take for the source: "answered through X"."""
    if not (rule.source and tag.cue and tag.source):
        return False
    (start, _), (_, end) = rule.source[0], rule.source[-1]
    return tag.cue[0][0] <= start and end <= tag.cue[-1][1]


def _ends_with_source(rule: Attribution, tag: Attribution) -> bool:
    """Whether the tagger's content ends with the subject of the verb that the rules go by."""
    (start, end), *_ = rule.source or ((0, 0),)
    return any(a < start < b <= end for a, b in tag.content)


def _far(found: Attribution, seams: list[int]) -> bool:
    """Whether source and cue stand in two sentences."""
    if not (found.source and found.cue):
        return True
    return bisect_right(seams, found.source[0][0]) != bisect_right(seams, found.cue[0][0])


def _within(inner: Attribution, outer: Attribution) -> bool:
    """Whether the outer content, in more pieces, has the inner's."""
    return len(inner.content) < len(outer.content) and all(
        any(a <= c and d <= b for a, b in outer.content) for c, d in inner.content
    )


def _lacks_start(found: Attribution, rule: Attribution) -> bool:
    """Whether the content has the rule's last piece and nothing of its first."""
    (start, end), last = rule.content[0], rule.content[-1]
    if (start, end) == last or last not in found.content:
        return False
    return not any(a < end and start < b for a, b in found.content)


def _quotes(found: Attribution, quotations: tuple[Quotation, ...], text: str, fewest: int) -> bool:
    """Whether the content holds a quotation, of so many words and more."""
    return any(
        a < q.end and q.start < b and len(q.inner(text).split()) >= fewest
        for q in quotations
        for a, b in found.content
    )


def _runs_on(found: Attribution, quotations: tuple[Quotation, ...], seams: list[int]) -> bool:
    """Whether a piece of content runs from one sentence into the next outside quotation marks."""
    for start, end in found.content:
        for seam in seams[bisect_right(seams, start) : bisect_right(seams, end - 1)]:
            if not any(q.start < seam < q.end for q in quotations):
                return True
    return False


def _only_vouches(text: str, outer: Attribution, inner: Attribution) -> bool:
    """Whether the outer source is an unnamed one that passes on what somebody else has said."""
    if not outer.source or not inner.source or outer.source == inner.source:
        return False
    return (
        VOUCHER.search(text[_hull(outer.source)]) is not None
        and VOUCHER.search(text[_hull(inner.source)]) is None
    )


def _hull(spans: tuple[Span, ...]) -> slice:
    return slice(spans[0][0], spans[-1][1])
