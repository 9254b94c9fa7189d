"""The names that functions and flags choose from, each list once.

Nothing is imported here, so that help needs no TensorFlow.

    >>> from tfgan import choices
    >>> "fd" in choices.METRICS, choices.CROPS
    (True, ('center', 'stretch'))
"""

CROPS = ("center", "stretch")  # see `data.decoding.preprocessing`
CHANNELS = (1, 3, 4)
BINARIZATIONS = ("static",)  # see `data.binarization`
DIRECTIONS = ("AtoB", "BtoA")  # of a translation

RESIZE_METHODS = ("clean", "legacy_tf", "legacy_pytorch")  # see `extractors.resizing`

STRATEGIES = ("auto", "one", "mirrored", "multi_worker", "tpu")  # see `training.distribution`
PRECISIONS = ("float32", "bfloat16", "float16")  # see `models.mixed_precision`
JIT_COMPILE = ("auto", "on", "off")

EXPORT_FORMATS = ("saved_model", "keras", "litert", "onnx")  # see `export`

PATH_MODES = ("auto", "linear", "spherical")  # see `latents.interpolation`
DIRECTION_METHODS = ("sefa", "pca", "probe")  # see `runs.latent_directions`
PROJECTION_METHODS = ("auto", "encode", "optimize", "refine")  # see `runs.latent_tools.projection`
PROBE_TARGETS = ("label", "brightness", "width", "slant")

STATES = ("last", "best")  # of a run; others are named by the step of a checkpoint

# What `tfgan.evaluation.measures` measures, and what it is.
METRICS = {
    "fd": "Frechet distance",
    "fd_infinity": "Frechet distance extrapolated to infinitely many samples",
    "kd": "kernel distance",
    "is": "Inception score",
    "pr": "precision and recall",
    "dc": "density and coverage",
    "c2st": "1-nearest-neighbor two-sample test",
    "auth": "authenticity",
    "copying": "data-copying test",
    "modes": "number of modes covered, and how evenly",
    "labels": "accuracy of the samples' labels",
    "diversity": "variety of the samples of a class, compared with its real examples",
    "cas": "classification accuracy score",
    "swd": "sliced Wasserstein distance of patches",
    "ms_ssim": "MS-SSIM of random pairs",
    "parzen": "Parzen-window log-likelihood",
    "ngrams": "divergence of the n-grams of texts",
    "grammar": "fraction of correct sentences of a toy language",
    "motion": "Frechet distances of video frames and of frame differences",
    "codes": "distance of the codes that a model reads from data to their prior",
    "category": "error of the classes that a model reads from data",
    "code_classes": "agreement of a categorical code with the classes of its samples",
    "mig": "mutual information gap of latents, and class and strokes of their samples",
    "nll": "log-likelihood and bits per dimension of held-out examples",
    "ppl": "perceptual path length",
    "l1": "mean absolute difference of translations to their targets",
    "psnr": "peak signal-to-noise ratio of translations",
    "ssim": "structural similarity of translations to their targets",
    "segmentation": "IoU and accuracy of the classes that a segmenter predicts for translations",
    "cycle": "difference between sources and their reconstructions by the inverse translation",
}
