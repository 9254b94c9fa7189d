"""Rows of examples before and after an augmentation."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import augmentations
from tfgan.augmentations import ADA, Adaptive, Rising, preview


def test_the_first_row_is_the_examples_and_each_other_one_another_draw():
    data = tf.random.stateless_uniform((3, 6, 6, 1), [1, 2], -1.0, 1.0)
    rows = np.array(preview.rows(augmentations.get("diffaugment"), data, seed=1, count=2))
    first, second, third = np.split(rows, 3)
    np.testing.assert_array_equal(first, data)
    assert np.abs(second - first).max() > 0.1 and np.abs(second - third).max() > 0.1
    assert np.abs(rows).max() <= 1.0


@pytest.mark.parametrize(
    ("p", "largest"),
    [(0.3, 0.3), (Adaptive(), 0.8), (Adaptive(limit=0.5), 0.5), (Rising(0.4, 9), 0.4), (abs, 1.0)],
)
def test_a_p_that_changes_is_shown_with_the_largest(p, largest):
    assert preview.largest_p(ADA(p=p)) == largest
