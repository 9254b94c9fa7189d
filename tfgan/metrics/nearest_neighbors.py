"""Nearest neighbors by Euclidean distance, exact, a block of rows at a time."""

import numpy as np

from tfgan.metrics import checks

_BLOCK_BYTES = 64 * 2**20  # of a block of distances


def nearest_neighbors(queries, references, k=1):
    """The k nearest references of each query.

    >>> rows, distances = nearest_neighbors([[0.0], [3.0]], [[1.0], [5.0]])
    >>> rows.tolist(), distances.tolist()
    ([[0], [0]], [[1.0], [2.0]])

    Args:
      queries: float `[n, d]`.
      references: float `[m, d]`.
      k: int, at most m.
    Returns: (int64 `[n, k]` rows of `references`, nearest first and the lower row first of equally
      near ones; float64 `[n, k]` distances, exactly 0 for equal rows).
    """
    queries = checks.features("queries", queries, least=1)
    references = checks.features("references", references, least=1)
    return _search(queries, references, k)


def neighbor_distances(features, k=1):
    """The distance of each row of `[n, d]` to its k-th nearest other row: float64 `[n]`."""
    return nearest_others(features, k)[1][:, -1]


def nearest_others(features, k=1):
    """The k nearest other rows of each row of `[n, d]`, k < n; returns as `nearest_neighbors`."""
    features = checks.features("features", features, least=k + 1)
    return _search(features, features, k, excludes_own=True)


def distance_blocks(queries, references):
    """All distances, a block of queries at a time; the arguments are those of `nearest_neighbors`.

    Yields: (index of the first query, float64 `[rows, m]` distances); exactly 0 for equal rows.
    """
    center = np.asarray(references, np.float64).mean(axis=0)
    columns = np.asarray(references, np.float64) - center
    squares = np.einsum("md,md->m", columns, columns)
    size = max(1, _BLOCK_BYTES // (8 * len(references)))
    for first, block in checks.blocks(queries, size):
        block = block - center
        ours = np.einsum("nd,nd->n", block, block)
        distances = ours[:, None] + squares - 2.0 * (block @ columns.T)
        _correct(distances, block, columns, ours, squares)
        yield first, np.sqrt(distances, out=distances)


def _correct(distances, block, columns, ours, squares):
    """Recomputes small squared distances, which suffer from cancellation, from differences."""
    rows, others = np.nonzero(distances < 1e-6 * (ours[:, None] + squares))
    for start in range(0, len(rows), 4096):
        part = slice(start, start + 4096)
        difference = block[rows[part]] - columns[others[part]]
        distances[rows[part], others[part]] = np.einsum("nd,nd->n", difference, difference)


def _search(queries, references, k, excludes_own=False):
    """The k nearest references, optionally without i for query i."""
    if queries.shape[1] != references.shape[1]:
        raise ValueError(
            f"queries and references must have one dimension; received {queries.shape[1]} and "
            f"{references.shape[1]}."
        )
    if not 1 <= k <= len(references):
        raise ValueError(f"k must be 1 to {len(references)}, the references; received {k}.")
    parts = []
    for first, distances in distance_blocks(queries, references):
        if excludes_own:
            index = np.arange(len(distances))
            distances[index, first + index] = np.inf
        rows = _smallest(distances, k)
        parts.append((rows, np.take_along_axis(distances, rows, axis=1)))
    return tuple(np.concatenate(part) for part in zip(*parts, strict=True))


def _smallest(distances, k):
    """The columns of the k smallest in each row, in order; of equal ones the lower column first."""
    if k == 1:
        return distances.argmin(axis=1)[:, None]
    bound = np.partition(distances, k - 1, axis=1)[:, k - 1 : k]
    rows = np.empty((len(distances), k), np.int64)
    for index, row in enumerate(distances):
        near = np.flatnonzero(row <= bound[index])
        rows[index] = near[np.argsort(row[near], kind="stable")[:k]]
    return rows
