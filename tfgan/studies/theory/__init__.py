"""The theory of adversarial training as experiments: one claim a file, measured on the library.

Each module has `measure() -> finding.Finding`. What is measured comes from the library's own
losses, penalties, networks and models; what is expected comes from closed forms that know nothing
of them. Every draw is seeded, so a machine finds the same numbers each time.
"""

EXPERIMENTS = {
    "likelihood": "Maximum likelihood is minimum KL to the empirical distribution",
    "kl_directions": "One direction of KL covers the modes, the other seeks one",
    "averaging": "Squared error averages the answers, a GAN picks one",
    "discriminator": "A trained discriminator is p / (p + q)",
    "criterion": "The best discriminator leaves -log 4 + 2 JSD",
    "change_of_variables": "Expectations over z are expectations over x",
    "generator_costs": "Three costs of the generator: who learns from which fakes",
    "descent": "Descending the game at D* descends a divergence",
    "parallel_lines": "Where supports do not meet, only W1 tells how far",
    "critic": "A critic with a gradient penalty measures W1",
    "lipschitz": "What clipping, penalty and spectral norm do to a critic's slope",
    "orbit": "Two players circle: V = x y",
    "discriminator_steps": "More discriminator steps keep D closer to D*",
    "convergence": "Algorithm 1 ends with p_g = p and D = 1/2",
}
