"""Our Inception network against torch-fidelity's, with the same random weights.

pip install torch==2.13.0 torchvision==0.28.0 torch-fidelity==0.4.0 && pytest -m parity -n 0
"""

import numpy as np
import pytest

from tfgan.extractors import open_extractor

pytestmark = pytest.mark.parity


def torch_fidelity():
    torch = pytest.importorskip("torch")
    library = torch.library.Library("torchvision", "DEF")  # a CPU build lacks these two
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return pytest.importorskip("torch_fidelity.feature_extractor_inceptionv3")


def random_weights(module):
    """He-scaled weights, so that activations neither vanish nor explode."""
    import torch

    draw = torch.Generator().manual_seed(0)
    state = {}
    for name, tensor in module.state_dict().items():
        noise = torch.randn(tensor.shape, generator=draw)
        if tensor.ndim > 1:
            state[name] = noise * (2.0 / tensor[0].numel()) ** 0.5
        elif name.endswith(("running_var", "bn.weight")):
            state[name] = 1.0 + 0.1 * noise.abs()
        elif tensor.dtype == torch.float32:
            state[name] = 0.1 * noise
        else:
            state[name] = tensor
    return {name: tensor for name, tensor in state.items() if "num_batches" not in name}


@pytest.fixture(scope="module", params=["zip", "stream"])
def both(request, tmp_path_factory):
    """(torch-fidelity's extractor, ours) with the same weights file."""
    module = torch_fidelity()
    import torch

    path = str(tmp_path_factory.mktemp("weights") / "random.pth")
    kind = module.FeatureExtractorInceptionV3
    original = kind.load_state_dict
    kind.load_state_dict = lambda self, state, strict=True: original(self, state, strict=False)
    torch.save({"fc.weight": torch.zeros(1008, 2048), "fc.bias": torch.zeros(1008)}, path)
    try:
        theirs = kind("a", ["2048", "logits_unbiased"], feature_extractor_weights_path=path)
        state = random_weights(theirs)
        torch.save(state, path, _use_new_zipfile_serialization=request.param == "zip")
        theirs = kind("a", ["2048", "logits_unbiased"], feature_extractor_weights_path=path)
    finally:
        kind.load_state_dict = original
    theirs.eval()
    return theirs, open_extractor("inception", weights=path)


@pytest.mark.parametrize("size", [299, 64])
def test_features_and_logits_are_torch_fidelitys(both, size):
    import torch

    theirs, ours = both
    images = np.random.default_rng(1).integers(0, 256, (3, size, size, 3), np.uint8)
    with torch.no_grad():
        features, logits = theirs(torch.from_numpy(images.transpose(0, 3, 1, 2).copy()))
    found = ours(images)
    for one, other in ((found.features, features.numpy()), (found.logits, logits.numpy())):
        assert np.abs(other).max() > 0.01
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-4 * np.abs(other).max())
