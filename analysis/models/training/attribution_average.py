"""Make one tagger of several: the mean of their weights, its confidence fitted anew.

    python -m analysis.models.training.attribution_average --data DIR/train --out OUT FOLDER FOLDER

Runs that start from the same weights end close enough together for their mean to be better than
each (Wortsman et al., *Model Soups*, ICML 2022).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from analysis.attribution import tagger
from analysis.attribution.network import Network
from analysis.attribution.tagger import Tagger
from analysis.models.training import polnear
from analysis.models.training.attribution import save
from analysis.models.training.attribution_confidence import calibrate


def average(folders: Sequence[Path], out: Path) -> Network:
    """Write the mean of the folders' weights, with the settings of the last and the recipes of all.

    Raises
    ------
    TaggerError
        When a folder holds no tagger.
    """
    taggers = [Tagger.load(folder) for folder in folders]
    states = [each.network.state_dict() for each in taggers]
    mean = {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    network = taggers[-1].network
    network.load_state_dict(mean)
    kept = {key: taggers[-1].settings[key] for key in ("pointer_width", "bias")}
    recipes = [
        {key: value for key, value in each.settings.items() if key not in (*kept, "confidence")}
        for each in taggers
    ]
    save(network, out, {**kept, "averaged": recipes})
    return network


def main() -> None:
    """Parse the command line, average, calibrate, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's training folder")
    parser.add_argument("--out", type=Path, default=tagger.FOLDER)
    options = parser.parse_args()
    average(options.folders, options.out)
    _, held = polnear.split(polnear.read(options.data))
    print(calibrate(options.out, held))


if __name__ == "__main__":
    main()
