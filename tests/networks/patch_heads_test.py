"""Heads on a generator's features: one of two dense layers for each map, of each place alone."""

import numpy as np
import pytest

from tfgan.networks import patch_heads, residual


def test_every_map_has_a_head_of_two_dense_layers():
    generator = residual.generator((8, 8, 3), (8, 8, 3), width=2, blocks=1)
    heads = patch_heads.of_generator(generator, units=5)
    # 3, 4, 8 and 8 channels: (c + 1) 5 + 6 * 5 weights each.
    assert heads.count_params() == sum((c + 1) * 5 + 30 for c in (3, 4, 8, 8))
    rows = {x.name: np.ones((2, 3, x.shape[-1]), np.float32) for x in heads.inputs}
    assert {name: tuple(x.shape) for name, x in heads(rows).items()} == dict.fromkeys(
        rows, (2, 3, 5)
    )


def test_units_out_of_range_are_refused():
    generator = residual.generator((8, 8, 3), (8, 8, 3), width=2, blocks=0)
    with pytest.raises(ValueError, match="units must be 1 or more; received 0"):
        patch_heads.of_generator(generator, units=0)
