"""Figures of a classifier of polarity, from labels [n] and probabilities [n, 3]."""

from __future__ import annotations

import numpy as np

from analysis.polarity.scorer import LABELS, softmax


def per_class(labels: np.ndarray, predicted: np.ndarray) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and support of each class; 0 where there is nothing to divide by."""
    out = {}
    for index, name in enumerate(LABELS):
        hit = np.sum((labels == index) & (predicted == index))
        said, true = np.sum(predicted == index), np.sum(labels == index)
        out[name] = {
            "precision": float(hit / said) if said else 0.0,
            "recall": float(hit / true) if true else 0.0,
            "f1": float(2 * hit / (said + true)) if said + true else 0.0,
            "support": int(true),
        }
    return out


def calibration_error(labels: np.ndarray, probabilities: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error of the top class, over equally wide bins of confidence.

    Guo, Pleiss, Sun and Weinberger, *On Calibration of Modern Neural Networks*, ICML 2017.
    """
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(correct[which == b].mean() - confidence[which == b].mean()) * np.mean(which == b)
        for b in np.unique(which)
    ]
    return float(sum(gaps))


def coverage(
    labels: np.ndarray,
    probabilities: np.ndarray,
    shares: tuple[int, ...] = (100, 90, 80, 70, 60, 50),
) -> dict[int, float]:
    """Accuracy over the share (per cent) of items that the model is most confident of."""
    order = np.argsort(-probabilities.max(axis=1), kind="stable")
    correct = (probabilities.argmax(axis=1) == labels)[order]
    return {
        share: float(correct[: max(1, round(len(labels) * share / 100))].mean()) for share in shares
    }


def summary(labels: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    """Macro-F1, accuracy, macro recall and calibration error, each in [0, 1]."""
    predicted = probabilities.argmax(axis=1)
    classes = per_class(labels, predicted).values()
    return {
        "macro_f1": float(np.mean([row["f1"] for row in classes])),
        "accuracy": float(np.mean(predicted == labels)),
        "macro_recall": float(np.mean([row["recall"] for row in classes])),
        "ece": calibration_error(labels, probabilities),
    }


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """Temperature with the least negative log-likelihood (Guo et al., ICML 2017)."""
    grid = np.geomspace(0.25, 4, 161)
    loss = [
        -np.log(softmax(logits / t)[np.arange(len(labels)), labels] + 1e-12).mean() for t in grid
    ]
    return float(round(grid[int(np.argmin(loss))], 4))
