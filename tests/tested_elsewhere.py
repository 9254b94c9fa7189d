"""Source files of more than 40 lines without a test file of their name, and what tests them."""

# Families of files that one suite covers, by the start of their path; below `tests/`.
TESTED_AS_FAMILIES = {
    "tfgan/augmentations/": "augmentations/transforms_test.py runs every test with every transform",
    "tfgan/modalities/": "modalities/modalities_test.py runs every test with every kind",
    "tfgan/recipes/": "recipes/conformance_test.py trains every recipe",
    "tfgan/training/distribution/rendezvous/": "its participants_test.py: both sides, all messages",
}

TESTED_ELSEWHERE = {
    "pipelines/cloud/kubeflow/components.py": "pipelines/pipeline_test.py runs every step",
    "tfgan/extractors/inception_graph.py": "extractors/inception_test.py, the network as a whole",
    "tfgan/models/autoencoder.py": "models/vae_test.py, models/adversarial_autoencoder_test.py",
    "tfgan/models/base.py": "models/sampling_test.py and the tests of every model",
    "tfgan/models/gan_objectives.py": "models/gan_test.py, models/unrolling_test.py",
    "tfgan/models/saving.py": "keras/saving_test.py, by the functions of Keras",
    "tfgan/models/trainable.py": "models/gan_test.py, models/ema_test.py, and those of every model",
    "tfgan/networks/cached_sampling.py": "networks/autoregressive_test.py, for every network",
    "tfgan/networks/class_embedding.py": "networks/biggan_test.py, in its networks",
    "tfgan/networks/made.py": "networks/autoregressive_test.py, with PixelCNN",
    "tfgan/networks/normalization.py": "networks/contract_test.py, in every network",
    "tfgan/networks/pixelcnn.py": "networks/autoregressive_test.py, with MADE",
    "tfgan/networks/pixelgan.py": "models/adversarial_autoencoder_pixels_test.py",
    "tfgan/networks/residual_blocks.py": "networks/resnet_test.py, networks/biggan_test.py",
    "tfgan/networks/self_attention.py": "layers/attention_test.py, networks/sagan_test.py",
    "tfgan/networks/transformer_blocks.py": "networks/gat_test.py, with its networks",
    "tfgan/networks/translation_layers.py": "networks/unet_test.py, networks/patchgan_test.py",
    "tfgan/priors/prior.py": "priors/priors_test.py, with every prior",
    "tfgan/studies/benchmarks/torch_blocks.py": "studies/benchmarks/torch_games_test.py, by values",
    "tfgan/studies/benchmarks/torch_layers.py": "studies/benchmarks/torch_games_test.py, by values",
    "tfgan/studies/benchmarks/torch_networks.py": "studies/benchmarks/torch_games_test.py",
    "tfgan/studies/benchmarks/torch_r3gan.py": "studies/benchmarks/torch_games_test.py",
    "tfgan/studies/benchmarks/torch_stylegan2.py": "studies/benchmarks/torch_games_test.py",
    "tfgan/training/costs/sizes.py": "training/costs/estimate_test.py, against a trained model",
    "tfgan/training/costs/traced_graph.py": "training/costs/flops_test.py, by what it counts",
    "tfgan/training/fit_loop.py": "training/train_test.py",
    "tfgan/training/planning.py": "training/train_test.py, training/resumption_test.py",
    "tfgan/training/preparation.py": "training/train_test.py, training/costs/estimate_test.py",
}
