"""Everyday forms of news, one short invented text each; see `pitfalls` for the markup."""

from .pitfalls import pitfall

TAILS = (
    pitfall(
        "tail-that-says-when",
        "⟦kane|direct|“I am no sailor,”⟧ the commissioner told The Courier on Friday, a week after"
        " the storm.",
    ),
    pitfall(
        "tail-of-a-letter",
        "⟦quill|direct|“No pilot will sail,”⟧ Ms. Quill wrote in a letter on Sunday, hours before"
        " the count.",
    ),
    pitfall(
        "tail-of-what-came-of-it",
        "⟦reyes|direct|“Enough talk,”⟧ Mr. Reyes said, words that Ms. Quill borrowed that night.",
    ),
    pitfall(
        "quotation-that-is-the-subject",
        "⟦reyes|mixed|“Bad faith,”⟧ Mr. Reyes said, ⟦+|had doomed the talks⟧.",
    ),
    pitfall(
        "title-of-a-work-in-an-apposition",
        "Ms. Adler, the author of “Rope and Tar,” said ⟦adler|indirect|the docks had changed⟧.",
        fails="the subject of a verb is not found across quotation marks",
        shipped="",
    ),
    pitfall(
        "block-quotation-in-markdown",
        "The letter from Mr. Reyes reads:",
        "> ⟦reyes|block|We ask for rest, for rope and for respect.⟧",
        "The city has not replied.",
    ),
    pitfall(
        "what-one-described-as",
        "Ms. Marsh apologized for what she described as ⟦marsh|direct|“a slip of the pen”⟧ in the"
        " letter.",
    ),
    pitfall(
        "what-one-called",
        "The pilots left over what Mr. Reyes called ⟦reyes|direct|“a broken word.”⟧",
    ),
    pitfall("only-supposed", "If Ms. Quill says the strike is on, the boats stay in port."),
)

STRANGERS = (
    pitfall(
        "he-whom-narration-brings-in",
        "Glen Tolliver has mended nets on the pier for 30 years.",
        "⟦Glen Tolliver|direct|“I know every boat here,”⟧ he said.",
    ),
    pitfall(
        "she-whom-narration-brings-in",
        "Vera Lindqvist, a mother of two, waited by the rail.",
        "She said ⟦Vera Lindqvist|indirect|the boat had not come⟧.",
    ),
    pitfall(
        "he-is-not-the-mother",
        "Vera Lindqvist, a mother of two, waited by the rail.",
        "⟦unresolved|direct|“The boat never came,”⟧ he said.",
    ),
    pitfall(
        "he-is-one-of-two-strangers",
        "Glen Tolliver has mended nets for 30 years. Arlo Benn has painted boats for ten.",
        "⟦unresolved|direct|“I know every boat here,”⟧ he said.",
    ),
    pitfall(
        "he-is-a-stranger-or-not",
        "Mr. Reyes left the hall before noon.",
        "Glen Tolliver sat by the door all day.",
        "⟦unresolved|direct|“I saw no boat,”⟧ he said.",
    ),
    pitfall(
        "he-is-no-school",
        "Ansel High School was shut on Monday.",
        "⟦unresolved|direct|“I saw no boat,”⟧ he said.",
    ),
    pitfall(
        "title-of-a-body-before-the-name",
        "Harbor Board Chairwoman Edda Holt said ⟦Edda Holt|indirect|the vote was fair⟧."
        " Holt said ⟦Edda Holt|indirect|she had counted it⟧.",
    ),
    pitfall(
        "office-in-a-headline",
        "Commissioner: ⟦kane|direct|‘No more overtime’⟧",
        "The docks were quiet on Monday.",
    ),
    pitfall(
        "office-in-a-headline-by-the-date",
        "Commissioner: ⟦adler|direct|‘No more overtime’⟧",
        "The docks were quiet on Monday.",
        on="2019-05-06",
    ),
    pitfall(
        "account-of-a-union",
        "The HOU’s Twitter account posted: ⟦hou|direct|“The boats stay in port tonight.”⟧",
    ),
)

SEVERAL = (
    pitfall(
        "two-of-one-group",
        "Mr. Reyes and Ms. Quill said ⟦~unions|indirect|they would march on Monday⟧.",
    ),
    pitfall(
        "two-in-a-joint-statement",
        "In a joint statement, Omar Reyes and Nora Quill said"
        " ⟦~unions|indirect|they would march on Monday⟧.",
    ),
    pitfall(
        "two-of-two-groups",
        "Ms. Marsh and Mr. Reyes said ⟦unresolved|indirect|they would meet on Sunday⟧.",
    ),
    pitfall(
        "two-strangers",
        "Ada Finch and Tom Orr said ⟦Ada Finch and Tom Orr|indirect|they had walked home⟧.",
    ),
    pitfall(
        "one-nods-and-the-other-speaks",
        "Mr. Reyes nodded, and Ms. Quill said ⟦quill|indirect|the boats were old⟧.",
    ),
    pitfall(
        "both-sides",
        "Both sides said ⟦unresolved|indirect|they would meet again on Sunday⟧.",
    ),
    pitfall(
        "answer-to-an-answer",
        "⟦marsh|direct|“Is the door shut?”⟧ Ms. Marsh asked.",
        "⟦kane|direct|“It is shut,”⟧ Mr. Kane said.",
        "⟦marsh|direct|“Then let us begin at once.”⟧",
        "⟦kane|direct|“I have been ready since noon.”⟧",
    ),
)

TEXTS = (
    pitfall(
        "report",
        "The report, released on Friday, said ⟦!Report|finding:indirect|nine piers are unsafe⟧.",
    ),
    pitfall(
        "sign",
        "A sign on the gate read ⟦unresolved|direct|“No boats until further notice.”⟧",
    ),
    pitfall(
        "banner-of-a-union",
        "The HOU’s banner read ⟦hou|direct|“No deal means no boats.”⟧",
    ),
    pitfall(
        "law",
        "Harbor law says that ⟦!Law|finding:indirect|pilots must give a week of notice⟧.",
    ),
    pitfall("lawsuit", "The lawsuit says ⟦unresolved|indirect|the city broke its word⟧."),
)

NEWS = (*TAILS, *STRANGERS, *SEVERAL, *TEXTS)
