"""Furniture of pages: lines that are no sentence, and sentences that only look like them."""

import pytest

from analysis.corpus.furniture import is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Share",
        "LISTEN • 2:41",
        "Topics: Unions, Port Ansel 6030",
        "First published on Thu 5 Mar 2026 06.02 GMT",
        "Updated May 3, 2024 at 7:15 PM",
        "Copyright 2026 The Gull. To see more, visit The Gull.",
        "Additional reporting by Mira Tolj in Ansel",
        "(Reporting by Tessa Holm; Editing by Pat Roe)",
        "See stories by Ann Poe",
        "Contact Ann Poe at 555-0133.",
        "This article was amended on September 9, 2026. An earlier version gave another number.",
        "Correction, April 11: An earlier version misquoted Judge Sorrel.",
        "About the authors",
    ],
)
def test_furniture_of_a_page_is_no_text(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.",
        "Advertisement revenue is down.",
        "Published in March 2020, the report found nothing.",
        "Updated rules for the 90 boats",
        "Reporting by the Courier showed that the boats were old.",
        "This story was corrected on the page proofs by her editor.",
        "Correction officers said the jail was full.",
        "Topics: “What next?”",
        "Contact with the boats was lost at 7.30.",
        "About the author nobody knew a thing.",
        "Posted at the door, the notice named three men.",
    ],
)
def test_a_sentence_is_no_furniture(line):
    assert not is_furniture(line)
