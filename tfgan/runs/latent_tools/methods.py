"""The methods of `Run` that walk in the latent space."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from tfgan.models import GenerativeModel
from tfgan.runs.latent_tools import directions, sums, walks


class LatentMethods:
    """A part of `Run`, which has `model` and numbers the classes of conditions."""

    if TYPE_CHECKING:
        model: GenerativeModel

        def _numbered(self, conditions: dict[str, Any]) -> dict[str, Any]: ...

    def interpolate(
        self,
        seeds: Sequence[int],
        *,
        steps: int = 9,
        mode: Literal["auto", "linear", "spherical"] = "auto",
        closed: bool = False,
        truncation: float | None = None,
        **conditions: Any,
    ) -> walks.Walk:
        """Images between samples: one row from each seed to the next.

        Args:
          seeds: two or more ints, sample 0 of each.
          steps: int, images in a row, with both ends.
          mode: "auto" for the path that the prior asks for, see `latents.modes_of`.
          closed: bool, whether a last row leads back to the first seed.
          truncation: float, the threshold at which the prior is truncated, or None.
          **conditions: `label`, a class by name or number; by default that of the first seed.
        Returns: `Walk` with images `data` `[rows, steps, ...]` and their `latents`.
        Raises: ValueError for a model without latents, and conditions that it does not have.
        """
        return walks.interpolate(
            self.model, seeds, steps=steps, mode=mode, closed=closed, truncation=truncation,
            conditions=self._numbered(conditions),
        )  # fmt: skip

    def arithmetic(
        self,
        add: Sequence[Sequence[int]],
        subtract: Sequence[Sequence[int]] = (),
        *,
        truncation: float | None = None,
        **conditions: Any,
    ) -> sums.Sum:
        """The sum of the mean latents of some groups of seeds, less those of others.

        Args:
          add, subtract: sequences of groups, each a sequence of ints: [[0, 1, 2], [6, 7, 8]] less
            [[3, 4, 5]].
          truncation, **conditions: see `interpolate`.
        Returns: `Sum` with the images of the members, of the means and of the result, and all
          `latents`; what the prior could have drawn, see `latents.arithmetic`.
        Raises: ValueError for an empty group, and as `interpolate`.
        """
        conditions = self._numbered(conditions)
        return sums.arithmetic(
            self.model, add, subtract, truncation=truncation, conditions=conditions
        )

    def directions(
        self,
        method: Literal["sefa", "pca", "probe"] = "sefa",
        *,
        target: Callable | None = None,
        count: int | None = 6,
        steps: int = 7,
        reach: float = 0.5,
        seed: int = 0,
        samples: int = 1000,
        **conditions: Any,
    ) -> directions.DirectionWalk:
        """Directions of the latent space, and images along each of them.

        Args:
          method: "sefa", the closed form on the generator's first layer; "pca", the principal
            components of its first activations; "probe", linear regression, see
            `latents.directions`.
          target: function of raw data `[n, ...]` -> `[n]` or `[n, k]` for the probe: one direction
            per column, such as the one-hot labels that a classifier predicts.
          count: int, directions at most; None for all.
          steps: int, images in a row.
          reach: float, the length of the way to either side, in lengths of the latent.
          seed: int, whose sample 0 is in the middle of each row.
          samples: int, that pca and probe are computed from.
          **conditions: see `interpolate`.
        Returns: `DirectionWalk`; images `walk.data` `[directions, steps, ...]`.
        Raises: ValueError for a model without a vector of latents, or a network from it to data.
        """
        return directions.directions(
            self.model, method, target=target, count=count, steps=steps, reach=reach, seed=seed,
            samples=samples, conditions=self._numbered(conditions),
        )  # fmt: skip
