"""The figures of the benchmarks for people: each prints what the benchmark of its name found."""

from tfgan.studies.benchmarks.scaling import title


def metrics(found):
    """Ratios of speed and memory."""
    print(f"{found['count']:,} rows of {found['dimensions']:,} a side, medians of rounds")
    for row in found["speed"]:
        print(
            f"{row['name']:<38}{row['seconds']:>8.2f} s   {row['ratio']:>6.1f} times as fast as "
            f"{row['baseline']} ({row['baseline_seconds']:.2f} s)"
        )
    _memory(found)


def _memory(found):
    for row in found["memory"]:
        print(
            f"{row['name']:<38}{row['bytes'] / 2**20:>6.0f} MiB   {row['ratio']:>6.2f} times "
            f"{row['of']} ({row['of_bytes'] / 2**20:.0f} MiB)"
        )
    if not found["memory"]:
        print("Peak memory is not told on this system.")


def steps(found):
    """Milliseconds of a training step, and ratios."""
    print(
        f"dcgan of width {found['width']} on images {found['shape']}, batch {found['batch_size']}, "
        f"{found['cores']} cores, medians of {found['rounds']} rounds"
    )
    for row in found["steps"]:
        ratio = f"   {row['ratio']:.2f} times {row['against']}" if "ratio" in row else ""
        print(
            f"{row['name']:<42}{row['seconds'] * 1e3:>8.1f} ms"
            f"{row['images_per_second']:>9,.0f} images/s{ratio}"
        )


def reading(found):
    """Images a second, and ratios; `input` is taken by Python."""
    print(
        f"{found['count']:,} images {found['shape']} of {found['data']}, batch "
        f"{found['batch_size']}, dcgan of width {found['width']}, {found['cores']} cores, medians "
        f"of {found['rounds']} rounds"
    )
    for row in found["input"]:
        print(f"{row['name']:<38}{row['images_per_second']:>9,.0f} images/s")
        for other in row["against"]:
            print(f"{'':<40}{other['ratio']:.1f} times as fast as {other['name']}")
    _memory(found)


def scaling(found):
    """A line a point of each axis."""
    print(title(found))
    if not found["gpus"]:
        print(
            f"The replicas are parts of the CPU and share its {found['cores']} cores: they show "
            "what distribution costs, not what more devices gain."
        )
    for name, points in found["axes"].items():
        print(name)
        for point in points:
            memory = f"{point['memory'] / 2**20:>7,.0f} MiB" if point["memory"] else ""
            print(
                f"{point[name]:>7,}{point['seconds'] * 1e3:>10,.1f} ms"
                f"{point['images_per_second']:>9,.0f} images/s{point['ratio']:>7.2f} of the base"
                f"{memory}"
            )
    print("The memory is the host's, on top of what TensorFlow holds from the start.")
