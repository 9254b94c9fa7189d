"""Source files of more than 40 lines without a test file of their name, and what tests them."""

# Families of files that one suite covers, by the start of their path.
TESTED_AS_FAMILIES = {
    "tfgan/modalities/": "tests/modalities/modalities_test.py runs every test with every kind",
    "tfgan/recipes/": "tests/recipes/conformance_test.py trains every recipe",
}

TESTED_ELSEWHERE = {
    "tfgan/models/autoencoder.py": "tests of models/vae.py and adversarial_autoencoder.py",
    "tfgan/models/base.py": "models/sampling_test.py and the tests of every model",
    "tfgan/models/saving.py": "keras/saving_test.py, by Keras' own functions",
    "tfgan/models/trainable.py": "models/gan_test.py, ema_test.py and the tests of every model",
    "pipelines/cloud/kubeflow/components.py": "tests/pipelines/pipeline_test.py runs every step",
}
