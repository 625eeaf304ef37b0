"""The tagger's network: an encoder, scores of tags, and pointers between words.

Only what was trained is stored.  The word embeddings, half of the encoder, were frozen and are
taken from the base encoder's package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import nn

from analysis import encoder
from analysis.attribution.decode import TAGS

SHAPES = 6
FROZEN = "bert.embeddings.word_embeddings.weight"


class Network(nn.Module):
    """Encoder and heads: word pieces to scores of tags and to queries and keys of pointers."""

    def __init__(self, width: int = 128, **config: object) -> None:
        super().__init__()
        self.bert = encoder.base_model(**config)
        hidden = self.bert.config.hidden_size
        self.width = width
        self.dropout = nn.Dropout(self.bert.config.hidden_dropout_prob)
        self.emit = nn.Linear(hidden, len(TAGS))
        self.query = nn.Linear(hidden, 2 * width)  # content in search of its cue, cue of its source
        self.key = nn.Linear(hidden, 2 * width)
        self.none = nn.Parameter(torch.zeros(2, width))  # the key of "not in this window"
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.first = nn.Parameter(torch.zeros(len(TAGS)))
        self.shape = nn.Embedding(SHAPES, hidden)
        nn.init.normal_(self.none, std=0.02)
        nn.init.zeros_(self.shape.weight)

    def forward(
        self,
        input_ids: torch.Tensor,
        quoted: torch.Tensor,
        shape: torch.Tensor,
        attention_mask: torch.Tensor,
    ) -> torch.Tensor:
        """Emissions, queries and keys [batch, pieces, 7 + 4 width], from four [batch, pieces]."""
        hidden = self.bert(
            inputs_embeds=self._embed(input_ids, shape),
            attention_mask=attention_mask,
            token_type_ids=quoted,
        ).last_hidden_state
        return self._scores(self.dropout(hidden))

    def windows(self, rows: Sequence[Mapping[str, Sequence[int]]]) -> tuple[torch.Tensor, ...]:
        """What `forward` gives for each window, [pieces, 7 + 4 width], from rows of its features.

        For inference: the windows go through the encoder end to end, none of them padded.
        """
        lengths = [len(row["input_ids"]) for row in rows]
        ids, quoted, shape = (
            torch.tensor([[number for row in rows for number in row[name]]])
            for name in ("input_ids", "quoted", "shape")
        )
        embedded = self.bert.embeddings(
            inputs_embeds=self._embed(ids, shape),
            token_type_ids=quoted,
            position_ids=torch.cat([torch.arange(n) for n in lengths]).unsqueeze(0),
        )
        return self._scores(encoder.end_to_end(self.bert, embedded[0], lengths)).split(lengths)

    def _embed(self, input_ids: torch.Tensor, shape: torch.Tensor) -> torch.Tensor:
        return self.bert.embeddings.word_embeddings(input_ids) + self.shape(shape)

    def _scores(self, hidden: torch.Tensor) -> torch.Tensor:
        gelu = nn.functional.gelu
        parts = [self.emit(hidden), gelu(self.query(hidden)), gelu(self.key(hidden))]
        return torch.cat(parts, dim=-1)

    def point(self, outputs: torch.Tensor, relation: int) -> torch.Tensor:
        """Scores [..., words, words + 1] of the pointers of one relation, the last for none.

        Parameters
        ----------
        outputs : Tensor [..., words, 7 + 4 width]
            What `forward` gave for the words' first pieces.
        relation : int
            0 from content to cue, 1 from cue to source.
        """
        queries, keys = outputs[..., len(TAGS) :].split(2 * self.width, dim=-1)
        query = queries[..., relation * self.width : (relation + 1) * self.width]
        key = keys[..., relation * self.width : (relation + 1) * self.width]
        scores = torch.cat(
            [query @ key.transpose(-1, -2), (query @ self.none[relation]).unsqueeze(-1)], dim=-1
        )
        return scores / self.width**0.5
