"""Wrong calls, each refused by pyright: an ignore that hides no error is one itself."""

import tensorflow as tf

import tfgan
from tfgan import losses, penalties, priors, terms
from tfgan.data.spec import DataSpec


def of_two(real: tf.Tensor, fake: tf.Tensor) -> tf.Tensor:
    """A loss; neither a term nor a penalty."""
    return real - fake


terms.Term(of_two, "generator")  # pyright: ignore[reportArgumentType]
terms.Term(terms.l1, "critic")  # pyright: ignore[reportArgumentType]
terms.Term(terms.l1, "generator", weight="0.1")  # pyright: ignore[reportArgumentType]
penalties.Penalty(of_two, 1.0)  # pyright: ignore[reportArgumentType]
penalties.Penalty(penalties.r1)  # pyright: ignore[reportCallIssue]
losses.AdversarialLoss(terms.l1, of_two)  # pyright: ignore[reportArgumentType]
losses.hinge(margin=1.0)  # pyright: ignore[reportCallIssue]
priors.Joint([priors.Normal(8), "normal"])  # pyright: ignore[reportArgumentType]
DataSpec((8, 8, 1), 8)  # pyright: ignore[reportArgumentType]

not_a_prior: priors.Prior = of_two  # pyright: ignore[reportAssignmentType]
without_classes: priors.ClassPrior = priors.Normal(8)  # pyright: ignore[reportAssignmentType]


def careless(turn: terms.Turn) -> tf.Tensor:
    """Calls what a turn does not have."""
    return turn.fakes  # pyright: ignore[reportAttributeAccessIssue]


tfgan.TrainConfig(steps="100")  # pyright: ignore[reportArgumentType]
tfgan.TrainConfig(step=100)  # pyright: ignore[reportCallIssue]
tfgan.train("dcgan")  # pyright: ignore[reportArgumentType]
tfgan.open_run("runs/a").sample("4")  # pyright: ignore[reportArgumentType]
tfgan.open_runs()  # pyright: ignore[reportAttributeAccessIssue]
