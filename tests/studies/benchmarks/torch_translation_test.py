"""PyTorch's translation against ours: networks of the same size, which train.

pip install torch==2.13.0 && pytest -m parity -n 0
"""

import pytest

from tfgan.data import DataSpec
from tfgan.networks import unet
from tfgan.studies.benchmarks import translation

SHAPE = (64, 64, 3)


@pytest.mark.parity
def test_pytorchs_networks_are_as_large_as_ours_and_move():
    torch = pytest.importorskip("torch")
    from tfgan.studies.benchmarks import torch_translation

    spec = DataSpec(SHAPE, conditions={"source": DataSpec(SHAPE)})
    ours = {name: build(spec) for name, build in translation.models(3, 4).items()}
    depth = unet.halvings(SHAPE)
    theirs = {
        "pix2pix": [
            torch_translation.UNet(3, torch_translation.features(4, depth), "instance", 3),
            torch_translation.patches(6, 3, 4, "instance"),
        ],
        "cyclegan": [
            *[torch_translation.residual_network(3, 4, 3) for _ in range(2)],
            *[torch_translation.patches(3, 3, 4, "instance") for _ in range(2)],
        ],
    }
    for name, networks in theirs.items():
        counts = [network.count_params() for network in ours[name].networks.values()]
        assert counts == [sum(x.numel() for x in each.parameters()) for each in networks]
    for step in translation._peers(SHAPE, 3, 4).values():
        first, *_, last = [torch.stack(step()) for _ in range(3)]
        assert torch.isfinite(first).all() and not torch.equal(first, last)
