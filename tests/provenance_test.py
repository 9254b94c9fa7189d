"""The versions and the code that made a number."""

import types

from tfgan import provenance


def package(folder, **sources):
    """Something like an imported package, with modules of the given text."""
    (folder / "sub").mkdir(parents=True)
    for name, text in sources.items():
        (folder / f"{name.replace('__', '/')}.py").write_text(text)
    return types.SimpleNamespace(__path__=[str(folder)])


def test_the_code_is_told_by_the_content_and_the_names_of_its_files(tmp_path):
    one = provenance.code(package(tmp_path / "a", x="1\n", sub__y="2\n"))
    assert one == provenance.code(package(tmp_path / "b", x="1\n", sub__y="2\n"))
    assert one != provenance.code(package(tmp_path / "c", x="1\n", sub__y="3\n"))
    assert one != provenance.code(package(tmp_path / "d", z="1\n", sub__y="2\n"))
    assert one != provenance.code(package(tmp_path / "e", x="1\n"))
    assert len(one) == 12


def test_the_versions_name_what_numbers_depend_on():
    assert {"tfgan", "tensorflow", "keras", "numpy"} <= set(provenance.versions())
