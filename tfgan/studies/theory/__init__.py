"""The theory of adversarial training as experiments: one claim per file, measured on the library.

Each experiment is a module with `measure() -> finding.Finding`. The numbers come from the library's
losses, penalties, networks and models, seeded; the expected ones from closed forms.
"""

import importlib

from tfgan import words

# What `--only` calls an experiment: the module that measures it.
EXPERIMENTS = {
    "likelihood": "likelihood",
    "kl_directions": "kl_directions",
    "averaging": "multiple_answers",
    "discriminator": "optimal_discriminator",
    "criterion": "generator_criterion",
    "change_of_variables": "change_of_variables",
    "generator_costs": "generator_costs",
    "descent": "divergence_descent",
    "parallel_lines": "parallel_lines",
    "critic": "wasserstein_critic",
    "lipschitz": "lipschitz",
    "orbit": "bilinear_game",
    "discriminator_steps": "discriminator_steps",
    "convergence": "convergence",
}


def choose(names):
    """The experiments of these names, or all for no names, in their own order: list of str."""
    for name in names:
        if name not in EXPERIMENTS:
            raise words.unknown("--only", name, EXPERIMENTS)
    return [name for name in EXPERIMENTS if name in names or not names]


def measure(name):
    """Runs an experiment: `finding.Finding`."""
    return importlib.import_module(f"{__name__}.{EXPERIMENTS[name]}").measure()
