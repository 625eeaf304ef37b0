"""What every engine of attribution returns: who is said to have said what, as character spans."""

from dataclasses import dataclass

#: Character offsets into the untouched text, end exclusive.
Span = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """One source's content and the cue that ties them, in PolNeAR's terms (Newell et al. 2018).

    Each role is a tuple of spans in text order, since any of them can come in several pieces;
    source and cue may be empty. Quotation marks, and the punctuation inside them, belong to the
    content.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    method: str = ""
    confidence: float = 1.0
    act: str = "speech"  # one of tables.ACTS

    @property
    def start(self) -> int:
        return self.content[0][0]

    @property
    def end(self) -> int:
        return self.content[-1][1]
