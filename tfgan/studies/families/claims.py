"""The lecture's table, word for word: eight rows, four families.

Source: Mitesh M. Khapra, CS7015 Deep Learning, lecture 23, "Bringing it all together".
"""

ROWS = (
    "Abstraction", "Generation", "Compute P(X)", "Sampling", "Type", "Loss", "Assumptions",
    "Samples",
)  # fmt: skip

_X_INDEPENDENT = "X independent given z"

_COLUMNS = {
    "RBM": ("Yes", "Yes", "Intractable", "MCMC", "Undirected", "KL", _X_INDEPENDENT, "Bad"),
    "VAE": ("Yes", "Yes", "Intractable", "Fast", "Directed", "KL", _X_INDEPENDENT, "Ok"),
    "AR": ("No", "Yes", "Tractable", "Slow", "Directed", "KL", "None", "Good"),
    "GAN": ("No", "Yes", "No", "Fast", "Directed", "JSD", "N.A.", "Good (best)"),
}

CLAIMS = {name: dict(zip(ROWS, column, strict=True)) for name, column in _COLUMNS.items()}

BEST_FIRST = ("GAN", "AR", "VAE", "RBM")  # by the row of samples
