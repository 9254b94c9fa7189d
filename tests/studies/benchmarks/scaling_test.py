"""`tfgan benchmark --what=scaling` at a size that shows the form of its figures."""

import json
import os
import re
from xml.etree import ElementTree

import pytest
from tfgan.pipelines import main

from tfgan.studies.benchmarks import scaling, timing

BASE = {"replicas": 1, "batch_size": 4, "resolution": 8}


def row(**changed):
    return (
        BASE | {"seconds": 0.1, "images_per_second": 40.0, "ratio": 1.0, "memory": None} | changed
    )


def figures(gpus=0):
    return {
        "width": 2, "channels": 3, "rounds": 1, "cores": 2, "gpus": gpus, "base": BASE,
        "axes": {
            "replicas": [row(), row(replicas=2, images_per_second=20.0, ratio=0.5)],
            "batch_size": [row(batch_size=2, images_per_second=10.0, ratio=0.25), row()],
            "resolution": [row()],
        },
    }  # fmt: skip


def test_a_point_is_measured_in_a_process_of_its_own(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(scaling, "BASE", BASE)
    monkeypatch.setattr(scaling, "AXES", {name: (value,) for name, value in BASE.items()})
    flags = ["--what=scaling", "--width=2", "--rounds=2", f"--out={tmp_path}/figures.json"]
    assert main._run(["benchmark", *flags]) == 0
    captured = capfd.readouterr()
    results = json.loads((tmp_path / "figures.json").read_text())
    (point,) = results["axes"]["replicas"]
    assert results["axes"] == {name: [point] for name in BASE}
    assert [point[name] for name in BASE] == [1, 4, 8]
    assert point["ratios"] == [1.0, 1.0]
    assert point["images_per_second"] == pytest.approx(4 / point["seconds"])
    assert (point["memory"] is not None) == timing.has_peak_memory()
    assert f"{point['seconds'] * 1e3:,.1f} ms" in captured.out
    assert "what distribution costs, not what more devices gain" in captured.out
    progress = [line for line in captured.err.splitlines() if line.startswith("point ")]
    assert progress == ["point 1 of 1: 1 replica, batch 4, 8x8"]  # TensorFlow may say more
    assert (tmp_path / "figures.svg").read_text() == scaling.picture(results)


def test_two_replicas_are_timed_in_turn_with_the_base_point():
    results = scaling._measure(BASE | {"replicas": 2, "batch_size": 8}, BASE, 2, 3, 0)
    assert [results[name] for name in BASE] == [2, 8, 8]
    assert len(results["ratios"]) == 3 and results["ratio"] == sorted(results["ratios"])[1]
    assert results["images_per_second"] == pytest.approx(8 / results["seconds"])


def test_every_axis_goes_through_the_base_point(monkeypatch):
    monkeypatch.setattr(timing, "in_process", lambda _, point, *more, initializer: point)
    progress = []
    results = scaling.run(16, 3, None, progress.append)
    for name, points in results["axes"].items():
        assert [point[name] for point in points] == list(scaling.AXES[name])
        assert scaling.BASE in points
        assert all(point | {name: scaling.BASE[name]} == scaling.BASE for point in points)
    assert len(progress) == 8  # the base point is measured once
    assert progress[1] == "point 2 of 8: 2 replicas, batch 64, 32x32"


def test_the_ratio_is_that_of_images_a_second(monkeypatch):
    times = {"point": [0.5, 2.0, 1.0], "base": [0.25, 0.5, 0.5]}
    monkeypatch.setattr(scaling, "_step", lambda *_: lambda: None)
    monkeypatch.setattr(timing, "interleave", lambda *_: times)
    results = scaling._measure(BASE | {"batch_size": 16}, BASE, 2, 3, 0)
    # Four times the images: 4 x 0.25 / 0.5, 4 x 0.5 / 2, 4 x 0.5 / 1.
    assert results["ratios"] == [2.0, 1.0, 2.0] and results["ratio"] == 2.0
    assert (results["seconds"], results["images_per_second"]) == (1.0, 16.0)


def test_replicas_are_the_gpus_that_there_are():
    assert scaling._replicas(0) == (1, 2, 4)
    assert scaling._replicas(1) == (1,)
    assert scaling._replicas(3) == (1, 2)
    assert scaling._replicas(8) == (1, 2, 4, 8)


def test_the_picture_has_one_panel_per_axis_with_heights_in_proportion():
    root = ElementTree.fromstring(scaling.picture(figures()))
    space = "{http://www.w3.org/2000/svg}"
    groups = {each.get("id"): each for each in root.iter(f"{space}g")}
    texts = {"".join(text.itertext()) for text in root.iter(f"{space}text")}
    for number, (name, values) in enumerate(
        {"replicas": [40, 20], "batch_size": [10, 40], "resolution": [40]}.items(), 1
    ):
        frame = groups[f"axes_{number}"].find(f"{space}g/{space}path").get("d")
        floor = max(float(y) for y in re.findall(r"[ML] \S+ (\S+)", frame))
        heights = [floor - float(dot.get("y")) for dot in groups[name].iter(f"{space}use")]
        shares = [height / max(heights) for height in heights]
        assert shares == pytest.approx([value / max(values) for value in values], abs=1e-2)
        assert {str(value) for value in values} <= texts


def test_the_picture_distinguishes_gpus_from_parts_of_a_cpu():
    assert "replicas, parts of one CPU" in scaling.picture(figures())
    assert "replicas, GPUs" in scaling.picture(figures(gpus=2))


def test_a_process_that_dies_is_one_sentence(capsys, monkeypatch):
    def lost(**_):
        return timing.in_process(os._exit, 9)

    monkeypatch.setattr(scaling, "run", lost)
    assert main._run(["benchmark", "--what=scaling"]) == 1
    assert "A process died, probably because memory ran out" in capsys.readouterr().err
