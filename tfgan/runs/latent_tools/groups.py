"""What is added and subtracted: groups of seeds, by number or by the label of their images.

>>> parse(["0-2", "label:7"])
[[0, 1, 2], 'label:7']
"""

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np

from tfgan.runs.latent_tools.classifier import Classifier
from tfgan.runs.latent_tools.draws import Labeled
from tfgan.runs.sample_files import seeds

_LABEL = "label:"
SIZE = 3  # latents in a group of a label


@dataclasses.dataclass(frozen=True)
class Groups:
    """Groups of seeds.

    Attributes:
      add, subtract: lists of lists of int.
      move: (label, other) of mean(A) - mean(B) + mean(C), A of one label and B and C of the other;
        None for other sums.
    """

    add: list[list[int]]
    subtract: list[list[int]]
    move: tuple[int, int] | None = None


def parse(texts: str | Sequence[str | Sequence[int]], flag: str = "--add") -> list[list[int] | str]:
    """Each text as a list of seeds, or as it is, if it names a label; lists of seeds as they are.

    Raises: ValueError for a text of another form.
    """
    texts = [texts] if isinstance(texts, str) else texts
    return [_group(text, flag) for text in texts]


def _group(text, flag):
    if not isinstance(text, str):
        if not np.iterable(text) or isinstance(text, bytes):
            raise ValueError(
                f"{flag} must be groups, each a text or a list of seeds; received {text!r}."
            )
        return list(text)
    return text if text.startswith(_LABEL) else seeds.numbers(text, flag)


def find(
    add: Sequence[list[int] | str],
    subtract: Sequence[list[int] | str],
    open_classifier: Callable[[], tuple[Classifier, Callable[[], Labeled]]],
) -> Groups:
    """The groups with the seeds of their labels: Groups.

    One label to add and another to subtract alone are A - B + C: C is a second group of B's label,
    so that the sum should have the label of A.

    Args:
      add, subtract: see `parse`.
      open_classifier: function () -> (`Classifier`, function () -> `Labeled` latents of the first
        seeds), called if a group names a label; the latents are drawn after the labels are known.
    Raises: ValueError for an unknown label, one with too few seeds, and one that is added and
      subtracted.
    """
    add, subtract = list(add), list(subtract)
    texts = [group for group in (*add, *subtract) if isinstance(group, str)]
    if not texts:
        return Groups(add, subtract)
    classifier, draw = open_classifier()
    number = {text: classifier.number(text.removeprefix(_LABEL)) for text in texts}
    drawn = draw()
    move = None
    if len(texts) == 2 and len(add) == len(subtract) == 1:
        move = number[add[0]], number[subtract[0]]
        if move[0] == move[1]:
            raise ValueError(f"add and subtract must have two labels; received {add[0]} twice.")
        add.append(subtract[0])
    used = dict.fromkeys(number.values(), 0)

    def resolve(group):
        if not isinstance(group, str):
            return group
        label = number[group]
        used[label] += SIZE
        return drawn.seeds(label, SIZE, used[label] - SIZE)

    return Groups([resolve(each) for each in add], [resolve(each) for each in subtract], move)
