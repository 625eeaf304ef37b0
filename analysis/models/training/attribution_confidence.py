"""Fit the tagger's confidence on articles held out of training.

    python -m analysis.models.training.attribution_confidence --data DIR/train

The mean of an attribution's probabilities orders attributions well but is no probability of being
right.  Two numbers make it one: a logistic regression on its log-odds (Platt, *Probabilistic
Outputs for Support Vector Machines*, 1999).  An attribution is right when it shares half of its
content with a marked one (intersection over union) and a word with that one's source.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from analysis.attribution import tagger
from analysis.attribution.spans import Attribution, Span
from analysis.attribution.tagger import Tagger
from analysis.models.training import polnear


def _characters(spans: Sequence[Span]) -> set[int]:
    return {c for start, end in spans for c in range(start, end)}


def right(found: Attribution, marked: Sequence[Attribution]) -> bool:
    """Whether one of the marked attributions has this content and this source."""
    content, source = _characters(found.content), _characters(found.source)
    for mark in marked:
        theirs, whose = _characters(mark.content), _characters(mark.source)
        if 2 * len(content & theirs) >= len(content | theirs):
            return bool(source & whose) or not (source or whose)
    return False


def fit(p: np.ndarray, correct: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of a logistic regression on the log-odds of `p`, by Newton's method.

    Parameters
    ----------
    p, correct : ndarray [n]
        Probabilities in (0, 1), and whether each was right.
    """
    x = np.stack([tagger.logit(p), np.ones(len(p))], axis=1)
    start = np.array([1.0, 0.0])

    def loss(w: np.ndarray) -> float:
        # The ridge keeps the slope finite where everything was right.
        return np.logaddexp(0, x @ w).sum() - correct @ x @ w + 5e-4 * ((w - start) ** 2).sum()

    w = start
    for _ in range(50):
        q = 1 / (1 + np.exp(-np.clip(x @ w, -500, 500)))
        hessian = (x * (q * (1 - q))[:, None]).T @ x + 1e-3 * np.eye(2)
        step = np.linalg.solve(hessian, x.T @ (q - correct) + 1e-3 * (w - start))
        # A full step from afar may overshoot, and then each next one by more.
        while loss(w - step) > loss(w) and np.abs(step).max() > 1e-9:
            step = step / 2
        w = w - step
    return float(w[0]), float(w[1])


def calibrate(folder: Path, articles: Sequence[polnear.Article]) -> dict[str, float]:
    """Fit the confidence of the tagger in a folder and write it into its configuration.

    Returns
    -------
    dict
        Number of attributions, share that was right, mean confidence after fitting.
    """
    model = Tagger.load(folder)
    model.calibration = (1.0, 0.0)
    p, correct = [], []
    for article in articles:
        for mark in model.find(article.text):
            p.append(mark.confidence)
            correct.append(right(mark, article.attributions))
    p, correct = np.array(p), np.array(correct, dtype=float)
    slope, intercept = fit(p, correct)
    path = folder / "config.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["confidence"] = [round(slope, 4), round(intercept, 4)]
    path.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    after = tagger.confidence(p, slope, intercept)
    return {"n": len(p), "right": float(correct.mean()), "mean_confidence": float(after.mean())}


def main() -> None:
    """Parse the command line, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's training folder")
    parser.add_argument("--model", type=Path, default=tagger.FOLDER)
    options = parser.parse_args()
    _, held = polnear.split(polnear.read(options.data))
    print(calibrate(options.model, held))


if __name__ == "__main__":
    main()
