"""Sums of mean latents, and whether they carry the label that they should."""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from tfgan import latents, summaries
from tfgan.models import GenerativeModel, sampling
from tfgan.runs.latent_tools import draws


@dataclasses.dataclass(frozen=True, repr=False)
class Sum(summaries.Summary):
    """Some groups of latents, their means, and the signed sum of the means.

    Attributes:
      signs: list of +1 or -1, one per group.
      members: list of raw arrays `[n, ...]`, one per group.
      means: raw `[groups, ...]`.
      result: raw `[1, ...]`.
      latents: dict of arrays by name: those of all members, of the means, and of the result.
    """

    signs: list[int]
    members: list[np.ndarray]
    means: np.ndarray
    result: np.ndarray
    latents: draws.Latents


def arithmetic(
    model: GenerativeModel,
    add: Sequence[Sequence[int]],
    subtract: Sequence[Sequence[int]] = (),
    *,
    truncation: float | None = None,
    conditions: Mapping | None = None,
) -> Sum:
    """The means of groups of seeds, and their sum, see `runs.Run.arithmetic`: Sum.

    Groups to add and to subtract take turns, as in A - B + C.
    """
    prior, conditions = draws.prior_of(model, truncation), dict(conditions or {})
    add, subtract = [list(group) for group in add], [list(group) for group in subtract]
    everything = [seed for group in (*add, *subtract) for seed in group]
    if not add or not all(map(len, (*add, *subtract))):
        raise ValueError("add must hold one or more groups of seeds, none of them empty.")
    points = draws.of_one_label(model, everything, truncation, conditions)
    bounds = np.cumsum([len(group) for group in (*add, *subtract)])[:-1]
    groups = [draws.rows(points, at) for at in np.split(np.arange(len(everything)), bounds)]
    plus, minus = groups[: len(add)], groups[len(add) :]
    means = [latents.mean(prior, group) for group in groups]
    rows = [*groups, *means, latents.arithmetic(prior, plus, minus)]
    order = _turns(len(plus), len(minus))
    rows = [rows[at] for at in (*order, *(at + len(groups) for at in order), -1)]
    joined = {name: np.concatenate([each[name] for each in rows]) for name in points}
    data = sampling.generate(model, joined)
    count = len(groups)
    ends = np.cumsum([len(next(iter(each.values()))) for each in rows[:count]])
    *members, rest = np.split(data, ends)
    signs = [1 if at < len(plus) else -1 for at in order]
    return Sum(signs, members, rest[:count], rest[count:], joined)


def _turns(plus: int, minus: int) -> list[int]:
    """The numbers of groups, those to add first, in the order A - B + C ...: list."""
    keys = [(at, 0) for at in range(plus)] + [(at, 1) for at in range(minus)]
    return sorted(range(plus + minus), key=keys.__getitem__)


@dataclasses.dataclass(frozen=True)
class LabelMove:
    """How often mean(A) - mean(B) + mean(C), with A of one label and B, C of another, has A's.

    Attributes:
      moved: float in 0..1, the fraction of the sums with the label of A.
      control: float, the fraction where latents of any label take the place of A.
      random: float, the fraction of single latents.
      trials: int, sums of each kind.
    """

    moved: float
    control: float
    random: float
    trials: int


def label_move(
    model: GenerativeModel,
    classify,
    drawn: draws.Labeled,
    label: int,
    other: int,
    *,
    trials: int = 200,
    size: int = 3,
    seed: int = 0,
    truncation: float | None = None,
) -> LabelMove:
    """Whether latent arithmetic moves the label of an unconditional model: LabelMove.

    Args:
      classify: function, raw data `[n, ...]` -> int labels `[n]`.
      drawn: `draws.Labeled` latents, from which the groups are drawn; B and C are disjoint.
      label, other: int, the label of A, and that of B and C.
      trials: int, sums.
      size: int, latents in a group.
      seed: int, of the groups.
    Raises: ValueError for too few latents of a label.
    """
    prior, draw = draws.prior_of(model, truncation), np.random.default_rng(seed)
    drawn.seeds(label, size)
    drawn.seeds(other, 2 * size)
    places = [np.flatnonzero(drawn.label == each) for each in (label, other)]
    anywhere = np.arange(len(drawn.label))

    def share(pool):
        sums = []
        for _ in range(trials):
            a, rest = draw.choice(pool, size, False), draw.choice(places[1], 2 * size, False)
            a, b, c = (draws.rows(drawn.latents, at) for at in (a, rest[:size], rest[size:]))
            sums.append(latents.arithmetic(prior, [a, c], [b]))
        joined = {name: np.concatenate([each[name] for each in sums]) for name in sums[0]}
        return float(np.mean(classify(sampling.generate(model, joined)) == label))

    return LabelMove(share(places[0]), share(anywhere), drawn.share(label), trials)
