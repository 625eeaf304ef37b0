"""Reporting verbs and phrases: what ties a source to what it is said to have said."""

import re
from collections.abc import Iterable
from itertools import groupby

#: Verbs of speech by lemma, every form that news prose uses, grouped by what they add to "said"
#: (after the reporting-verb classes of Bergler 1992); `framing.reporting` grades them.
NEUTRAL = """
say says said saying | tell tells told telling | add adds added adding | state states stated stating
note notes noted noting | explain explains explained explaining | write writes wrote writing written
ask asks asked asking | reply replies replied replying | answer answers answered answering
announce announces announced announcing | report reports reported reporting
comment comments commented commenting | continue continues continued | tweet tweets tweeted tweeting
remark remarks remarked remarking | observe observes observed observing | respond responds responded
conclude concludes concluded concluding | recall recalls recalled recalling | read reads
describe describes described describing | repeat repeats repeated repeating
mention mentions mentioned | speak spoke speaks speaking
declare declares declared declaring | testify testifies testified
predict predicts predicted predicting | suggest suggests suggested suggesting
stress stresses stressed stressing | emphasize emphasizes emphasized emphasizing
call calls called calling | quip quips quipped | joke jokes joked joking
urge urges urged urging | order orders ordered | quote quotes quoted quoting | agree agrees agreed
"""
FAVOURABLE = """
praise praises praised praising | reassure reassures reassured | promise promises promised promising
pledge pledges pledged pledging | thank thanks thanked thanking | assure assures assured assuring
affirm affirms affirmed affirming | commend commends commended
confirm confirms confirmed confirming
"""
CHARGED = """
claim claims claimed claiming | insist insists insisted insisting | admit admits admitted admitting
concede concedes conceded conceding | allege alleges alleged alleging | vow vows vowed vowing
warn warns warned warning | complain complains complained complaining | deny denies denied denying
argue argues argued arguing | charge charges charged | accuse accuses accused accusing
blast blasts blasted blasting | slam slams slammed slamming | scold scolds scolded scolding
assail assails assailed assailing | rail rails railed | fume fumes fumed fuming | snap snaps snapped
thunder thundered | demand demands demanded demanding | dismiss dismisses dismissed
maintain maintains maintained maintaining | contend contends contended contending
condemn condemns condemned condemning | denounce denounces denounced denouncing
criticize criticizes criticized criticizing | mock mocks mocked mocking | shout shouts shouted
cry cried | lash lashed | counter counters countered countering | retort retorts retorted
acknowledge acknowledges acknowledged acknowledging | blame blames blamed blaming
threaten threatens threatened threatening
rebuke rebukes rebuked rebuking | lament laments lamented lamenting | lecture lectured
"""


def _forms(block: str) -> dict[str, str]:
    lemmas = {}
    for line in re.split(r"[|\n]", block):
        forms = line.split()
        lemmas.update(dict.fromkeys(forms, forms[0] if forms else ""))
    return lemmas


#: form -> lemma
LEMMAS = _forms(NEUTRAL) | _forms(FAVOURABLE) | _forms(CHARGED)


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, by first letter: a regular expression tries them in turn."""
    by_letter = groupby(sorted(words), key=lambda word: word[0])
    branches = (
        f"[{letter}{letter.upper()}](?i:{'|'.join(sorted((w[1:] for w in own), key=len)[::-1])})"
        for letter, own in by_letter
    )
    return f"(?:{'|'.join(branches)})"


VERB = re.compile(rf"(?<![\w-]){_any_of([*LEMMAS, 'put it', 'puts it', 'went on', 'goes on'])}\b")
ACCORDING = re.compile(r"\b[Aa]ccording to\b")
#: After these a clause can follow without "that".
CLAUSE_VERBS = frozenset(
    form
    for form, lemma in LEMMAS.items()
    if lemma
    in {
        "say", "tell", "add", "note", "insist", "claim", "warn", "argue", "admit", "concede",
        "suggest", "write", "deny", "vow", "promise", "pledge", "predict", "threaten",
    }
)  # fmt: skip
#: After these an infinitive is reported speech too: "vowed to stay".
INFINITIVE_VERBS = frozenset(
    form for form, lemma in LEMMAS.items() if lemma in {"vow", "promise", "pledge", "threaten"}
)
#: Forms that are a noun as often as a verb; they need a subject in the plural.
BARE = frozenset(form for form, lemma in LEMMAS.items() if form == lemma) - {"read"}
#: A pattern of the forms that are verbs beyond doubt.
SAID = _any_of(form for form in LEMMAS if form not in BARE)
