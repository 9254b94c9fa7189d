"""The highest version of a folder is served, also when it changes while requests run."""

import concurrent.futures
import os
import shutil
import threading
import time

import pytest

from tfgan.serving import served_model, versioned_model

QUESTION = {"instances": [{"seed": 3}], "output_filter": ["image"]}


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def versioned(toy_model, tmp_path):
    """(a model with version 1, its folder, its clock)."""
    shutil.copytree(toy_model / "1", tmp_path / "1")
    clock = Clock()
    return versioned_model.VersionedModel(str(tmp_path), clock=clock), tmp_path, clock


@pytest.fixture
def loads(monkeypatch):
    """The versions that were loaded, or tried, since the fixture was made: list of int."""
    load, loaded = served_model.load, []

    def noted(path, version):
        loaded.append(version)
        return load(path, version)

    monkeypatch.setattr(served_model, "load", noted)
    return loaded


def refresh(versions, times=2):
    """What the server does while some files stay as they are."""
    for _ in range(times):
        versions.refresh()
    return versions.current.version


def break_(folder, version):
    (folder / str(version)).mkdir()
    (folder / str(version) / "saved_model.pb").write_bytes(b"broken")


def test_a_folder_with_versions_gives_the_highest(toy_model, tmp_path):
    for name in ("2", "10", "making-11", "x"):
        shutil.copytree(toy_model / "1", tmp_path / name)
    (tmp_path / "12").mkdir()  # without a SavedModel
    assert versioned_model.VersionedModel(f"{tmp_path}/").current.version == 10
    assert versioned_model.VersionedModel(str(tmp_path), 2).current.version == 2
    with pytest.raises(ValueError, match="has no version 3; it has 2, 10"):
        versioned_model.VersionedModel(str(tmp_path), 3)


def test_the_folder_of_a_version_is_that_version(toy_model, tmp_path):
    assert versioned_model.versions(str(toy_model / "1")) == {1: str(toy_model / "1")}
    shutil.copytree(toy_model / "1", tmp_path / "best")
    assert versioned_model.VersionedModel(str(tmp_path / "best")).current.version == 1


def test_a_folder_without_a_model_is_refused(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ValueError, match="holds no SavedModel"):
            versioned_model.VersionedModel(str(folder))


def test_a_newer_version_replaces_the_older_without_a_failed_request(tmp_path, export_toy, serving):
    export_toy(tmp_path)
    with serving(tmp_path, poll=0.05) as client, concurrent.futures.ThreadPoolExecutor(3) as pool:
        over, answers = threading.Event(), []

        def ask():
            while not over.is_set():
                answers.append(client.predict(QUESTION))

        asking = [pool.submit(ask) for _ in range(3)]
        before = client.predict(QUESTION)
        export_toy(tmp_path, version=2, step=1)
        while client.get("/v1/models/toy")[1]["model_version_status"][0]["version"] == "1":
            time.sleep(0.02)
        after = client.predict(QUESTION)
        over.set()
        for each in asking:
            each.result()
        assert before[0] == after[0] == 200 and before != after
        assert all(answer in (before, after) for answer in answers)
        assert client.predict(QUESTION, "/v1/models/toy/versions/1:predict")[0] == 404


def test_a_broken_newer_version_leaves_the_older_and_is_told_once(versioned, toy_model, caplog):
    versions, folder, _ = versioned
    break_(folder, 2)
    assert refresh(versions, 5) == 1
    [message] = [
        record.getMessage() for record in caplog.records if "version 2" in record.getMessage()
    ]
    assert message.startswith(f"{folder}/2, version 2, cannot be served: ")
    shutil.rmtree(folder / "2")
    shutil.copytree(toy_model / "1", folder / "2")
    assert refresh(versions) == 2
    shutil.rmtree(folder / "2")  # back to the older one
    assert refresh(versions) == 1


def test_a_broken_version_is_tried_again_when_it_has_changed(versioned, loads):
    versions, folder, _ = versioned
    break_(folder, 2)
    refresh(versions, 20)
    assert loads == [2]
    (folder / "2" / "saved_model.pb").write_bytes(b"broken, too")
    refresh(versions, 20)
    assert loads == [2, 2]


def test_a_broken_version_that_does_not_change_is_tried_ever_less_often(versioned, loads):
    versions, folder, clock = versioned
    break_(folder, 2)
    tried = []
    for clock.now in range(0, 3600, 2):
        before = len(loads)
        versions.refresh()
        tried += [clock.now] * (len(loads) - before)
    assert tried[:6] == [2, 12, 32, 72, 152, 312]
    assert len(tried) < 13
    assert max(later - earlier for earlier, later in zip(tried, tried[1:], strict=False)) == 600


def test_a_version_that_is_being_written_is_not_read(versioned, toy_model, loads):
    """Copied file by file, the metadata last: without them it would pass for another's model."""
    versions, folder, _ = versioned
    paths = [path for path in (toy_model / "1").rglob("*") if path.is_file()]
    for path in sorted(paths, key=lambda path: path.name == "tfgan.json"):
        copy = folder / "2" / path.relative_to(toy_model / "1")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
        versions.refresh()
    assert (versions.current.version, loads) == (1, [])
    assert refresh(versions, 1) == 2
    assert versions.current.metadata["recipe"] == "toy"


def test_a_version_that_changes_while_it_is_read_is_not_served(versioned, toy_model, monkeypatch):
    versions, folder, _ = versioned
    shutil.copytree(toy_model / "1", folder / "2")
    load = served_model.load

    def meanwhile(path, version):
        model = load(path, version)
        (folder / "2").rename(folder / "3")
        return model

    with monkeypatch.context() as patched:
        patched.setattr(served_model, "load", meanwhile)
        assert refresh(versions) == 1
    assert refresh(versions) == 3


def test_a_link_to_a_version_is_a_version(versioned, toy_model):
    versions, folder, _ = versioned
    os.symlink(toy_model / "1", folder / "2")
    os.symlink(folder / "2", folder / "latest")
    os.symlink(folder / "nowhere", folder / "3")
    assert refresh(versions) == 2
    (folder / "2").unlink()
    assert refresh(versions) == 1


def test_what_is_served_stays_when_every_version_is_gone(versioned):
    versions, folder, _ = versioned
    shutil.rmtree(folder / "1")
    assert refresh(versions) == 1
    assert versions.current.signatures["serving_default"]({"seed": [1], "truncation": [0.0]})


def test_a_server_starts_with_the_highest_version_that_can_be_served(versioned, caplog):
    _, folder, _ = versioned
    break_(folder, 2)
    assert versioned_model.VersionedModel(str(folder)).current.version == 1
    [message] = [
        record.getMessage() for record in caplog.records if "version 2" in record.getMessage()
    ]
    assert message.endswith("Version 1 is served.")
    shutil.rmtree(folder / "1")
    with pytest.raises(ValueError, match="version 2, cannot be served"):
        versioned_model.VersionedModel(str(folder))


def test_a_folder_that_cannot_be_read_for_a_while_leaves_what_is_served(
    versioned, monkeypatch, caplog
):
    versions, _, _ = versioned

    def unreachable(_):
        raise OSError("the disk is away")

    with monkeypatch.context() as patched:
        patched.setattr(versioned_model, "versions", unreachable)
        refresh(versions)
    assert refresh(versions) == 1
    assert [record.getMessage() for record in caplog.records] == ["the disk is away"]


def test_a_fixed_version_stays(toy_model, tmp_path):
    for name in ("1", "2"):
        shutil.copytree(toy_model / "1", tmp_path / name)
    for fixed in (
        versioned_model.VersionedModel(str(tmp_path), 1),
        versioned_model.VersionedModel(str(tmp_path / "1")),
    ):
        assert refresh(fixed) == 1
