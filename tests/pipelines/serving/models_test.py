"""The highest version of a folder is served, also when it changes while requests run."""

import concurrent.futures
import json
import shutil
import threading
import time

import pytest
from tfgan.pipelines.serving import models

QUESTION = {"instances": [{"seed": 3}], "output_filter": ["image"]}


def test_a_folder_with_versions_gives_the_highest(toy_model, tmp_path):
    for name in ("2", "10", "making-11", "x"):
        shutil.copytree(toy_model / "1", tmp_path / name)
    (tmp_path / "12").mkdir()  # without a SavedModel
    assert models.Shelf(f"{tmp_path}/").current.version == 10
    assert models.Shelf(str(tmp_path), 2).current.version == 2
    with pytest.raises(ValueError, match="has no version 3; there is 2, 10"):
        models.Shelf(str(tmp_path), 3)


def test_the_folder_of_a_version_is_that_version(toy_model, tmp_path):
    assert models.versions(str(toy_model / "1")) == {1: str(toy_model / "1")}
    shutil.copytree(toy_model / "1", tmp_path / "best")
    assert models.Shelf(str(tmp_path / "best")).current.version == 1


def test_a_folder_without_a_model_is_refused(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ValueError, match="holds no SavedModel"):
            models.Shelf(str(folder))


def test_facts_of_another_format_are_refused(toy_model, tmp_path):
    shutil.copytree(toy_model / "1", tmp_path / "1")
    facts = tmp_path / "1" / "assets.extra" / "tfgan.json"
    for text, match in ((json.dumps({"format": 2}), "not of format 1"), ("{", "is not JSON")):
        facts.write_text(text)
        with pytest.raises(ValueError, match=match):
            models.Shelf(str(tmp_path))
    facts.unlink()
    assert models.Shelf(str(tmp_path)).current.facts is None


def test_a_newer_version_replaces_the_older_without_a_failed_request(
    tmp_path, export_toy, serving, monkeypatch
):
    export_toy(tmp_path)
    from tfgan.pipelines.serving import application

    monkeypatch.setattr(application, "_POLL_SECONDS", 0.1)
    with serving(tmp_path) as client, concurrent.futures.ThreadPoolExecutor(3) as pool:
        over, answers = threading.Event(), []

        def ask():
            while not over.is_set():
                answers.append(client.predict(QUESTION))

        asking = [pool.submit(ask) for _ in range(3)]
        before = client.predict(QUESTION)
        export_toy(tmp_path, version=2, step=1)
        while client.application._shelf.current.version == 1:
            time.sleep(0.02)
        after = client.predict(QUESTION)
        over.set()
        for each in asking:
            each.result()
        assert before[0] == after[0] == 200 and before != after
        assert all(answer in (before, after) for answer in answers)
        assert client.get("/v1/models/toy")[1]["model_version_status"][0]["version"] == "2"
        assert client.predict(QUESTION, "/v1/models/toy/versions/1:predict")[0] == 404


def test_a_broken_newer_version_leaves_the_older_and_is_told_once(toy_model, tmp_path, caplog):
    shutil.copytree(toy_model / "1", tmp_path / "1")
    shelf = models.Shelf(str(tmp_path))
    (tmp_path / "2").mkdir()
    (tmp_path / "2" / "saved_model.pb").write_bytes(b"broken")
    for _ in range(2):
        shelf.refresh()
    assert shelf.current.version == 1
    told = [record.getMessage() for record in caplog.records if "Version 2" in record.getMessage()]
    assert len(told) == 1 and told[0].startswith("Version 2 cannot be loaded: ")
    # It is tried again, as files may come one after another.
    shutil.rmtree(tmp_path / "2")
    shutil.copytree(toy_model / "1", tmp_path / "2")
    shelf.refresh()
    assert shelf.current.version == 2
    shutil.rmtree(tmp_path / "2")  # back to the older one
    shelf.refresh()
    assert shelf.current.version == 1


def test_a_folder_that_cannot_be_read_for_a_while_leaves_what_is_served(
    toy_model, monkeypatch, caplog
):
    shelf = models.Shelf(str(toy_model))

    def unreachable(_):
        raise OSError("the disk is away")

    with monkeypatch.context() as patched:
        patched.setattr(models, "versions", unreachable)
        shelf.refresh()
        shelf.refresh()
    shelf.refresh()
    assert shelf.current.version == 1
    assert [record.getMessage() for record in caplog.records] == ["the disk is away"]


def test_a_fixed_version_stays(toy_model, tmp_path):
    for name in ("1", "2"):
        shutil.copytree(toy_model / "1", tmp_path / name)
    fixed = [models.Shelf(str(tmp_path), 1), models.Shelf(str(tmp_path / "1"))]
    for shelf in fixed:
        shelf.refresh()
        assert shelf.current.version == 1
