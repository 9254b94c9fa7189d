"""The image files of a folder, a zip file and a pattern."""

import zipfile

import pytest

from tfgan.runs import translation_inputs


@pytest.fixture
def folder(tmp_path):
    for name in ("b.png", "a.JPG", "x/b.png", "y/c.png", "notes.txt", ".hidden.png", "x/.b.part"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "in"


def names(*arguments):
    return list(translation_inputs.find(*map(str, arguments)).paths)


def test_a_folder_has_the_images_of_its_folders_and_a_file_is_itself(folder):
    assert names(folder) == ["a.JPG", "b.png", "x/b.png", "y/c.png"]
    assert names(f"{folder}/") == names(folder)
    assert names(folder / "x/b.png") == ["b.png"]
    assert translation_inputs.find(str(folder)).content("x/b.png") == b"x/b.png"


def test_names_of_a_pattern_are_relative_to_the_folder_of_all_its_files(folder):
    assert names(folder / "*.png") == ["b.png"]
    assert names(folder / "*/*.png") == ["x/b.png", "y/c.png"]
    found = translation_inputs.find(f"{folder}/?/*.png")
    assert found.content("y/c.png") == b"y/c.png"


def test_a_pattern_of_the_working_directory(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert names("*.png") == ["b.png"]
    assert names("*.png", "out") == ["b.png"]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(folder):
    (folder / "photo[1]*.png").write_text("one")
    assert names(folder / "photo[1]*.png") == ["photo[1]*.png"]


def test_a_zip_file_is_read_without_unpacking_it(folder):
    with zipfile.ZipFile(folder / "all.ZIP", "w") as archive:
        archive.writestr("x/b.png", b"packed")
        archive.writestr("../c.png", b"outside")
    found = translation_inputs.find(f"{folder}/all.ZIP")
    assert sorted(found.paths) == ["c.png", "x/b.png"]
    assert found.content("x/b.png") == b"packed"


def test_files_in_out_are_left_out_where_out_lies_in_the_folder(folder):
    assert names(folder, folder / "x") == ["a.JPG", "b.png", "y/c.png"]
    assert names(folder / "*/*.png", folder / "y") == ["x/b.png"]
    assert names(folder, folder.parent) == names(folder)
    link = folder.parent / "link"
    link.symlink_to(folder / "x")
    assert names(folder, link) == ["a.JPG", "b.png", "y/c.png"]
    for out in (folder, f"{folder}/x/.."):
        with pytest.raises(ValueError, match="out must be a folder that does not hold all of the"):
            names(folder, out)


def test_a_name_that_begins_alike_is_another_folder(tmp_path):
    assert translation_inputs.is_in(f"{tmp_path}/a/b", f"{tmp_path}/a")
    assert translation_inputs.is_in("gs://a/b", "gs://a/")
    assert not translation_inputs.is_in(f"{tmp_path}/ab", f"{tmp_path}/a")


def test_no_image_at_all_is_refused_in_one_sentence(folder):
    (folder / "empty").mkdir()
    for location in ("empty", "nothing*", "nowhere/*.png", "*.txt"):
        with pytest.raises(ValueError, match="a pattern; there is no image at .* \\(.jpg .*\\)."):
            names(folder / location)


def test_a_file_that_went_has_a_clause(folder):
    found = translation_inputs.find(str(folder))
    (folder / "b.png").unlink()
    with pytest.raises(ValueError, match="^there is no such file$"):
        found.content("b.png")
