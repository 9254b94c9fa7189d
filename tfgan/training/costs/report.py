"""The cost of a run in words."""

from tfgan import memory, words

_UNITS = (("P", 1e15), ("T", 1e12), ("G", 1e9), ("M", 1e6))
_NAMES = {
    "weights": "weights",
    "optimizers": "optimizers",
    "averages": "running averages",
    "others": "other state",
}


def lines(cost):
    """A `Cost` as lines of text."""
    networks = [f"{name} {count:,}" for name, count in cost.parameters.items()]
    yield f"Parameters: {', '.join(networks)}"
    devices = f" on {cost.replicas} devices" if cost.replicas > 1 else ""
    yield (
        f"A step:     {words.counted(cost.examples, 'example')}{devices}, "
        f"{'at least ' if cost.uncounted else ''}{_flop(cost.flops.mean)}{_largest(cost.flops)}"
    )
    parts = [f"{_NAMES[kind]} {_bytes(size)}" for kind, size in cost.state.items() if size]
    yield (
        f"Memory:     about {_bytes(cost.device_bytes)}{' per device' if devices else ''}: "
        f"{', '.join(parts)}, tensors of a step about {_bytes(cost.tensors)}"
    )
    if cost.seconds is None:
        yield f"Time:       not measured: {cost.not_measured}"
        return
    trial = words.counted(cost.trial_steps, "trial step")
    steps = words.counted(cost.steps, "step")
    yield (
        f"Time:       {_duration(cost.seconds)} per step ({trial}), {cost.kimg_per_hour:,.0f} kimg "
        f"an hour; {steps} take about {_duration(cost.steps * cost.seconds)}, without samples, "
        "checkpoints and evaluations"
    )


def _largest(flops):
    if flops.largest == flops.mean:
        return ""
    return f" on average, {_flop(flops.largest)} where all lazy terms are due"


def _flop(count):
    for unit, size in _UNITS:
        if count >= size:
            return f"{count / size:.3g} {unit}FLOP"
    return f"{count:,.0f} FLOP"


def _bytes(count):
    return memory.format_bytes(count)


def _duration(seconds):
    """A duration such as "3.2 ms", "12 s", "4 min", "2 h 10 min" or "3 days 4 h"."""
    if seconds < 1.0:
        return f"{seconds * 1e3:.3g} ms"
    if seconds < 100.0:
        return f"{seconds:.3g} s"
    minutes = round(seconds / 60.0)
    if minutes < 100:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    return f"{hours // 24} days {hours % 24} h"
