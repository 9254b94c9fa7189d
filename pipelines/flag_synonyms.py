"""What other libraries call the flags that tfgan has under another name."""

# Ours -> theirs. Of several of ours the first that the command has counts.
_RENAMED = {
    ("batch_size",): "batch batch_gpu bs",
    ("beta_1",): "beta1",
    ("beta_2",): "beta2",
    ("checkpoint",): "ckpt",
    ("checkpoint_every",): "save_every save_freq",
    ("count",): "num num_samples n_samples",
    ("data",): "dataset dataset_dir data_path dataroot path",
    ("discriminator_learning_rate", "learning_rate"): "d_lr dlr discriminator_lr",
    ("discriminator_steps",): "n_critic ncritic",
    ("flip",): "mirror",
    ("image_size",): "img_size imageSize resolution size",
    ("latent_dim",): "latent_size nz z_dim zdim",
    ("learning_rate",): "lr g_lr glr generator_lr",
    ("out", "workdir"): "dest log_dir logdir outdir outfile output output_dir results_dir save_dir",
    ("recipe",): "cfg config model",
    ("seed",): "manualSeed random_seed seeds",
    ("steps",): "iterations max_number_of_steps max_steps n_iter niter num_steps total_steps",
    ("truncation",): "trunc",
    ("width",): "ndf ngf",
    ("workdir",): "model_dir run_dir train_dir train_log_dir",
}
# (a flag of ours without which a command has none of it, theirs, what stands for them)
_OTHERWISE = (
    (
        "checkpoint_every",
        "continue continue_train load restore resume resume_from",
        "the same command again resumes what --workdir holds",
    ),
    ("checkpoint_every", "snap", "--checkpoint_every and --sample_every count steps"),
    (
        "data",
        "num_workers workers",
        "images are decoded on all cores without being asked to",
    ),
    (
        "evaluate_every",
        "metric metrics",
        "--evaluate_every=STEPS measures --evaluate_metrics, such as fd, which is FID with "
        "--extractor=inception",
    ),
    ("log_every", "tick", "--log_every counts steps"),
    ("precision", "amp fp16", "--precision=bfloat16 or --precision=float16 computes in 16 bits"),
    ("r1_weight", "gamma r1_gamma", "--r1_weight is half of it: a gamma of 10 is --r1_weight=5"),
    (
        "recipe",
        "gamma r1_gamma",
        "the recipes rpgan and mixture have --r1_weight, which is half of it",
    ),
    (
        "steps",
        "epoch epochs n_epochs nepochs num_epochs",
        "training is counted in --steps, each of --batch_size examples",
    ),
    ("steps", "kimg", "training is counted in --steps: N kimg are 1,000 N / batch size steps"),
    (
        "strategy",
        "cuda device gpu gpu_ids gpus ngpu num_gpus",
        "a GPU is used where TensorFlow sees one, and --strategy=mirrored takes all that "
        "CUDA_VISIBLE_DEVICES shows",
    ),
    ("workdir", "gen network pkl", "--workdir names a run, and --checkpoint one of its states"),
)


def advice(name, value, values):
    """What to give instead of a flag that other libraries have.

    Args:
      name: str, of a flag that the command does not have.
      value: str, what it was given, "" for nothing.
      values: `flags.FlagValues` of the command.
    Returns: str, the end of a sentence; "" for a flag that is unknown here too.
    """
    for ours, theirs in _RENAMED.items():
        known = [each for each in ours if each in values]
        if name in theirs.split() and known:
            return f"it is --{known[0]}{f'={value}' if value else ''} here"
    for ours, theirs, sentence in _OTHERWISE:
        if name in theirs.split() and ours in values:
            return sentence
    return ""
