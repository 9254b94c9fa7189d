"""A trained run as a value: its model, its scores, and its products."""

import contextlib
import dataclasses
import functools
import io
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import PIL.Image

from tfgan import evaluation, export, failures, words
from tfgan.data import DataSpec, Source
from tfgan.data.labels import classes
from tfgan.evaluation import defaults
from tfgan.export import TrainingDetails
from tfgan.extractors import Extractor, IdentityExtractor
from tfgan.likelihoods import LogLikelihood
from tfgan.modalities import translations
from tfgan.models import GenerativeModel, Translator, argument_checks, sampling
from tfgan.runs import history, run_data, training_details
from tfgan.runs.example_conditions import ExampleConditions
from tfgan.runs.latent_tools.methods import LatentMethods
from tfgan.runs.metrics_file import MetricsFile
from tfgan.runs.record import Record
from tfgan.typing import Path, State


@dataclasses.dataclass(eq=False, repr=False)
class Run(LatentMethods):
    """A run in one of its states; a notebook displays its first samples.

    Attributes:
      workdir: str, its directory.
      record: `runs.Record`, its configuration.
      model: `models.GenerativeModel` in the state.
      state: "last", "best" or a step.
    """

    workdir: str
    record: Record
    model: GenerativeModel
    state: State = "last"

    def __repr__(self) -> str:
        return (
            f"Run({self.workdir!r}: {self.record.recipe} on {self.record.data['source']}, step "
            f"{self.step}, {self.model.describe_weights()})"
        )

    @property
    def step(self) -> int:
        """The generator updates of the state: int."""
        return self.model.steps_done

    @property
    def weights(self) -> str:
        """The weights in use: "average", "last", or "average of width X"."""
        width, chosen = self.model.average_width, self.model.sampling_weights
        return f"average of width {width:g}" if width and chosen == "average" else chosen

    @property
    def config(self) -> dict[str, Any]:
        """The configuration of the run: dict, as in recipe.json."""
        return dataclasses.asdict(self.record)

    @property
    def spec(self) -> DataSpec:
        """The `DataSpec` of samples: that of the data, with the classes of the model."""
        spec, count = DataSpec.from_dict(self.record.spec), self.model.classes
        if count == spec.classes:
            return spec
        names = tuple(map(str, range(count or 0)))  # learned classes, or none
        return dataclasses.replace(spec, classes=count, class_names=names)

    @property
    def history(self) -> dict[str, history.Series]:
        """The scores in metrics.jsonl by name: dict of `Series(step, value)`, NumPy `[n]` each."""
        return history.read(MetricsFile(self.workdir))

    def sample(
        self, count: int, *, seed: int = 0, start: int = 0, **conditions: Any
    ) -> dict[str, np.ndarray]:
        """Samples start .. start + count - 1 of a seed, see `GenerativeModel.sample`.

        Args:
          **conditions: `label`, a class by name or number or one per sample; `truncation`; others
            raw, such as `source`, by default those of held-out examples: of example i for sample i.
        Returns: dict of NumPy arrays: `data`, raw as in a batch, such as uint8 `[count, h, w, c]`;
          int32 `label` `[count]` if the model is conditional, and its other conditions.
        Raises: ValueError for conditions that the model does not have.
        """
        seed, start = sampling.check_numbers(seed, start, count)
        conditions = self._numbered(conditions)
        of_examples, _ = self._examples.take(range(start, start + count), conditions)
        return self.model.sample(count, seed=seed, start=start, **of_examples, **conditions)

    def latents(
        self, *, seed: int = 0, start: int = 0, count: int = 1, **conditions: Any
    ) -> dict[str, np.ndarray]:
        """The inputs of the generator for samples start .. start + count - 1 of a seed.

        Args: see `sample`.
        Returns: dict of NumPy arrays `[count, ...]` by name, with int32 `label` if conditional.
        Raises: ValueError for a model without latents, and conditions that it does not have.
        """
        model = self.model
        if model.prior is None:
            raise ValueError(f"{type(model).__name__} has no latents: nothing maps them to data.")
        conditions = self._numbered(conditions)
        return sampling.latents(model, count, seed=seed, start=start, **conditions)

    def generate(self, inputs: Mapping[str, np.ndarray]) -> np.ndarray:
        """The data that the generator computes from latents.

        Args:
          inputs: dict of NumPy arrays `[n, ...]`, see `latents`.
        Returns: NumPy `[n, ...]`, raw as in a batch, such as uint8 images.
        Raises: ValueError for a model without a network from latents to data, missing inputs, other
          shapes or types, numbers that are not finite, and labels out of range.
        """
        return sampling.generate(self.model, inputs)

    def translate(
        self,
        images: Sequence[np.ndarray] | np.ndarray,
        *,
        direction: Literal["AtoB", "BtoA"] = "AtoB",
        seed: int = 0,
    ) -> list[np.ndarray]:
        """Translations of images of any sizes, see `models.Translator`.

        Args:
          images: raw arrays uint8 `[height, width, channels]`, masks with 1 channel.
          direction: "AtoB", as in training, or "BtoA", for a model of both directions.
          seed: int, of the noise; a translation depends on its image and the seed alone.
        Returns: list of raw NumPy arrays uint8, of the heights and widths of `images`.
        Raises: ValueError for a model that does not translate, and arrays of another form.
        """
        if isinstance(images, np.ndarray) and images.ndim < 4:
            raise ValueError(
                "images must be a list of arrays [height, width, channels]; received one array of "
                f"shape {list(images.shape)}."
            )
        translator = Translator(self.model, direction)
        return [translator(image, seed=seed) for image in images]

    def encode(self, data: np.ndarray) -> np.ndarray:
        """The latent code of data, see `GenerativeModel.encode`: float32 NumPy `[n, d]`.

        Raises: ValueError for a model without an encoder, and data of another shape, type or range.
        """
        return self.model.encode(argument_checks.raw_data(self.model, data))

    def classify(self, data: np.ndarray) -> np.ndarray:
        """The probabilities of classes of data, see `GenerativeModel.classify`: `[n, classes]`.

        Raises: ValueError for a model without classes, and data as `encode`.
        """
        return self.model.classify(argument_checks.raw_data(self.model, data))

    def log_prob(self, data: np.ndarray, *, seed: int = 0) -> LogLikelihood:
        """The log-likelihood of raw data, see `GenerativeModel.log_prob`; raises as `encode`."""
        return self.model.log_prob(argument_checks.raw_data(self.model, data), seed=seed)

    def open_data(self, source: str = "", **reading_options: Any) -> Source:
        """The `data.Source` that the run was trained on; args: see `run_data.open_data`."""
        return run_data.open_data(self.record, source, **reading_options)

    def evaluate(
        self,
        metrics: str | Sequence[str] = (),
        *,
        source: Source | None = None,
        extractor: str | Extractor | IdentityExtractor | None = None,
        truncation: float | None = None,
        **options: Any,
    ) -> list[evaluation.Result]:
        """Measures samples against the training data, and appends the scores to metrics.jsonl.

        Args:
          metrics: names, see `evaluation.MEASURES`; by default those that suit the data.
          source: `data.Source` of the run's data; None opens it.
          extractor: an `Extractor`, or str, see `extractors.open_extractor`; or None.
          truncation: float, the threshold at which the prior is truncated, or None.
          **options: `count` (10,000), `seed`, `batch_size` of the `Evaluator`, and `cache_dir`.
        Raises: ValueError for metrics that the data or the model do not have.
        """
        evaluator = self.evaluator(metrics, source, extractor, **options)
        results = self.measure(evaluator, truncation=truncation).results
        provenance = self.provenance(evaluator, truncation)
        MetricsFile(self.workdir).append_if_unlocked(evaluation.records(results, provenance))
        return results

    def evaluator(
        self,
        metrics: str | Sequence[str] = (),
        source: Source | None = None,
        extractor: str | Extractor | IdentityExtractor | None = None,
        **options: Any,
    ) -> evaluation.Evaluator:
        """The `evaluation.Evaluator` that `evaluate` measures with; args as there."""
        source = source or self.open_data()
        names = [metrics] if isinstance(metrics, str) else list(metrics)
        opened = extractor
        if opened is None or isinstance(opened, str):
            opened = defaults.open_extractor(opened or "", source)
        return defaults.evaluator(source, self.record.data, self.model, names, opened, **options)

    def measure(
        self, evaluator: evaluation.Evaluator, *, truncation: float | None = None
    ) -> evaluation.Evaluation:
        """The result of an evaluator for these weights: `evaluation.Evaluation`."""
        return evaluator.evaluate(self.model, truncation=truncation)

    def provenance(
        self, evaluator: evaluation.Evaluator, truncation: float | None = None
    ) -> dict[str, Any]:
        """What must be equal for scores to be comparable: dict that JSON can hold."""
        return defaults.provenance(evaluator, self.record.data) | {
            "step": self.step,
            "weights": self.weights,
            "truncation": truncation,
        }

    def export(self, path: Path = "", format: str = "saved_model") -> str:
        """Writes the next version of the model for other programs, once it reproduces the samples.

        Args:
          path: str, the folder of the versions; "" for `export` in the run, or `export_FORMAT`.
          format: "saved_model", "keras", "litert" or "onnx", see `tfgan.export`.
        Returns: str, the path of the version.
        Raises: ValueError for a format that the model or the machine does not support;
          `export.MismatchError` for other samples; `failures.Failure`, if it cannot be written.
        """
        if format not in export.FORMATS:
            raise words.unknown("format", format, export.FORMATS)
        folder = "export" if format == "saved_model" else f"export_{format}"
        out = str(path).rstrip("/") or f"{self.workdir}/{folder}"
        with failures.writing(out):
            return export.FORMATS[format](self.model, out, self._training_details())

    def sample_grid(
        self,
        count: int | None = None,
        *,
        seed: int = 0,
        columns: int | None = None,
        **conditions: Any,
    ) -> PIL.Image.Image:
        """A picture of samples: images side by side, one row per video, or points in the plane.

        Translations stand beside their sources and, where these are of held-out pairs, targets.

        Args:
          count: int; None for the number that suits the modality, at most that of the examples.
          seed, **conditions: see `sample`.
          columns: int, images or translations in a row; None for a square.
        Returns: `PIL.Image.Image`, which notebooks display.
        Raises: ValueError for texts.
        """
        if count is None:
            is_of_examples = self._examples.are_needed(conditions)
            preview_count = self.model.modality.preview_count
            count = self._examples.pictured if is_of_examples else preview_count
        of_examples, target = self._examples.take(range(count), conditions)
        samples = self.sample(count, seed=seed, **of_examples, **conditions)
        kinds = self.model.modality, self.model.condition_modalities
        picture = translations.picture(samples, *kinds, target, columns)
        return PIL.Image.fromarray(picture[..., 0] if picture.shape[-1] == 1 else picture)

    def _repr_png_(self) -> bytes | None:
        if self.model.modality.preview_suffix != "png":
            return None
        file = io.BytesIO()
        self.sample_grid().save(file, "PNG")
        return file.getvalue()

    @functools.cached_property
    def _examples(self) -> ExampleConditions:
        return ExampleConditions(self.model, self.spec, self.open_data)

    def _numbered(self, conditions: dict[str, Any]) -> dict[str, Any]:
        label = conditions.get("label")
        if not isinstance(label, str):
            return dict(conditions)
        if not self.model.classes:
            raise ValueError(f"--label={label} needs a conditional model; this one is not.")
        return conditions | {"label": classes.number(label, self.spec.class_names)}

    def _training_details(self) -> TrainingDetails:
        conditions = {}
        if self._examples.are_needed():
            with contextlib.suppress(ValueError):  # without the data the card shows no samples
                conditions, _ = self._examples.take(range(self._examples.pictured))
        scores = history.evaluations(MetricsFile(self.workdir), self.step, self.weights)
        return training_details.of(self.record, str(self.state), scores, conditions)
