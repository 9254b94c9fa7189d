"""Steps worked by hand, and what tells a jump from a curve."""

import numpy as np
import pytest

from tfgan import metrics


def test_steps_worked_by_hand():
    corner = [[0.0, 0.0], [3.0, 4.0], [3.0, 4.0], [3.0, 16.0]]
    steps = metrics.path_steps([corner, np.zeros((4, 2))])
    np.testing.assert_allclose(steps.mean, [17 / 3, 0.0])
    np.testing.assert_allclose(steps.largest, [12.0, 0.0])
    np.testing.assert_allclose(steps.distance, [np.hypot(3.0, 16.0), 0.0])
    np.testing.assert_allclose(steps.unevenness, [36 / 17, 1.0])


def test_equal_steps_have_unevenness_1_and_a_jump_has_the_number_of_steps():
    line = np.linspace([0.0, 1.0], [5.0, -3.0], 9)
    jump = np.repeat([[0.0, 1.0], [5.0, -3.0]], [4, 5], axis=0)
    np.testing.assert_allclose(metrics.path_steps([line, jump]).unevenness, [1.0, 8.0])


@pytest.mark.parametrize("shape", [(3, 1, 2), (3, 4)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match=r"features must be \[n, steps, d\] of two or more steps"):
        metrics.path_steps(np.zeros(shape))
