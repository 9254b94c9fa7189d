"""The flags of other libraries, and what tfgan has instead."""

# Our flags -> theirs. The first of ours that the command has is suggested.
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
# (a flag that the command must have, the flags of others, what to use instead)
_REPLACED = (
    (
        "checkpoint_every",
        "continue continue_train load restore resume resume_from",
        "the same command again resumes the run in --workdir",
    ),
    ("checkpoint_every", "snap", "--checkpoint_every and --sample_every count steps"),
    ("data", "num_workers workers", "images are always decoded on all cores"),
    (
        "evaluate_every",
        "metric metrics",
        "--evaluate_every=STEPS measures --evaluate_metrics, such as fd, which is FID with "
        "--extractor=inception",
    ),
    ("log_every", "tick", "--log_every counts steps"),
    ("precision", "amp fp16", "use --precision=bfloat16 or --precision=float16"),
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
        "a GPU is used where TensorFlow finds one, and --strategy=mirrored uses all that "
        "CUDA_VISIBLE_DEVICES lists",
    ),
    ("workdir", "gen network pkl", "--workdir names a run, and --checkpoint one of its states"),
)


def advice(name, value, values):
    """What to use instead of a flag of another library: the end of an error message, or "".

    Args:
      name, value: str, of a flag that the command does not have; the value may be "".
      values: `flags.FlagValues` of the command.
    """
    for ours, theirs in _RENAMED.items():
        known = [each for each in ours if each in values]
        if name in theirs.split() and known:
            return f"it is --{known[0]}{f'={value}' if value else ''} here"
    for ours, theirs, sentence in _REPLACED:
        if name in theirs.split() and ours in values:
            return sentence
    return ""
