"""Pictures of codes, of models whose codes are known."""

import numpy as np

from tfgan.evaluation import code_plots

from .coder import Coder, normal


def test_the_picture_shows_training_and_held_out_codes_and_the_prior(digits):
    picture = code_plots.picture(Coder(normal(1.0)), digits)
    assert picture.shape == (384 + 8, 3 * 384 + 16, 3)
    plots = [picture[4:388, 4 + 388 * i : 388 + 388 * i].astype(int) for i in range(3)]
    ink = [np.mean(plot.min(axis=2) < 255) for plot in plots]
    assert ink[0] > 3 * ink[1]  # 4,500 codes and 500
    assert np.abs(plots[2] - plots[2][..., :1]).max() == 0  # no class was asked for: gray


def test_codes_of_other_than_two_numbers_have_no_picture(digits, arrays, deal):
    assert code_plots.picture(deal(arrays[0]), digits) is None
    assert code_plots.picture(Coder(None, "code", category="code"), digits) is None
