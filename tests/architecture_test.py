"""The plan of the house holds: floors, file sizes, docstrings, and a free `import tfgan`."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tfgan

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("tfgan/**/*.py"), *ROOT.glob("pipelines/**/*.py")])
MAX_LINES = 300

# The one list of floors, lowest first: what is there, and which rooms. BUILD.md and the docstring
# of the package quote it.
FLOORS = [
    (
        "tensors in, tensors out; kinds of data; files, memory and words",
        "losses terms penalties priors divergences likelihoods schedules layers modalities images "
        "text rng replicas typing choices files memory failures provenance parameters extras "
        "terminal words",
    ),
    (
        "build networks, read data, turn images into features, compute figures",
        "networks data extractors metrics",
    ),
    ("one training topology a file; receives built networks", "models"),
    (
        "where networks, losses and data meet; where models, data and metrics meet",
        "recipes evaluation",
    ),
    ("models as files that other programs read, and a server for them", "export serving"),
    ("run directories; a finished run as a value", "runs"),
    ("training as a function: callbacks, devices, the loop", "training"),
    ("experiments: theory, families of models, benchmarks", "studies"),
    ("programs with flags, one verb a file", "pipelines"),
]
ROOMS = [rooms.split() for _, rooms in FLOORS]

# Within a floor nothing goes sideways, except to the one source of randomness, to the one place
# that knows that a batch may be shared by several replicas, and to the names of types.
SIDEWAYS = {
    ("priors", "rng"), ("penalties", "rng"), ("layers", "rng"),
    ("losses", "replicas"), ("penalties", "replicas"), ("layers", "replicas"),
    ("terms", "replicas"), ("rng", "replicas"), ("penalties", "terms"),
    ("images", "files"), ("text", "files"), ("images", "memory"), ("files", "memory"),
    ("failures", "memory"),
    ("terms", "typing"), ("penalties", "typing"), ("priors", "typing"),
    ("modalities", "images"), ("modalities", "text"),
    ("parameters", "schedules"),
}  # fmt: skip


def floor_of(room):
    return next(number for number, rooms in enumerate(ROOMS) if room in rooms)


def room_of(path):
    """The room that a file belongs to; None for tfgan/__init__.py, which imports no other."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "pipelines" or parts == ("tfgan", "__main__"):
        return "pipelines"
    return None if parts == ("tfgan", "__init__") else parts[1]


def imported_rooms(source):
    """The rooms of tfgan that a file's source imports, at its top or inside its functions."""
    rooms = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("tfgan.")}
    return {room for room in rooms if any(room in rooms_of_floor for rooms_of_floor in ROOMS)}


def without_types(source):
    """A file's source without what only type checkers import."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return ast.unparse(tree)


def wrong_imports(room, source):
    return [
        f"{room} imports {other}"
        for other in sorted(imported_rooms(source) - {room})
        if floor_of(other) >= floor_of(room) and (room, other) not in SIDEWAYS
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_only_go_down(path):
    room = room_of(path)
    if room is None:
        assert not imported_rooms(without_types(path.read_text()))
    else:
        assert wrong_imports(room, path.read_text()) == []


def test_an_import_that_goes_up_is_caught():
    assert wrong_imports("losses", "from tfgan.models import GAN") == ["losses imports models"]
    assert wrong_imports("models", "import tfgan.recipes.dcgan") == ["models imports recipes"]
    assert wrong_imports("recipes", "def f():\n    from tfgan import runs") == [
        "recipes imports runs"
    ]


def test_an_import_that_goes_sideways_is_caught():
    assert wrong_imports("networks", "from tfgan.data import mnist5k") == ["networks imports data"]
    assert wrong_imports("losses", "from tfgan import rng") == ["losses imports rng"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_outgrows_its_lines(path):
    assert len(path.read_text().splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_and_public_function_has_a_docstring(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), "the module has none"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has none"


def test_every_room_is_on_a_floor_and_no_floor_has_another():
    rooms = [room for floor in ROOMS for room in floor]
    assert sorted({room_of(path) for path in FILES} - {None}) == sorted(rooms)


def test_the_package_offers_what_it_names_and_imports_it_when_it_is_asked_for():
    assert sorted(tfgan.__all__) == sorted(tfgan._LAZY)
    code = "import sys, tfgan; print('tensorflow' in sys.modules, tfgan.train.__name__)"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["False", "train"]


def test_the_docstring_of_the_package_quotes_the_floors():
    quoted = re.findall(r"^  (\d)  (.+)\n((?:     .+\n)+)", tfgan.__doc__, re.MULTILINE)
    expected = [(str(floor), what, rooms.split()) for floor, (what, rooms) in enumerate(FLOORS)]
    assert [(floor, what, rooms.split()) for floor, what, rooms in quoted] == expected


def test_build_md_quotes_the_floors():
    rows = re.findall(
        r"^\| (\d) \| (.+) \| (.+) \|$", (ROOT / "BUILD.md").read_text(), re.MULTILINE
    )
    quoted = [
        (floor, what, re.findall(r"`(?:tfgan/)?(\w+)/?`", where)) for floor, what, where in rows
    ]
    highest_first = reversed(list(enumerate(FLOORS)))
    assert quoted == [(str(floor), what, rooms.split()) for floor, (what, rooms) in highest_first]


INTERFACES = [path for path in FILES if room_of(path) in ("evaluation", "export")]


@pytest.mark.parametrize("path", INTERFACES, ids=lambda path: str(path.relative_to(ROOT)))
def test_evaluation_and_export_ask_a_model_by_the_methods_of_its_base(path):
    """Neither `hasattr` nor `getattr` with a default, which is the same."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [(call.func.id, len(call.args)) for call in calls if isinstance(call.func, ast.Name)]
    assert {("hasattr", 2), ("getattr", 3)}.isdisjoint(named)


def test_help_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from tfgan.pipelines import main\n"
        "for argv in (['--help'], ['recipes'], *([verb, '--help'] for verb in main.VERBS)):\n"
        "    assert main._run(argv) == 0\n"
        "heavy = {'tensorflow', 'keras', 'kfp', 'google.cloud.aiplatform_v1', 'yaml'}\n"
        "print('imported:', sorted(heavy & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "imported: []"


WRITES = re.compile(r"GFile\([^)]*, \"wb?\"\)")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_written_whole_in_one_place(path):
    if room_of(path) != "files":
        assert not WRITES.search(path.read_text()), "tfgan.files writes files whole"
