"""What a training run costs, before it starts: parameters, arithmetic, memory, time.

`of_run` opens the data as the run would, builds the model without values and traces one step of it:
that takes little memory, also for models that do not fit into it. Trial steps measure the time,
where the memory suffices. Nothing is written.
"""

from tfgan.training.costs.estimate import Cost, of_run
from tfgan.training.costs.report import lines

__all__ = ["Cost", "lines", "of_run"]
