"""Hard forms of attribution, one short invented text each, with what a careful reader expects.

A text is written with its statements marked in place: `⟦who|kind|words⟧` is a statement, and
`⟦+|words⟧` is a further piece of the statement before it. A kind after `thought:` or `finding:` is
of what nobody said. Whatever is not marked is narration.

`who` is an actor's id; `~unions` for a group as a whole; `?a/unions` for an unnamed speaker of a
group, where the same letter is the same speaker and another letter is another; `!Poll` for what is
nobody; a full name for somebody outside the cast; or `unresolved`. Port Ansel and everybody in it
are made up.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from analysis.corpus.cast import Actor, Cast, Group, Office
from analysis.tables import OTHERS, SPEECH, UNRESOLVED

MAYOR = ("the mayor", "City Hall", "the city's mayor")
COMMISSIONER = ("the commissioner", "the police commissioner")
_GROUPS = (
    Group(
        "mayor",
        "Mayor",
        opposes=("unions",),
        roles=("city hall official", "mayoral aide", "city hall spokesman"),
        collective=("the administration", "the mayor's aides"),
    ),
    Group("commissioner", "Commissioner", roles=("police spokesman", "police spokeswoman")),
    Group(
        "unions",
        "Unions",
        opposes=("mayor",),
        roles=("union official", "union leader", "union president", "union source"),
        collective=("the unions", "both unions", "union leaders", "the union leaders"),
    ),
    Group(OTHERS, "Others", roles=("source", "officer", "resident"), collective=("officers",)),
)
_ACTORS = (
    Actor(
        "marsh",
        "Helen Marsh",
        "mayor",
        aliases=("Marsh", "Ms. Marsh", "Mayor Marsh", "Mayor Helen Marsh"),
        pronouns="she",
        offices=(Office("Mayor of Port Ansel", MAYOR, date(2020, 1, 1)),),
    ),
    Actor(
        "stroud",
        "Victor Stroud",
        "others",
        aliases=("Stroud", "Mr. Stroud"),
        pronouns="he",
        offices=(Office("Mayor of Port Ansel", MAYOR, date(2012, 1, 1), date(2019, 12, 31)),),
    ),
    Actor(
        "bell",
        "Iris Bell",
        "mayor",
        aliases=("Bell", "Ms. Bell"),
        pronouns="she",
        titles=("press secretary", "mayor's spokeswoman", "spokeswoman for the mayor"),
        speaks_for="marsh",
    ),
    Actor(
        "kane",
        "Walter Kane",
        "commissioner",
        aliases=("Kane", "Mr. Kane", "Commissioner Kane", "Commissioner Walter Kane"),
        pronouns="he",
        offices=(Office("Police Commissioner", COMMISSIONER, date(2021, 3, 1)),),
    ),
    Actor(
        "adler",
        "Ruth Adler",
        "others",
        aliases=("Adler", "Ms. Adler"),
        pronouns="she",
        offices=(Office("Police Commissioner", COMMISSIONER, date(2012, 1, 1), date(2021, 2, 28)),),
    ),
    Actor(
        "reyes",
        "Omar Reyes",
        "unions",
        aliases=("Reyes", "Mr. Reyes"),
        pronouns="he",
        titles=("HOU president", "president of the officers' union"),
        speaks_for="hou",
        offices=(Office("president of the Harbor Officers' Union", ("the union president",)),),
    ),
    Actor(
        "quill",
        "Nora Quill",
        "unions",
        aliases=("Quill", "Ms. Quill"),
        pronouns="she",
        titles=("guild president", "president of the pilots' guild"),
        speaks_for="fpg",
    ),
    Actor(
        "hou",
        "Harbor Officers' Union",
        "unions",
        kind="organisation",
        aliases=("HOU", "the HOU"),
        pronouns="it",
        titles=("officers' union", "city's largest union"),
    ),
    Actor(
        "fpg",
        "Ferry Pilots' Guild",
        "unions",
        kind="organisation",
        aliases=("FPG", "the FPG"),
        pronouns="it",
        titles=("pilots' guild",),
    ),
)
CAST = Cast(
    "The harbor dispute of Port Ansel",
    ("mayor", "commissioner", "unions"),
    {group.id: group for group in _GROUPS},
    {actor.id: actor for actor in _ACTORS},
)
DAY = "2024-05-06"


@dataclass(frozen=True)
class Expected:
    """A statement: its exact pieces, its kind, who speaks as the markup has it, and the act."""

    pieces: tuple[tuple[int, int], ...]
    kind: str
    who: str
    act: str = SPEECH


@dataclass(frozen=True)
class Pitfall:
    """A text without its markup, the statements in it, and why an engine still fails, if it does.

    `fails` is of the rules alone. `shipped` is of the engine with the tagger where the two differ:
    empty where that one passes; `None` where both do alike.
    """

    id: str
    text: str
    expected: tuple[Expected, ...]
    published: str = DAY
    fails: str = ""
    shipped: str | None = None


_MARK = re.compile(r"⟦(?:\+|([^|⟧]+)\|([^|⟧]+))\|(.*?)⟧", re.DOTALL)


def pitfall(
    name: str, *paragraphs: str, on: str = DAY, fails: str = "", shipped: str | None = None
) -> Pitfall:
    """Read the marked-up paragraphs; a blank line goes between two."""
    marked = "\n\n".join(paragraphs)
    text, found, reached = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[reached : mark.start()]
        who, kind, words = mark.groups()
        piece = (len(text), len(text) + len(words))
        text += words
        reached = mark.end()
        if who:
            act, _, kind = kind.rpartition(":")
            found.append(Expected((piece,), kind, who, act or SPEECH))
        else:
            last = found.pop()
            found.append(replace(last, pieces=(*last.pieces, piece)))
    return Pitfall(name, text + marked[reached:], tuple(found), on, fails, shipped)


def speaker(who: str) -> tuple[str | None, str, bool]:
    """The name (none where it is free), the group and whether named, of a `who` of the markup."""
    if who in CAST.actors:
        actor = CAST.actors[who]
        return actor.name, actor.group, True
    if who == UNRESOLVED:
        return None, UNRESOLVED, False
    if who.startswith("~"):
        return CAST.group_name(who[1:]), who[1:], False
    if who.startswith("!"):
        return who[1:], OTHERS, False
    if who.startswith("?"):
        return None, who.partition("/")[2], False
    return who, OTHERS, True


ORDER = (
    pitfall(
        "quotation-before-source",
        "⟦reyes|direct|“Nobody in this building asked us,”⟧ Mr. Reyes said on Monday.",
    ),
    pitfall(
        "quotation-after-source", "Mr. Reyes said, ⟦reyes|direct|“The talks are over.”⟧ He left."
    ),
    pitfall(
        "quotation-after-colon",
        "Mr. Reyes told reporters: ⟦reyes|direct|“The talks are over. We are going home.”⟧",
    ),
    pitfall(
        "quotation-around-source",
        "⟦reyes|direct|“The talks,”⟧ Mr. Reyes said, ⟦+|“are over.”⟧ The ferries ran late.",
    ),
    pitfall(
        "interrupted-between-two-sentences",
        "⟦reyes|direct|“The talks are over,”⟧ Mr. Reyes said. ⟦+|“We will see the city in court.”⟧"
        " The ferries ran late.",
    ),
    pitfall(
        "inverted-said",
        "⟦reyes|direct|“We are done with this city,”⟧ said Omar Reyes.",
    ),
    pitfall(
        "inverted-said-with-apposition",
        "⟦quill|direct|“We are done,”⟧ said Nora Quill, the president of the pilots’ guild.",
    ),
    pitfall(
        "inverted-between-pieces",
        "⟦quill|direct|“We are done,”⟧ said Ms. Quill, ⟦+|“and we are not coming back.”⟧",
    ),
    pitfall(
        "apposition-before-the-verb",
        "⟦reyes|direct|“We are done,”⟧ Omar Reyes, the head of the city’s largest union, said.",
    ),
    pitfall(
        "apposition-before-the-quotation",
        "Omar Reyes, the head of the city’s largest union, said,"
        " ⟦reyes|direct|“Our members are tired.”⟧",
    ),
    pitfall(
        "question-before-frame",
        "⟦quill|direct|“Who signed this paper?”⟧ Ms. Quill asked the pilots.",
    ),
    pitfall(
        "exclamation-before-frame",
        "⟦quill|direct|“Not one more day!”⟧ Ms. Quill told the crowd.",
    ),
    pitfall(
        "dash-before-frame",
        "⟦reyes|direct|“If they come back to the table —”⟧ Mr. Reyes said, then stopped.",
    ),
    pitfall(
        "ellipsis-before-frame",
        "⟦reyes|direct|“I used to think so …”⟧ Mr. Reyes said after a pause.",
    ),
    pitfall(
        "dash-frame-inside-the-quotation",
        "⟦marsh|direct|“This offer”⟧ — the mayor said, tapping the page — ⟦+|“is the last one.”⟧",
    ),
    pitfall(
        "frame-with-adverbs",
        "⟦kane|direct|“Every shift is filled,”⟧ Mr. Kane later told reporters on Tuesday evening.",
    ),
    pitfall(
        "long-frame-after-quotation",
        "⟦kane|direct|“Every shift is filled,”⟧ the commissioner, who had spent the morning at the"
        " docks with his deputies, said.",
    ),
    pitfall(
        "asked-about",
        "Asked about the offer, Mr. Reyes replied, ⟦reyes|direct|“I have not read it.”⟧",
    ),
    pitfall(
        "quoted-as-saying",
        "Ms. Quill was quoted as saying ⟦quill|direct|“they never read our letter.”⟧",
    ),
    pitfall(
        "of-whom",
        "Ms. Quill said of the commissioner, ⟦quill|direct|“He is the only one who listens.”⟧",
    ),
    pitfall(
        "participle",
        "Ms. Quill walked out before noon, saying, ⟦quill|direct|“There is nothing here for us.”⟧",
    ),
    pitfall(
        "whose-name-stands-in-the-paragraph-before",
        "Mr. Reyes was furious when he left the room.",
        "⟦reyes|direct|“They never even called us.”⟧",
    ),
    pitfall(
        "colon-without-a-verb",
        "Mr. Reyes was furious: ⟦reyes|direct|“They never even called us.”⟧",
    ),
    pitfall(
        "age-between-name-and-verb",
        "⟦reyes|direct|“They never even called us,”⟧ Omar Reyes, 52, said.",
    ),
    pitfall(
        "dash-and-name-after",
        "⟦reyes|direct|“They never even called us.”⟧ — Omar Reyes",
    ),
    pitfall(
        "captions",
        "⟦reyes|direct|“They never even called us.”⟧ ― Omar Reyes",
        "⟦quill|direct|“No deal, no boats.”⟧― Nora Quill, a pilot of thirty years.",
        "⟦Jo de la Cruz|direct|“I missed three.”⟧ -- Jo de la Cruz",
        shipped="",
    ),
    pitfall(
        "dash-and-what-follows-is-no-name",
        "The slogan was “No deal, no boats” — Ansel had heard worse.",
        "Nobody wants “the summit” — The mayor least of all.",
    ),
    pitfall(
        "quotation-after-narration",
        "Ms. Quill shook her head. ⟦quill|direct|“There is nothing here for us,”⟧ she said.",
    ),
)

CONTINUED = (
    pitfall(
        "continued-over-two-paragraphs",
        "Mr. Reyes said: ⟦reyes|direct|“We waited for eleven months.⟧",
        "⟦reyes|direct|“Now we are finished waiting.”⟧",
        "The ferries ran late.",
    ),
    pitfall(
        "continued-over-three-paragraphs",
        "⟦quill|direct|“We waited for eleven months,”⟧ Ms. Quill said. ⟦+|“They knew it.⟧",
        "⟦quill|direct|“They sat in that room and smiled at us.⟧",
        "⟦quill|direct|“Now we are finished waiting.”⟧",
        "The mayor left by the back door.",
    ),
    pitfall(
        "continued-with-straight-marks",
        'Mr. Reyes said: ⟦reyes|direct|"We waited for eleven months.⟧',
        '⟦reyes|direct|"Now we are finished waiting."⟧',
    ),
    pitfall(
        "continued-and-framed-again",
        "Mr. Reyes said: ⟦reyes|direct|“We waited for eleven months.⟧",
        "⟦reyes|direct|“Now we are finished waiting,”⟧ he said.",
    ),
    pitfall(
        "paragraph-without-frame-goes-on",
        "⟦quill|direct|“They never called,”⟧ Ms. Quill said.",
        "⟦quill|direct|“We waited all night by the phone in the guild hall.”⟧",
    ),
    pitfall(
        "block-after-colon",
        "In a memo to the force, Commissioner Kane wrote:",
        "⟦kane|block|Every shift will be filled this weekend. There are no exceptions.⟧",
        "The docks were quiet on Saturday.",
    ),
    pitfall(
        "block-in-a-statement",
        "The Ferry Pilots’ Guild issued a statement on Sunday night. It read:",
        "⟦fpg|block|Our members will keep every boat in port until the city comes back.⟧",
    ),
    pitfall(
        "colon-before-a-quoted-paragraph",
        "Then Ms. Quill turned to the cameras and said:",
        "⟦quill|direct|“This is the last time that we ask.”⟧",
    ),
    pitfall(
        "colon-paragraph-that-quotes-nobody",
        "The mayor has two ways out of the dispute:",
        "The first is to give way before the summer. The second is to wait.",
    ),
    pitfall(
        "colon-paragraph-of-the-narrator",
        "Here is what the two sides agree on:",
        "The ferries are old, and the docks are older.",
    ),
    pitfall(
        "colon-paragraph-with-unsaid-cue",
        "The council would not say which of two plans it prefers:",
        "One raises the fare, and the other closes a pier.",
    ),
)

DIALOGUE = (
    pitfall(
        "dialogue-of-two-without-frames",
        "⟦quill|direct|“Did you sign it?”⟧ Ms. Quill asked Mr. Reyes.",
        "⟦reyes|direct|“I did not sign it,”⟧ Mr. Reyes said.",
        "⟦quill|direct|“Then who signed the thing?”⟧",
        "⟦reyes|direct|“Nobody I have ever met.”⟧",
    ),
    pitfall(
        "two-speakers-in-one-sentence",
        "⟦reyes|direct|“We tried,”⟧ Mr. Reyes said, and Ms. Quill added,"
        " ⟦quill|direct|“They did not.”⟧",
    ),
    pitfall(
        "two-clauses-in-one-sentence",
        "Mr. Reyes said that ⟦reyes|indirect|the city had lied⟧, and Ms. Quill said that"
        " ⟦quill|indirect|it had not⟧.",
    ),
    pitfall(
        "two-quotations-of-two-people",
        "⟦reyes|direct|“We tried,”⟧ Mr. Reyes said. ⟦quill|direct|“So did we,”⟧ Ms. Quill said.",
    ),
    pitfall(
        "speech-within-speech",
        "Mr. Reyes said that ⟦reyes|indirect|Ms. Quill had told him that the deal was dead⟧.",
    ),
    pitfall(
        "first-person-hearer",
        "I met Ms. Quill at the pier. ⟦quill|direct|“You can write that down,”⟧ she told me.",
    ),
    pitfall(
        "first-person-inside-the-quotation",
        "⟦kane|direct|“I said that we would fill every shift,”⟧ Commissioner Kane said.",
    ),
)

TRANSCRIPT = (
    pitfall(
        "transcript-in-capitals",
        "REYES: ⟦reyes|block|We waited for eleven months.⟧",
        "QUILL: ⟦quill|block|And nobody called you?⟧",
        "REYES: ⟦reyes|block|Not once. She said that she would.⟧",
        shipped="",
    ),
    pitfall(
        "transcript-in-quotation-marks",
        "A transcript follows:",
        "“REYES: ⟦reyes|direct|We waited for eleven months.⟧",
        "“(LAUGHTER)",
        "“QUILL: ⟦quill|direct|And nobody called you?⟧",
        "⟦quill|direct|“Not even the mayor?”⟧",
        shipped="",
    ),
    pitfall(
        "transcript-by-names",
        "Nora Quill: ⟦quill|block|Who signed this paper?⟧",
        "Walter Kane: ⟦kane|block|I did not sign it.⟧",
        "Nora Quill: ⟦quill|block|Then who did?⟧",
    ),
    pitfall(
        "interview",
        "Q: ⟦unresolved|block|Who signed this paper?⟧",
        "A: ⟦unresolved|block|I did not sign it.⟧",
    ),
    pitfall(
        "labels-that-nobody-speaks-under",
        "UPDATE: The pier is open again.",
        "The ferries ran late.",
        "NOTE: Times are approximate.",
    ),
    pitfall(
        "a-single-label",
        "PORT ANSEL: The ferries ran late on Monday.",
        "Rain fell.",
        shipped="the tagger takes a place before a colon for somebody who speaks",
    ),
)

WHO = (
    pitfall(
        "he",
        "Mr. Reyes walked to the podium. ⟦reyes|direct|“We will not move,”⟧ he said.",
    ),
    pitfall(
        "she",
        "Ms. Quill praised Mr. Reyes. ⟦quill|direct|“He kept his word,”⟧ she said.",
    ),
    pitfall(
        "he-not-the-one-in-the-quotation",
        "Mr. Reyes came at noon. ⟦reyes|direct|“Commissioner Kane is a fine man,”⟧ he said.",
    ),
    pitfall(
        "he-is-the-subject",
        "Commissioner Kane spoke right after Mr. Reyes."
        " ⟦kane|direct|“Every shift is filled,”⟧ he said.",
    ),
    pitfall(
        "he-after-somebody-else-spoke",
        "⟦quill|direct|“It is over,”⟧ Ms. Quill said. Mr. Reyes nodded."
        " ⟦reyes|direct|“All of it,”⟧ he said.",
    ),
    pitfall(
        "they-for-a-union",
        "The Ferry Pilots’ Guild met until dawn. They said"
        " ⟦fpg|indirect|the boats would stay in port⟧.",
    ),
    pitfall(
        "it-for-a-union",
        "The Ferry Pilots’ Guild met until dawn. It said that"
        " ⟦fpg|indirect|the boats would stay in port⟧.",
    ),
    pitfall(
        "office",
        "⟦kane|direct|“Every shift is filled,”⟧ the commissioner said.",
    ),
    pitfall(
        "office-by-the-date",
        "⟦adler|direct|“Every shift is filled,”⟧ the commissioner said.",
        on="2019-05-06",
    ),
    pitfall(
        "office-of-the-mayor-by-the-date",
        "⟦stroud|direct|“The ferries will run,”⟧ said the mayor.",
        on="2019-12-31",
    ),
    pitfall("city-hall", "City Hall said that ⟦marsh|indirect|the offer was final⟧."),
    pitfall(
        "former-commissioner-by-name",
        "⟦adler|direct|“We never had such a year,”⟧ said Ruth Adler, the former commissioner.",
    ),
    pitfall(
        "former-commissioner-alone",
        "⟦adler|direct|“We never had such a year,”⟧ the former commissioner said.",
    ),
    pitfall(
        "a-top-official",
        "⟦?a/unions|direct|“Nobody trusts the numbers,”⟧ a top union official said.",
    ),
    pitfall(
        "another-and-a-third",
        "⟦?a/unions|direct|“Nobody trusts the numbers,”⟧ one union official said."
        " ⟦?b/unions|direct|“Nobody trusts the mayor,”⟧ another said."
        " ⟦?c/unions|direct|“Nobody trusts anybody,”⟧ said a third.",
    ),
    pitfall(
        "the-same-official",
        "A union official said that ⟦?a/unions|indirect|the numbers were wrong⟧."
        " ⟦?a/unions|direct|“Nobody checked them,”⟧ the official said.",
    ),
    pitfall(
        "one-of-several-officials",
        "⟦?a/unions|direct|“They were not listening,”⟧ one of several union officials said.",
    ),
    pitfall(
        "sources-said",
        "Sources said that ⟦?a/others|indirect|the mayor had left the room twice⟧.",
    ),
    pitfall(
        "two-unnamed-kept-two",
        "A mayoral aide said ⟦?a/mayor|indirect|the offer was fair⟧. A union official said"
        " ⟦?b/unions|indirect|the offer was a trap⟧.",
    ),
    pitfall(
        "unnamed-source-with-relative-clause",
        "A source who was briefed on the talks said"
        " ⟦?a/others|indirect|the two sides were far apart⟧.",
    ),
    pitfall(
        "aide-of-the-mayor",
        "An aide to the mayor said ⟦?a/mayor|indirect|the offer would not change⟧.",
    ),
    pitfall(
        "union-as-a-body",
        "The Harbor Officers’ Union said ⟦hou|indirect|its members would not march⟧.",
    ),
    pitfall(
        "unions-together",
        "The unions said that ⟦~unions|indirect|they would not march⟧.",
    ),
    pitfall(
        "tweet-of-a-union",
        "The HOU tweeted: ⟦hou|direct|“The mayor has walked out on us.”⟧",
    ),
    pitfall(
        "tweet-of-a-person",
        "⟦quill|direct|“No deal, no boats,”⟧ Ms. Quill wrote on Twitter.",
    ),
    pitfall(
        "by-statement",
        "In a statement, Ms. Quill said: ⟦quill|direct|“No deal, no boats.”⟧",
    ),
    pitfall(
        "said-in-a-statement",
        "⟦fpg|direct|“No deal, no boats,”⟧ the Ferry Pilots’ Guild said in a statement.",
    ),
    pitfall(
        "statement-from-a-press-secretary",
        "The mayor answered through a statement from her press secretary:"
        " ⟦bell|direct|“The offer stands.”⟧",
        shipped="the tagger takes whom a statement given through another speaks for",
    ),
    pitfall(
        "statement-also-read",
        "⟦quill|direct|“No deal, no boats,”⟧ Ms. Quill said in a statement.",
        "The statement also read: ⟦quill|direct|“We are tired of waiting.”⟧",
    ),
    pitfall(
        "spokesman-for",
        "A spokesman for the mayor said that ⟦?a/mayor|indirect|the offer was final⟧.",
    ),
    pitfall(
        "spokeswoman-by-name",
        "⟦bell|direct|“The offer stands,”⟧ said Iris Bell, a spokeswoman for the mayor.",
    ),
    pitfall(
        "outside-the-cast",
        "⟦Dana Whitlock|direct|“I missed three boats,”⟧ said Dana Whitlock, a nurse."
        " Ms. Whitlock said ⟦Dana Whitlock|indirect|the queue went round the block⟧.",
    ),
    pitfall(
        "outside-the-cast-by-surname",
        "Dana Whitlock takes the boat to work. ⟦Dana Whitlock|direct|“I missed three,”⟧"
        " Whitlock said.",
    ),
    pitfall(
        "lawyer-of-an-actor",
        "⟦Tom Dunn|direct|“My client is calm,”⟧ said Mr. Reyes’s lawyer, Tom Dunn.",
    ),
    pitfall(
        "letter",
        "In a letter to the mayor, Ms. Quill wrote that ⟦quill|indirect|the boats were unsafe⟧.",
    ),
    pitfall(
        "letter-as-source",
        "Ms. Quill sent the mayor a letter on Friday. ⟦quill|direct|“The boats are unsafe,”⟧ the"
        " letter said.",
    ),
    pitfall(
        "the-letter-whose-author-is-named-last",
        "For the mayor it began with a letter from Ms. Quill."
        " The letter also said ⟦quill|indirect|the boats were unsafe⟧.",
    ),
    pitfall(
        "memo-as-source",
        "A memo from the commissioner said that ⟦kane|indirect|no leave would be granted⟧.",
    ),
    pitfall(
        "email-as-source",
        "⟦kane|direct|“No leave will be granted,”⟧ Commissioner Kane wrote in an email to the"
        " force.",
    ),
    pitfall(
        "memo-with-a-possessive",
        "Commissioner Kane’s memo said that ⟦kane|indirect|no leave would be granted⟧.",
    ),
    pitfall(
        "inverted-aide-of-the-mayor",
        "⟦?a/mayor|direct|“The offer will not change,”⟧ said an aide to the mayor.",
    ),
    pitfall(
        "role-then-name",
        "A spokeswoman for the mayor, Iris Bell, said ⟦bell|indirect|the offer was final⟧.",
    ),
    pitfall(
        "the-union-of-a-president",
        "Omar Reyes of the Harbor Officers’ Union left at noon. The union said"
        " ⟦hou|indirect|its members had voted to stay home⟧.",
    ),
    pitfall(
        "the-union-with-nothing-before",
        "Mr. Reyes left at noon. The union said ⟦hou|indirect|its members would stay home⟧.",
    ),
    pitfall(
        "the-official-whom-a-clause-describes",
        "⟦?a/unions|direct|“One day,”⟧ said a union official who spoke to the Courier."
        " ⟦?b/unions|direct|“Two days,”⟧ said another."
        " ⟦?a/unions|direct|“Three days,”⟧ said the union official who spoke to the Courier.",
    ),
    pitfall(
        "particles-in-a-name",
        "⟦Jo de la Cruz|direct|“I missed three boats,”⟧ said Councilman Jo de la Cruz.",
    ),
    pitfall(
        "email-from-a-union",
        "⟦fpg|direct|“No comment,”⟧ read an email from the Ferry Pilots’ Guild.",
    ),
    pitfall(
        "message-was-clear",
        "The message from Mr. Reyes was clear: ⟦reyes|direct|“No deal, no boats.”⟧",
    ),
    pitfall(
        "union-leaders",
        "Union leaders said ⟦~unions|indirect|the offer was a trap⟧.",
    ),
    pitfall(
        "she-is-the-subject",
        "Mayor Marsh met Ms. Quill at noon. ⟦marsh|direct|“We are close,”⟧ she said.",
    ),
    pitfall(
        "crowd",
        "The crowd shouted, ⟦?a/others|direct|“No deal, no boats!”⟧",
    ),
    pitfall(
        "title-before-the-name",
        "Guild president Nora Quill said ⟦quill|indirect|the boats were unsafe⟧.",
    ),
    pitfall(
        "nickname-inside-the-name",
        "Walter “Bud” Kane said ⟦kane|indirect|the shifts would be filled⟧.",
    ),
)

FORMS = (
    pitfall(
        "according-to-before",
        "According to Mr. Reyes, ⟦reyes|indirect|the numbers are wrong⟧.",
    ),
    pitfall(
        "according-to-after",
        "⟦reyes|indirect|The numbers are wrong⟧, according to Mr. Reyes.",
    ),
    pitfall(
        "according-to-in-the-middle",
        "⟦reyes|indirect|The numbers⟧, according to Mr. Reyes, ⟦+|are wrong⟧.",
    ),
    pitfall(
        "according-to-after-a-quotation",
        "⟦kane|direct|“Every shift is filled,”⟧ according to a memo from Commissioner Kane.",
    ),
    pitfall(
        "in-ones-words",
        "In Mr. Reyes’s words, ⟦reyes|direct|“the offer was a bad joke.”⟧",
    ),
    pitfall(
        "as-one-put-it-before",
        "As Mr. Reyes put it, ⟦reyes|direct|“They came to the table to eat, not to talk.”⟧",
    ),
    pitfall(
        "as-one-put-it-after",
        "⟦quill|direct|“They came to eat, not to talk,”⟧ as Ms. Quill put it.",
    ),
    pitfall(
        "mixed-fragment-first",
        "⟦reyes|mixed|“Bad faith” had doomed the talks⟧, Mr. Reyes said.",
    ),
    pitfall(
        "mixed-fragment-in-the-middle",
        "Mr. Reyes said that ⟦reyes|mixed|the “bad faith” of the city had doomed the talks⟧.",
    ),
    pitfall(
        "mixed-fragment-right-after-that",
        "Mr. Reyes said that ⟦reyes|mixed|“bad faith” had doomed the talks⟧.",
    ),
    pitfall(
        "clause-of-two-words",
        "Mr. Reyes said that ⟦reyes|indirect|it rained⟧.",
    ),
    pitfall(
        "mixed-fragment-last",
        "Mr. Reyes said ⟦reyes|mixed|the talks were “a waste of time.”⟧",
    ),
    pitfall(
        "mixed-before-the-frame",
        "⟦reyes|mixed|The talks were “a waste of time,”⟧ Mr. Reyes said.",
    ),
    pitfall(
        "mixed-with-two-fragments",
        "Ms. Quill said that ⟦quill|mixed|the offer was “thin” and that the boats were “junk.”⟧",
    ),
    pitfall("called", "Mr. Reyes called ⟦reyes|mixed|the mayor “a liar.”⟧"),
    pitfall(
        "described-as",
        "Mr. Reyes described ⟦reyes|mixed|the offer as “an insult”⟧ on Monday.",
    ),
    pitfall(
        "accused-of",
        "Ms. Quill accused ⟦quill|mixed|the mayor of “walking out on the city.”⟧",
    ),
    pitfall(
        "indirect-with-that",
        "Mr. Reyes said that ⟦reyes|indirect|the officers would stay home⟧.",
    ),
    pitfall(
        "indirect-without-that",
        "Mr. Reyes said ⟦reyes|indirect|the officers would stay home⟧.",
    ),
    pitfall(
        "that-day-that",
        "Mr. Reyes said that day that ⟦reyes|indirect|the officers would stay home⟧.",
    ),
    pitfall(
        "said-on-monday-that",
        "Mr. Reyes said on Monday that ⟦reyes|indirect|that day’s march was the last⟧.",
    ),
    pitfall(
        "told-somebody-that",
        "Ms. Quill told the pilots that ⟦quill|indirect|the mayor had not called⟧.",
    ),
    pitfall(
        "told-a-show-that",
        "Mr. Reyes told the hosts of “Morning Harbor” that ⟦reyes|indirect|the talks were over⟧.",
    ),
    pitfall(
        "officials-said-at-the-end",
        "⟦?a/others|indirect|The last ferry will leave at noon⟧, officials said.",
    ),
    pitfall(
        "called-and-then-did",
        "Ms. Quill called ⟦quill|mixed|him “a liar”⟧ and walked out of the room.",
    ),
    pitfall(
        "according-to-one-another-said",
        "According to Ms. Quill, ⟦quill|indirect|Mr. Reyes said the talks were over⟧.",
    ),
    pitfall(
        "inverted-after-the-clause",
        "⟦quill|indirect|It was a bad week⟧, said Ms. Quill.",
    ),
    pitfall(
        "dashes-around-the-apposition",
        "Mr. Reyes — the head of the union — said that ⟦reyes|indirect|the boats were unsafe⟧.",
    ),
    pitfall(
        "adding-that",
        "⟦reyes|direct|“We are done,”⟧ Mr. Reyes said, adding that"
        " ⟦reyes|indirect|the boats were too old⟧.",
    ),
    pitfall(
        "frame-inside-the-clause",
        "⟦reyes|indirect|The mayor⟧, Mr. Reyes said, ⟦+|had never once called⟧.",
    ),
    pitfall(
        "when-without-that",
        "Mr. Reyes said on Monday ⟦reyes|indirect|the boats were too old⟧.",
    ),
    pitfall(
        "who-once-said",
        "Mr. Reyes, who once said that ⟦reyes|indirect|he hated boats⟧, took the bridge.",
    ),
    pitfall(
        "asked-whether",
        "Ms. Quill asked ⟦quill|indirect|whether the boats were safe⟧.",
    ),
    pitfall(
        "warned-and-denied",
        "Ms. Quill warned that ⟦quill|indirect|the boats were unsafe⟧. The mayor denied that"
        " ⟦marsh|indirect|she had been told⟧.",
    ),
    pitfall(
        "vowed-to",
        "Ms. Quill vowed ⟦quill|indirect|to keep the boats in port⟧.",
    ),
    pitfall(
        "abbreviation-in-the-clause",
        "Ms. Quill said that ⟦quill|indirect|Mr. Reyes met Ms. Marsh at 3 p.m. on Friday⟧.",
    ),
)

MARKS = (
    pitfall(
        "straight-marks",
        '⟦reyes|direct|"The talks are over,"⟧ Mr. Reyes said. ⟦+|"Go home."⟧',
    ),
    pitfall(
        "mixed-marks-in-one-pair",
        '⟦reyes|direct|“The talks are over,"⟧ Mr. Reyes said.',
    ),
    pitfall(
        "closing-mark-used-to-open",
        "⟦reyes|direct|”The talks are over,”⟧ Mr. Reyes said.",
    ),
    pitfall("guillemets", "⟦reyes|direct|«The talks are over,»⟧ Mr. Reyes said."),
    pitfall(
        "tex-marks",
        "⟦reyes|direct|``The talks are over,''⟧ Mr. Reyes said.",
    ),
    pitfall(
        "single-inside-double",
        "⟦quill|direct|“She told me, ‘Take it or leave it,’ and I left it,”⟧ Ms. Quill said.",
    ),
    pitfall(
        "single-inside-double-straight",
        "⟦quill|direct|\"She told me, 'Take it or leave it,' and I left it,\"⟧ Ms. Quill said.",
    ),
    pitfall(
        "double-inside-single",
        "⟦quill|direct|‘She told me, “Take it or leave it,” and I left it,’⟧ Ms. Quill said.",
    ),
    pitfall(
        "british-single-marks",
        "⟦reyes|direct|‘We don’t want the pilots’ money,’⟧ Mr. Reyes said.",
    ),
    pitfall(
        "british-comma-outside",
        "⟦reyes|direct|‘We are done’⟧, said Mr. Reyes.",
    ),
    pitfall(
        "unclosed-at-the-end-of-a-paragraph",
        "Mr. Reyes said: ⟦reyes|direct|“The talks are over.⟧",
        "The ferries ran late. The mayor left by the back door.",
    ),
    pitfall(
        "unclosed-before-its-frame",
        "⟦reyes|direct|“The talks are over,⟧ Mr. Reyes said. The ferries ran late.",
    ),
    pitfall(
        "unclosed-spoils-no-later-paragraph",
        "Mr. Reyes said: ⟦reyes|direct|“The talks are over.⟧",
        "The ferries ran late.",
        "⟦quill|direct|“We are done,”⟧ Ms. Quill said.",
    ),
    pitfall(
        "stray-closing-mark",
        "The last ferry left at noon.” Mr. Reyes said that ⟦reyes|indirect|it was late⟧.",
    ),
    pitfall(
        "feet-and-inches",
        'At 6\'2", Mr. Reyes fills a doorway. ⟦reyes|direct|"We will not move,"⟧ he said.',
    ),
    pitfall(
        "inches",
        'A 12" pipe burst under the pier. ⟦quill|direct|"Nobody fixed it,"⟧ Ms. Quill said.',
    ),
    pitfall(
        "apostrophes",
        "The officers' lounge was full of the '90s: rock 'n' roll on the wall, and a jar of coins"
        " for the pilots' families. ⟦reyes|direct|'Tell 'em we're done,'⟧ Mr. Reyes said.",
    ),
    pitfall(
        "apostrophes-alone",
        "The officers’ lounge was full of the ’90s: rock ’n’ roll, and the pilots’ cups.",
    ),
    pitfall(
        "headline-with-single-quotes",
        "Reyes says ⟦reyes|mixed|talks are ‘over’⟧",
        "The ferries ran late on Monday.",
    ),
    pitfall(
        "headline-with-colon",
        "Reyes: ⟦reyes|direct|‘We are done with this city’⟧",
        "The ferries ran late on Monday.",
    ),
    pitfall(
        "bracketed-name",
        "⟦marsh|direct|“[Reyes] has never once called me,”⟧ the mayor said.",
    ),
    pitfall(
        "bracketed-pronoun",
        "⟦marsh|direct|“He [Reyes] has never once called me,”⟧ Mayor Marsh said.",
    ),
    pitfall(
        "empty-marks",
        "The page was blank: “”.",
    ),
)

SILENT = (
    pitfall("scare-quotes", "The “summit” ended after ten minutes."),
    pitfall(
        "so-called",
        "The so-called “work slowdown” entered its second week.",
    ),
    pitfall("single-word", "On the pier the word “scab” had been painted in red."),
    pitfall("title-of-a-column", "Mr. Reyes, whose column “Straight Talk” runs weekly, left."),
    pitfall("title-of-a-show", "Ms. Quill was late for “Good Morning, Port Ansel” on Monday."),
    pitfall(
        "title-of-a-book",
        "Ms. Adler wrote “The Long Watch,” a book about the docks.",
    ),
    pitfall("nickname", "Friends know him as “the Anchor.” He has a boat."),
    pitfall("would-not-say", "Mr. Reyes would not say whether the officers would march."),
    pitfall("declined-to-say", "Ms. Quill declined to say that the talks had failed."),
    pitfall("could-say", "Nobody could say how the fire had started or who had seen it."),
    pitfall("did-not-say", "The commissioner did not say that he would stay."),
    pitfall(
        "didnt-say",
        "Mr. Reyes didn’t say that the officers would march.",
    ),
    pitfall("never-said", "Mr. Reyes never said that the officers would march."),
    pitfall("declined-to-comment", "Ms. Quill declined to comment. The mayor did not answer."),
    pitfall("report-is-a-noun", "The report that the pier was unsafe reached City Hall in May."),
    pitfall("claim-is-a-noun", "A claim that the pier was unsafe reached City Hall in May."),
    pitfall(
        "promise-is-a-noun",
        "His promise that the boats would run was soon forgotten.",
    ),
    pitfall(
        "asked-and-said-no",
        "Asked if he would resign, the commissioner said no.",
    ),
    pitfall(
        "poll",
        "A poll released on Sunday suggested that"
        " ⟦!Poll|finding:indirect|six in ten back the pilots⟧.",
    ),
    pitfall(
        "hopes",
        "Mr. Reyes hopes that ⟦reyes|thought:indirect|the talks will end soon⟧.",
    ),
    pitfall(
        "fears",
        "The mayor fears ⟦marsh|thought:indirect|the pilots will never come back⟧.",
    ),
    pitfall(
        "believes-and-says",
        "Ms. Quill believes that ⟦quill|thought:indirect|the mayor is tired⟧."
        " ⟦quill|direct|“It shows,”⟧ she said.",
    ),
    pitfall("does-not-believe", "Ms. Quill does not believe that the mayor will call."),
    pitfall("that-said", "That said, the ferries ran on time all week."),
    pitfall("needless-to-say", "Needless to say, the ferries ran late all week."),
    pitfall("said-to-be", "Mr. Reyes is said to be tired of the talks."),
    pitfall("is-accused", "The mayor stands accused of waiting for too long."),
    pitfall("ordered", "The commissioner ordered the officers to the docks at dawn."),
    pitfall("no-quotations", "The ferries ran late. Rain fell on the docks. Nobody waited."),
    pitfall("only-blanks", " \n\n \t\n"),
    pitfall("only-a-stop", "."),
)

LAYOUT = (
    pitfall(
        "crlf",
        "Mr. Reyes came late.\r\n\r\n⟦reyes|direct|“The talks are over,”⟧ he said.\r\n\r\n"
        "Ms. Quill said ⟦quill|indirect|the boats were unsafe⟧.\r\n",
    ),
    pitfall(
        "one-line-a-paragraph",
        "Mr. Reyes said: ⟦reyes|direct|“We waited for eleven months.⟧\n"
        "⟦reyes|direct|“Now we are finished waiting.”⟧\n"
        "The ferries ran late.",
    ),
    pitfall(
        "hard-wrapped",
        "⟦reyes|direct|“We waited for eleven months, and\nnobody in this building asked\nus"
        " anything,”⟧ Mr. Reyes said on\nMonday at the docks.",
    ),
    pitfall(
        "hard-wrapped-frame",
        "The ferries ran late, and Mr. Reyes\nsaid ⟦reyes|indirect|that was no wonder in a city\n"
        "without a plan⟧.",
    ),
    pitfall(
        "list",
        "The demands of the unions:\n\n- higher pay\n- newer boats\n- a seat on the board",
    ),
    pitfall(
        "list-of-quotations",
        "- ⟦reyes|direct|“We are done,”⟧ Mr. Reyes said.\n"
        "- ⟦quill|direct|“We are not,”⟧ Ms. Quill said.",
    ),
    pitfall(
        "markup-as-text",
        "<p>⟦reyes|direct|“The talks are over,”⟧ Mr. Reyes said.</p>",
    ),
    pitfall(
        "markup-with-attributes",
        '<a href="/pier" title="the pier">The pier</a> was closed. Mr. Reyes said'
        " ⟦reyes|indirect|it was unsafe⟧.",
    ),
    pitfall(
        "very-long-paragraph",
        "The ferries ran late. " * 800
        + "⟦reyes|direct|“The talks are over,”⟧ Mr. Reyes said. "
        + "Rain fell on the docks. " * 800
        + "Ms. Quill said ⟦quill|indirect|the boats were unsafe⟧.",
    ),
    pitfall(
        "emoji-before",
        "🚢🚢 The ferries ran late 👩🏽‍✈️. ⟦reyes|direct|“The talks are over 😡,”⟧ Mr. Reyes said.",
    ),
    pitfall(
        "combining-characters-before",
        "The cafe\u0301 on the pier was full. ⟦reyes|direct|“Je\u0301sus, it is over,”⟧ Mr. Reyes"
        " said.",
    ),
    pitfall(
        "non-bmp-letters-before",
        "𝔓𝔬𝔯𝔱 𝔄𝔫𝔰𝔢𝔩 was cold. Mr. Reyes said ⟦reyes|indirect|the 𝔭𝔦𝔢𝔯 was unsafe⟧.",
    ),
    pitfall(
        "no-break-spaces",
        "⟦reyes|direct|“The talks are over,”⟧\u00a0Mr.\u00a0Reyes said.",
    ),
)

PITFALLS = (*ORDER, *CONTINUED, *DIALOGUE, *TRANSCRIPT, *WHO, *FORMS, *MARKS, *SILENT, *LAYOUT)
