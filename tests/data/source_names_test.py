import os
import subprocess
import sys

import pytest

from tfgan.data import source_names


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("minst5k", r"received 'minst5k'. Did you mean 'mnist5k'\?"),
        ("image:/data", r"received 'image'. Did you mean 'images'\?"),
        ("/data/faces", "received '/data/faces'. The forms are mnist5k, tfds:NAME"),
        ("images", "The source images needs a name: images:FOLDER"),
        ("tfds:", r"The source tfds needs a name: tfds:NAME\[@SPLIT\]"),
        ("mnist5k:train", "The source mnist5k takes no name; received 'mnist5k:train'"),
    ],
)
def test_other_names_are_refused(name, message):
    with pytest.raises(ValueError, match=message):
        source_names.check_name(name)


def test_a_path_gets_the_name_of_its_source(tmp_path):
    (tmp_path / "a.npz").touch()
    (tmp_path / "b.zip").touch()
    for path, source in ((tmp_path, "images"), (tmp_path / "b.zip", "images")):
        with pytest.raises(ValueError, match=f"use {source}:{path}"):
            source_names.check_name(str(path))
    with pytest.raises(ValueError, match=f"use arrays:{tmp_path}/a.npz"):
        source_names.check_name(f"{tmp_path}/a.npz")


def test_an_unknown_source_is_answered_with_all_forms():
    with pytest.raises(ValueError) as caught:
        source_names.check_name("nothing at all")
    assert all(form in str(caught.value) for form in source_names.SOURCES.values())


def test_a_path_in_a_name_becomes_absolute():
    assert source_names.absolute_name("images:a") == f"images:{os.getcwd()}/a"
    assert source_names.absolute_name("text:a.txt") == f"text:{os.getcwd()}/a.txt"
    for before in ("pairs:", "unpaired:", "pairs:arrays:", "small:tfrecord:"):
        assert source_names.absolute_name(f"{before}a") == f"{before}{os.getcwd()}/a"
    assert source_names.absolute_name("edges:images:a") == f"edges:images:{os.getcwd()}/a"
    for name in (
        "mnist5k",
        "edges:mnist5k",
        "toy:ring",
        "pairs:tfds:a",
        "tfds:mnist",
        "images:gs://bucket/a",
    ):
        assert source_names.absolute_name(name) == name


def test_names_need_neither_tensorflow_nor_numpy():
    code = (
        "import sys; from tfgan.data import source_names; "
        "print({'tensorflow', 'numpy'} & {*sys.modules})"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "set()\n"
