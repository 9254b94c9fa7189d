import numpy as np

from tfgan.data import fingerprint


def write(folder, **contents):
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return list(contents), [str(folder / name) for name in contents], [*map(len, contents.values())]


def test_a_moved_folder_keeps_its_fingerprint(tmp_path):
    prints = []
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        prints.append(fingerprint.of_files(*write(tmp_path / name, a=b"1", b=b"22")))
    assert prints[0] == prints[1]


def test_names_sizes_and_content_count(tmp_path):
    prints = [
        fingerprint.of_files(*write(tmp_path, a=b"1", b=b"22")),
        fingerprint.of_files(*write(tmp_path, a=b"1", b=b"23")),
        fingerprint.of_files(*write(tmp_path, a=b"1", b=b"222")),
        fingerprint.of_files(*write(tmp_path, a=b"1", c=b"22")),
    ]
    assert len(set(prints)) == 4


def test_large_arrays_are_sampled(monkeypatch):
    monkeypatch.setattr(fingerprint, "FULL", 100)
    data = np.arange(1000)
    before = fingerprint.of_arrays(data=data)
    data[-1] = 0  # the last row is always among the samples
    assert fingerprint.of_arrays(data=data) != before
    assert fingerprint.of_arrays(data=data[:999]) != fingerprint.of_arrays(data=data)


def test_a_missing_array_is_no_array():
    data = np.arange(3)
    assert fingerprint.of_arrays(data=data, label=None) == fingerprint.of_arrays(data=data)


def test_facts_do_not_depend_on_their_order():
    assert fingerprint.of_json({"a": 1, "b": 2}) == fingerprint.of_json({"b": 2, "a": 1})
    assert fingerprint.of_json({"a": 1}) != fingerprint.of_json({"a": 2})
