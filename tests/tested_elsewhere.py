"""Source files of more than 40 lines without a test file of their name, and what tests them."""

# Families of files that one suite covers, by the start of their path.
TESTED_AS_FAMILIES = {
    "tfgan/modalities/": "tests/modalities/modalities_test.py runs every test with every kind",
    "tfgan/recipes/": "tests/recipes/conformance_test.py trains every recipe",
}

TESTED_ELSEWHERE = {
    "tfgan/divergences/__init__.py": "it names the functions of its modules alone",
    "tfgan/extractors/inception_graph.py": "extractors/inception_test.py builds the network",
    "tfgan/layers/__init__.py": "it names the layers of its modules alone",
    "tfgan/losses/adversarial.py": "losses/losses_test.py, for every loss",
    "tfgan/metrics/__init__.py": "it names the functions of its modules alone",
    "tfgan/networks/cached_sampling.py": "networks/autoregressive_test.py, with every network",
    "tfgan/networks/made.py": "networks/autoregressive_test.py",
    "tfgan/networks/normalization.py": "networks/contract_test.py, with every network",
    "tfgan/networks/pixelcnn.py": "networks/autoregressive_test.py",
    "tfgan/networks/pixelgan.py": "models/adversarial_autoencoder_pixels_test.py",
    "tfgan/priors/categorical.py": "priors/priors_test.py, with every prior",
    "tfgan/priors/prior.py": "a type; tests/types checks it",
    "tfgan/models/autoencoder.py": "tests of models/vae.py and adversarial_autoencoder.py",
    "tfgan/models/base.py": "models/sampling_test.py and the tests of every model",
    "tfgan/models/saving.py": "keras/saving_test.py, by Keras' own functions",
    "tfgan/models/trainable.py": "models/gan_test.py, ema_test.py and the tests of every model",
    "pipelines/cloud/kubeflow/components.py": "tests/pipelines/pipeline_test.py runs every step",
}
