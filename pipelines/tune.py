"""searches hyperparameters on Vertex AI: `tfgan tune --flags -- FLAGS OF tfgan train`.

Each trial is a training run with its own value of each --parameter, in its own directory. The
arguments after the lone -- are the same for all and need --evaluate_every: a trial reports the
deciding score of its evaluations. Inspect the request with --dry_run before you pay for it.
"""

from . import train_flags
from .cloud.vertex import job, job_flags, service, study, train_arguments
from .errors import user_errors


def define_flags(values):
    """The flags of `tfgan tune`."""
    study.define(values)
    job_flags.define(values)
    job_flags.define_machines(values)


def run(values, positionals):
    """Starts the study; returns the exit code."""
    with user_errors():
        machine = job_flags.check_machines(values)
        spec = study.study_spec(values)
        training, arguments = train_arguments.read(positionals)
        _check_trials(training, spec["parameters"])
        train_arguments.check(training, machine, values.replicas)
        for trial in _trials(arguments, spec["parameters"]):
            train_arguments.check(train_arguments.read(trial)[0], machine, values.replicas)
        study.check_metric(values, _decisive(training))
    trial = job.job_spec(values, machine, train_arguments.complete(arguments, training, values.tpu))
    study_job = {
        "studySpec": spec,
        "maxTrialCount": values.trials,
        "parallelTrialCount": values.parallel_trials,
        "trialJobSpec": trial,
    }
    return service.start(values, service.STUDY, f"tfgan-{training.recipe}", study_job)


def _check_trials(training, parameters):
    """Refuses trials that would report nothing, or overwrite one another's files."""
    if not training.evaluate_every:
        raise ValueError("A trial reports nothing without --evaluate_every: give it after the --.")
    for name in train_arguments.DIRECTORY_FLAGS:
        if getattr(training, name):
            raise ValueError(f"--{name} would be shared by all trials: leave it out.")
    for name in (parameter["parameterId"] for parameter in parameters):
        if name in training and training[name].present:
            raise ValueError(f"--{name} is varied by --parameter and given after the --.")


def _trials(arguments, parameters):
    """Arguments of trials in which each example value occurs: iterator of lists of str."""
    domains = {each["parameterId"]: study.examples(each) for each in parameters}
    for name, values in domains.items():
        for value in values:
            trial = {other: first for other, (first, *_) in domains.items()} | {name: value}
            yield [*arguments, *(f"--{key}={setting}" for key, setting in trial.items())]


def _decisive(training):
    from tfgan import data, recipes
    from tfgan.data import source_names
    from tfgan.evaluation import defaults
    from tfgan.training import planning

    config = train_flags.config(training)
    if config.evaluate_metrics:
        return config.evaluate_metrics[0]
    recipe = recipes.make(training.recipe, planning.resolve_parameters(config))
    source = data.absolute_name(config.data or recipe.data)
    if source_names.has_sources(source):
        raise ValueError(
            f"The metric that decides for translations of {source} is known only with the data: "
            "give --evaluate_metrics after the lone --."
        )
    return defaults.expected_selection_metric(config.extractor or "", *data.describe_name(source))
