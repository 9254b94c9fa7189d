"""What other libraries return for our arguments: real first, fake second, all in float64.

Each is imported when it is called, so that one that is missing skips the tests that need it.
"""

import numpy as np
import pytest


def library(name):
    """A module that imports torchvision.

    That asks a torch without CUDA for two operators that are not there, even if none is called.
    """
    torch = pytest.importorskip("torch")
    try:
        pytest.importorskip("torchvision")
    except RuntimeError:
        missing = torch.library.Library("torchvision", "DEF")
        for operator in ("nms", "qnms"):
            missing.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        return pytest.importorskip(name)
    return pytest.importorskip(name)


def torch_fidelity_frechet(real, fake):
    module = library("torch_fidelity.metric_fid")
    sides = [module.fid_features_to_statistics(_tensor(rows)) for rows in (fake, real)]
    return module.fid_statistics_to_metric(*sides, False)[module.KEY_METRIC_FID]


def pytorch_fid_frechet(real, fake):
    module = library("pytorch_fid.fid_score")
    sides = [(rows.mean(axis=0), np.cov(rows, rowvar=False)) for rows in (fake, real)]
    return float(module.calculate_frechet_distance(*sides[0], *sides[1]))


def clean_fid_frechet(real, fake):
    return float(library("cleanfid.fid").fid_from_feats(fake, real))


def torch_fidelity_kernel(real, fake, subsets, size, seed):
    """(mean, std) over the subsets that `kernel_rows` gives."""
    module = library("torch_fidelity.metric_kid")
    found = module.kid_features_to_metric(
        _tensor(fake),
        _tensor(real),
        kid_subsets=subsets,
        kid_subset_size=size,
        rng_seed=seed,
        verbose=False,
    )
    return found[module.KEY_METRIC_KID_MEAN], found[module.KEY_METRIC_KID_STD]


def clean_fid_kernel(real, fake, subsets, size, seed):
    """The mean over the subsets that `kernel_rows` gives."""
    np.random.seed(seed)
    return library("cleanfid.fid").kernel_distance(real, fake, subsets, size)


def sklearn_kernel(real, fake):
    """The unbiased estimator over all pairs, from scikit-learn's kernel."""
    pairwise = pytest.importorskip("sklearn.metrics.pairwise")

    def kernel(one, other):
        return pairwise.polynomial_kernel(one, other, degree=3, gamma=1 / one.shape[1], coef0=1)

    def within(rows):
        values = kernel(rows, rows)
        return (values.sum() - np.trace(values)) / (len(rows) * (len(rows) - 1))

    return float(within(real) + within(fake) - 2.0 * kernel(real, fake).mean())


def torch_fidelity_inception(logits, splits):
    """(mean, std) over splits of the logits in their order."""
    module = library("torch_fidelity.metric_isc")
    found = module.isc_features_to_metric(_tensor(logits), splits, shuffle=False)
    return found[module.KEY_METRIC_ISC_MEAN], found[module.KEY_METRIC_ISC_STD]


def torch_fidelity_precision_recall(real, fake, k, batch_size=500):
    """(precision, recall), rounded to float32."""
    module = library("torch_fidelity.metric_prc")
    found = module.prc_features_to_metric(
        _tensor(fake),
        _tensor(real),
        prc_neighborhood=k,
        prc_batch_size=batch_size,
        save_cpu_ram=True,
        verbose=False,
    )
    return found[module.KEY_METRIC_PRECISION], found[module.KEY_METRIC_RECALL]


def prdc_density_coverage(real, fake, k):
    found = pytest.importorskip("prdc").compute_prdc(real, fake, k)
    return float(found["density"]), float(found["coverage"])


def sklearn_neighbors(queries, references, k):
    """(distances, rows) `[n, k]` by brute force; without themselves for queries of None."""
    neighbors = pytest.importorskip("sklearn.neighbors")
    search = neighbors.NearestNeighbors(n_neighbors=k, algorithm="brute").fit(references)
    return search.kneighbors(queries)


def sklearn_authenticity(train, fake):
    distances, rows = sklearn_neighbors(fake, train, 1)
    own = sklearn_neighbors(None, train, 1)[0][:, 0]
    return float(np.mean(own[rows[:, 0]] < distances[:, 0]))


def sklearn_two_sample(real, fake):
    """(accuracy, of real, of fake, p-value), of equally many; SciPy has the normal tail."""
    stats = pytest.importorskip("scipy.stats")
    count = min(len(real), len(fake))
    kind = np.arange(2 * count) < count
    rows = np.concatenate([real[:count], fake[:count]])
    right = kind[sklearn_neighbors(None, rows, 1)[1][:, 0]] == kind
    p_value = stats.norm.sf((right.mean() - 0.5) * 2.0 * np.sqrt(2 * count))
    return right.mean(), right[:count].mean(), right[count:].mean(), p_value


def scipy_mann_whitney(one, other):
    """The standard normal number behind SciPy's p-values; the smaller one has all its digits."""
    stats = pytest.importorskip("scipy.stats")
    greater, less = (
        stats.mannwhitneyu(
            one, other, alternative=side, method="asymptotic", use_continuity=False
        ).pvalue
        for side in ("greater", "less")
    )
    return float(stats.norm.isf(greater) if greater < less else stats.norm.ppf(less))


def sklearn_copying(train, held_out, fake, cells):
    """The copying score in the cells of scikit-learn's k-means."""
    cluster = pytest.importorskip("sklearn.cluster")
    means = cluster.KMeans(cells, n_init=10, random_state=0).fit(train)
    homes = [means.predict(rows) for rows in (train, held_out, fake)]
    score = 0.0
    for cell in range(cells):
        ours, new, samples = (
            rows[home == cell] for rows, home in zip((train, held_out, fake), homes, strict=True)
        )
        near = [sklearn_neighbors(rows, ours, 1)[0][:, 0] for rows in (samples, new)]
        score += scipy_mann_whitney(*near) * len(new) / len(held_out)
    return score


def scipy_parzen(samples, points, deviation):
    special = pytest.importorskip("scipy.special")
    distance = pytest.importorskip("scipy.spatial.distance")
    exponents = -distance.cdist(points, samples, "sqeuclidean") / (2.0 * deviation**2)
    normalizer = samples.shape[1] * np.log(deviation * np.sqrt(2.0 * np.pi))
    return special.logsumexp(exponents, axis=1) - np.log(len(samples)) - normalizer


def sklearn_parzen(samples, points, deviation):
    """One leaf for all samples: with the default of 40 the result is off by nats."""
    neighbors = pytest.importorskip("sklearn.neighbors")
    density = neighbors.KernelDensity(bandwidth=deviation, leaf_size=10**6).fit(samples)
    return density.score_samples(points)


def scipy_reverse_kl(labels, wanted, modes):
    stats = pytest.importorskip("scipy.stats")
    return float(stats.entropy(*(np.bincount(side, minlength=modes) for side in (labels, wanted))))


def tensorflow_multi_scale_ssim(one, other):
    tensorflow = pytest.importorskip("tensorflow")
    return tensorflow.image.ssim_multiscale(one, other, max_val=255).numpy()


def torch_fidelity_slerp(starts, ends, t):
    """On unit vectors: torch-fidelity does not interpolate the length."""
    module = library("torch_fidelity.noise")
    return module.batch_slerp_any(_tensor(starts), _tensor(ends), _tensor(t[:, None])).numpy()


def _tensor(values):
    return pytest.importorskip("torch").from_numpy(np.asarray(values, np.float64))
