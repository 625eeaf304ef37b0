"""More everyday forms of wire, tabloid, local, British and broadcast news; see `pitfalls`."""

from .pitfalls import pitfall

CUE = "the verb is none that the rules look for"
UNSEEN = "the tagger sees nothing there, and the rules alone are not believed without marks"

ORDERS = (
    pitfall(
        "told-somebody-to",
        "Mr. Reyes told the officers ⟦reyes|indirect|to stay home until Monday⟧.",
    ),
    pitfall(
        "called-on-somebody-to",
        "Ms Quill called on the mayor ⟦quill|indirect|to release the report⟧.",
    ),
    pitfall(
        "told-the-crowd-he",
        "Mr. Reyes told the crowd ⟦reyes|indirect|he had to leave⟧.",
        shipped="the tagger takes whom it is told to for content",
    ),
    pitfall("told-to-his-face", "Mr. Reyes told the mayor to her face. Nobody spoke."),
    pitfall("would-not-tell-to", "Mr. Reyes would not tell the officers to stay home."),
    pitfall(
        "were-told-by-to",
        "The pilots were told by Mr. Reyes ⟦reyes|indirect|to keep the boats in port⟧.",
    ),
    pitfall(
        "were-told-by-that",
        "Officers were told by Commissioner Kane that ⟦kane|indirect|no leave would be granted⟧.",
    ),
    pitfall(
        "was-asked-by-whether",
        "Ms. Quill was asked by Commissioner Kane ⟦kane|indirect|whether the boats were safe⟧.",
    ),
    pitfall("was-not-told-by", "Ms. Quill was not told by the mayor that the pier was shut."),
)

CUES = (
    pitfall(
        "remark-of-two-words",
        "⟦reyes|direct|“Maybe so,”⟧ Mr. Reyes shrugged.",
        fails=CUE,
        shipped="",
    ),
    pitfall(
        "sighed-before-the-name",
        "⟦quill|direct|“Nobody ever reads our letters,”⟧ sighed Ms. Quill.",
        fails=CUE,
        shipped="",
    ),
    pitfall(
        "deadpanned",
        "⟦kane|direct|“I have had better weeks,”⟧ Mr. Kane deadpanned.",
        fails=CUE,
        shipped="",
    ),
    pitfall(
        "sniped",
        "⟦quill|direct|“He could not run a bath,”⟧ Ms. Quill sniped.",
        fails="neither the rules nor the tagger know the verb",
    ),
    pitfall(
        "was-heard-saying",
        "⟦kane|direct|“Get me out of here,”⟧ Commissioner Kane was heard saying as he left.",
        fails="the passive of a verb of hearing is no frame",
    ),
    pitfall(
        "was-quoted-as-saying-by",
        "⟦kane|direct|“The docks are safe,”⟧ Commissioner Kane was quoted as saying by the Ansel"
        " Gazette.",
    ),
    pitfall(
        "crowd-chants",
        "The crowd chanted, ⟦?a/others|direct|“Shame on you!”⟧",
        fails=CUE,
        shipped="",
    ),
    pitfall(
        "protesters-chant-outside",
        "Protesters chanted ⟦?a/others|direct|“No deal, no boats”⟧ outside City Hall.",
        fails=CUE,
        shipped="",
    ),
    pitfall(
        "chant-of-one-word",
        "The crowd chanted ⟦?a/others|direct|“Shame”⟧ as the mayor left.",
        fails=CUE,
        shipped="",
    ),
    pitfall(
        "likened",
        "Mr. Reyes likened ⟦reyes|mixed|the offer to “a wet match.”⟧",
        fails=CUE,
        shipped="",
    ),
    pitfall(
        "said-only-that",
        "Mr. Reyes said only that ⟦reyes|indirect|the talks would go on⟧.",
    ),
    pitfall(
        "would-say-only-that",
        "Mr. Reyes would say only that ⟦reyes|indirect|the talks would go on⟧.",
        fails="to the rules whoever would say has not said",
        shipped="",
    ),
    pitfall(
        "declined-to-say-whether",
        "Mr. Reyes declined to say whether the officers would march on Monday.",
    ),
    pitfall(
        "chain-of-verbs",
        "Ms. Quill praised the crews, blamed the board and said"
        " ⟦quill|indirect|the boats would sail on Monday⟧.",
    ),
    pitfall(
        "what-one-had-told-her",
        "Ms. Quill remembered what Mr. Reyes had told her:"
        " ⟦reyes|direct|“Never sign on a Friday.”⟧",
    ),
)

FRAMES = (
    pitfall(
        "according-to-between",
        "⟦kane|indirect|The officers⟧, according to the commissioner,"
        " ⟦+|will be back at work on Monday⟧.",
    ),
    pitfall(
        "inverted-between",
        "⟦quill|indirect|The offer⟧, says Ms. Quill, ⟦+|was never meant to be taken seriously⟧.",
        fails="a frame with the verb before its subject is not looked for within a clause",
    ),
    pitfall(
        "has-warned",
        "⟦quill|indirect|The ferries could sink within a year⟧, Nora Quill has warned.",
        shipped=UNSEEN,
    ),
    pitfall(
        "in-an-email",
        "Ms. Quill, in an email, said ⟦quill|indirect|the boats were unsafe⟧.",
    ),
    pitfall(
        "replied-when-asked",
        "⟦kane|direct|“Not on my watch,”⟧ Commissioner Kane replied when asked whether the docks"
        " would close.",
    ),
    pitfall(
        "to-reporters-outside",
        "To reporters waiting outside, Mr. Reyes said simply, ⟦reyes|direct|“We are done here.”⟧",
    ),
    pitfall(
        "her-answer",
        "Ms. Quill was asked whether she would sign. Her answer: ⟦quill|direct|“Not today.”⟧",
    ),
    pitfall(
        "his-answer-of-one-word",
        "Would Mr. Reyes resign? His answer: ⟦reyes|indirect|no⟧.",
        fails="fewer words than a statement without quotation marks has",
    ),
    pitfall(
        "in-ones-view",
        "In Ms. Quill’s view, ⟦quill|thought:indirect|the boats were never safe⟧.",
        fails="views have no verb, and the tagger sees none",
    ),
    pitfall(
        "to-hear-one-tell-it",
        "To hear Mr. Reyes tell it, ⟦reyes|indirect|the mayor never picked up the phone⟧.",
        fails="an idiom without a subject of its verb",
    ),
    pitfall(
        "nodded",
        "Mr. Reyes nodded. ⟦reyes|direct|“Every single word of it.”⟧",
    ),
    pitfall(
        "rain-falls-and-nobody-speaks",
        "Rain fell on the docks. “Nobody ever waits for us.”",
    ),
    pitfall(
        "scene-of-two",
        "Outside the hall, Ms. Quill stood with the commissioner as rain fell."
        " ⟦kane|direct|“This is over,”⟧ Mr. Kane said.",
    ),
    pitfall(
        "headline-of-an-office",
        "Mayor: ⟦marsh|indirect|we will not yield⟧",
        "The ferries ran late on Monday.",
        fails="a single label without quotation marks may be a topic: “Harbor: what we know”",
    ),
    pitfall(
        "headline-that-ends-with-the-name",
        "⟦kane|direct|‘The docks are not fit for purpose’⟧: Kane",
        "The docks were quiet on Monday.",
        fails="a name after a colon is no frame",
    ),
    pitfall(
        "office-and-guild",
        "The mayor’s office and the Ferry Pilots’ Guild said"
        " ⟦unresolved|indirect|they would meet on Sunday⟧.",
        fails="the rules take the last of several joined subjects",
        shipped="",
    ),
    pitfall(
        "office-and-a-common-noun",
        "The mayor’s office and the guild said ⟦unresolved|indirect|they would meet on Sunday⟧.",
        fails="of several joined voices all must be named",
    ),
)

BROADCAST = (
    pitfall(
        "labels-with-titles",
        "HELEN MARSH, MAYOR: ⟦marsh|block|The ferries will run on Monday.⟧",
        "OMAR REYES, UNION PRESIDENT: ⟦reyes|block|They will not.⟧",
    ),
    pitfall(
        "host",
        "HOST: ⟦?a/others|block|Welcome back to Morning Harbor.⟧",
        "MAYOR MARSH: ⟦marsh|block|Thank you for having me.⟧",
        "HOST: ⟦?a/others|block|Will the ferries run?⟧",
    ),
)

FORMS = (*ORDERS, *CUES, *FRAMES, *BROADCAST)
