import pytest

from tfgan.data.sources.domains import class_files


class Archive:
    """A folder of one file, or several."""

    name = "pairs:f"

    def __init__(self, **files):
        self._files = {name.replace("_", "."): text for name, text in files.items()}
        self.others = list(self._files)

    def size(self, name):
        return len(self._files[name])

    def content(self, name):
        assert self.size(name) <= 2**20, "a large file must not be read"
        return self._files[name].encode()


def test_a_text_has_one_class_per_line():
    known = class_files.find(Archive(classes_txt="ground\n\ntraffic light\n"))
    assert known.masks.class_names == ("ground", "traffic light")
    assert not known.has_colors and known.domain == ""


@pytest.mark.parametrize(
    "line", ["sky 90 120 255", "sky,90,120,255", "sky\t90\t120\t255", "sky; 90 120 255"]
)
def test_a_line_may_have_a_color(line):
    known = class_files.find(Archive(classes_txt=f"lane 2 0 0 0\n{line}"))
    assert known.masks.class_names == ("lane 2", "sky")
    assert known.masks.palette == ((0, 0, 0), (90, 120, 255)) and known.has_colors


def test_json_may_say_the_domain():
    text = '{"class_names": ["a", "b"], "palette": [[0, 0, 0], [1, 2, 3]], "masks": "B"}'
    known = class_files.find(Archive(classes_json=text))
    assert known.masks.palette == ((0, 0, 0), (1, 2, 3)) and known.domain == "B"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a 1 2 3\nb 4 5 6\nc 1 2 3", "(1, 2, 3) for a and c"),
        ("a 1 2 3\nb 4 5 6\nc 4 5 6\nd 1 2 3", "(4, 5, 6) for b and c"),
        ("a 1 2 3\nb 4 5 6", ""),
        ("a\nb", ""),
    ],
)
def test_classes_of_one_color_are_named(text, words):
    assert class_files.find(Archive(classes_txt=text)).alike == words


def test_other_files_do_not_speak_of_classes():
    assert class_files.find(Archive(readme_txt="a")) is None


@pytest.mark.parametrize("name", ["classes_txt", "classes_json"])
def test_a_large_file_is_refused_before_it_is_read(name):
    with pytest.raises(ValueError, match=r"classes.* must have 1.0 MiB at most; received 2.0 MiB"):
        class_files.find(Archive(**{name: "a" * 2**21}))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"classes_txt": "a", "classes_json": "{}"},
            "one file of classes; received classes.txt and",
        ),
        ({"classes_txt": "a 1 2 3\nb"}, "must give a color for all classes or for none"),
        ({"classes_txt": "a 1 2 3\nb 1 2 300"}, "colors of numbers in 0..255"),
        ({"classes_txt": "a\na"}, "must name each class once"),
        (
            {"classes_txt": ""},
            "classes.txt: class_names of masks must be 1 to 256 names; received 0",
        ),
        ({"classes_json": '{"names": ["a"]}'}, "classes.json is not a list of classes"),
        (
            {"classes_json": '{"class_names": ["a"], "palette": [[1, 2]]}'},
            "is not a list of classes",
        ),
        (
            {"classes_json": '{"class_names": ["a", "b"], "palette": [[1, 2, 3]]}'},
            r"one color per class \(2\); received 1",
        ),
    ],
)
def test_files_of_another_form_are_refused(files, sentence):
    with pytest.raises(ValueError, match=sentence):
        class_files.find(Archive(**files))
