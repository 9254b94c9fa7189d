"""The families that are compared: the recipe of each, and what its kind of model implies."""

import dataclasses

from tfgan import words

_PIXELS_GIVEN_CODE = "pixels independent of each other given the code"


@dataclasses.dataclass(frozen=True)
class Family:
    """One column of the measured table.

    Attributes:
      heading: str, the family's name for people.
      recipe: str, of `tfgan.recipes`, with its default parameters.
      loss: str, what is minimized, exactly.
      assumptions: str, about the data or the posterior.
      type: str, whether the model's graph is directed.
      lecture: str, the column of `claims.CLAIMS`; None for a hybrid, which it only mentions.
      corrections: dict of str by row: what the claim lacks or gets wrong, by mathematics alone.
    """

    heading: str
    recipe: str
    loss: str
    assumptions: str
    type: str = "directed"
    lecture: str | None = None
    corrections: dict = dataclasses.field(default_factory=dict)


_ORDER = "an order of the pixels; the chain rule holds for any"
_EXACT = "-log p(x), exact; KL(data || model) plus the entropy of the data"
_BOUND = "a bound above -log p(x): -E_q log p(x|z) + KL(q(z|x) || p(z))"

FAMILIES = {
    "rbm": Family(
        heading="RBM",
        recipe="rbm",
        type="undirected",
        loss="-log p(x), its gradient estimated with persistent Gibbs chains",
        assumptions="pixels independent given the hidden units, and hidden units given the pixels",
        lecture="RBM",
        corrections={
            "Loss": "The gradient is meant to be that of KL(data || model); chains of a few steps "
            "only estimate it, and the KL itself is not computed.",
            "Assumptions": "Given h each pixel is independent of the other pixels, and given x "
            "each h_j of the other hidden units; x as a whole is not independent of anything.",
        },
    ),
    "vae": Family(
        heading="VAE",
        recipe="vae",
        loss=_BOUND,
        assumptions=f"{_PIXELS_GIVEN_CODE}; q(z|x) normal with independent dimensions",
        lecture="VAE",
        corrections={
            "Loss": "It is a bound: KL(data || model) plus the mean KL(q(z|x) || p(z|x)), which is "
            "0 only if the encoder equals the posterior.",
            "Assumptions": "Given z each pixel is independent of the other pixels; that q(z|x) is "
            "normal is a second assumption.",
        },
    ),
    "pixelcnn": Family(
        heading="PixelCNN", recipe="pixelcnn", loss=_EXACT, assumptions=_ORDER, lecture="AR"
    ),
    "gan": Family(
        heading="GAN",
        recipe="dcgan",
        loss="-log D(G(z)) against a discriminator: the non-saturating game",
        assumptions="none about a density: there is none",
        lecture="GAN",
        corrections={
            "Loss": "The JSD belongs to the minimax game with the best discriminator. This game "
            "has the same fixed point, and with the best discriminator the generator's gradient is "
            "that of KL(model || data) - 2 JSD."
        },
    ),
    "made": Family(heading="MADE", recipe="made", loss=_EXACT, assumptions=_ORDER, lecture="AR"),
    "aae": Family(
        heading="Adversarial autoencoder",
        recipe="aae",
        loss="squared error of the reconstruction; a game that matches codes to the prior",
        assumptions="codes of the data fill the prior; no density of the data",
    ),
    "pixelvae": Family(
        heading="PixelVAE",
        recipe="pixelvae",
        loss=_BOUND,
        assumptions="an order of the pixels; q(z|x) normal with independent dimensions",
    ),
    "pixelgan": Family(
        heading="PixelGAN autoencoder",
        recipe="pixelgan",
        loss="-log p(x|code), exact for that code; a game that matches codes to the prior",
        assumptions="an order of the pixels; codes of the data fill the prior",
    ),
}

DEFAULT = ("rbm", "vae", "pixelcnn", "gan")


def choose(text, everything):
    """The names of the families to compare, in the order of the table: list of str.

    Args:
      text: str, names separated by commas; "" for the lecture's four.
      everything: bool, all families instead; ValueError for both.
    """
    if text and everything:
        raise ValueError("--families and --all exclude each other; give one.")
    if not text:
        return list(FAMILIES if everything else DEFAULT)
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in FAMILIES:
            raise words.unknown("--families", name, FAMILIES)
    return [name for name in FAMILIES if name in names]
