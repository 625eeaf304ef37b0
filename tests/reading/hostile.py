"""Articles that try to be more than text, and a parser that reads a page as a browser does."""

from html.parser import HTMLParser

HIT = "window.hit=1"
#: name -> article; each speaks of the cast of `small`, so that its marks fall between the traps.
ARTICLES = {
    "end of script": f"“The mayor </script><script>{HIT}</script> lied,” said Ben Holt.",
    "handler": f"The mayor said <img src=x onerror={HIT}> that <svg/onload={HIT}> Holt lied.",
    "attribute": f"“\" autofocus onfocus='{HIT}' x=\"” said Ben Holt’s “' onmouseover={HIT} '”.",
    "end of style": "Holt </style></title></textarea></iframe></p></div> “lied,” said Vane. ]]>",
    "comment": "“<!--> <!-- <script> <![CDATA[ <?php ?>,” said the mayor. --!> Holt lied.",
    "entities": "&lt;b&gt; &amp;#60;i&#62; &#x3c;u &notin; &#13; “&quot;,” said Ben Holt.",
    "template": "{{ 7 * 7 }} {% raw %} ${hit} `hit` “{# Vane #},” said Ben Holt.",
    "address": "“javascript:hit=1 data:text/html,<b> //example.org/x.png,” said Ben Holt.",
    "direction": "\u202eThe mayor lied\u202c \u2067one\u2069 “\u202dyes,” said Ben Holt. עברית",
    "invisible": "Z\u200bw\u200dj\ufeff\u00ad “T\u2060he mayor\u180e lied,” said\u00a0Ben Holt.",
    "marks": "e\u0301 Z\u0351\u036b\u0343a\u0334 👩\u200d👧 🇺🇸 🧑🏽 “𝔐,” said Holt. \U000e0041",
    "line ends": "1.\r\n\r\n“Two,\r2,” said Holt.\r\n3.\n\n\n  \n\t4 \x0c \x0b \u2028\u2029\x85",
    "controls": "\x01\x08\x1b[31m \x7f\x80\x9f “The mayor\x1f lied,” said Holt. \ufffe\U0010ffff",
    "white space": "\n\n  \t“The mayor lied,”\n\nsaid Ben Holt.  \n\n\n",
    "long word": f"“{'the' * 400} mayor lied,” said Ben Holt.",
}
METADATA = {
    "title": f"</title><script>{HIT}</script>\"'>",
    "outlet": f"<img src=x onerror={HIT}> Post",
    "author": f"\" onmouseover={HIT} x=\"",
    "url": f"javascript:{HIT}",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser makes of a page: its elements, and the text of `div.text`."""

    VOID = ("meta", "img", "source", "link", "br", "hr", "input")

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}  # of each element of interest
        self.open: list[str] = []
        # A browser reads both other line ends as LF before it parses.
        self.feed(page.replace("\r\n", "\n").replace("\r", "\n"))
        self.close()

    def handle_starttag(self, tag, attrs):
        about = {name: value or "" for name, value in attrs}
        self.elements.append((tag, about))
        if tag not in self.VOID:
            kind = about.get("type", "") if tag == "script" else about.get("class", "")
            self.open.append(f"{tag} {kind}".strip())

    def handle_endtag(self, tag):
        while self.open and self.open.pop().split()[0] != tag:
            pass

    def handle_data(self, data):
        for inside in set(self.open):
            self.texts.setdefault(inside, []).append(data)

    def text(self, inside: str) -> str:
        """The text of the elements of a tag and class, such as ``div text``."""
        return "".join(self.texts.get(inside, []))

    def values(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [about[name] for _, about in self.elements if name in about]
