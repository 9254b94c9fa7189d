"""The architecture holds: levels, file sizes, docstrings, and a free `import tfgan`."""

import ast
import re
import subprocess
import sys

import tfgan

from .sources import FILES, ROOT, SOURCES, offenders
from .tested_elsewhere import TESTED_AS_FAMILIES, TESTED_ELSEWHERE

TESTS = ROOT / "tests"
MAX_LINES = 300
UNTESTED_LINES = 40  # of a file that needs no test file of its own

# The one list of levels, lowest first: their purpose and their packages. CONTRIBUTING.md and the
# docstring of tfgan quote it.
LEVELS = [
    (
        "tensors in, tensors out; kinds of data; files, memory and words",
        "losses terms penalties priors divergences likelihoods schedules layers modalities images "
        "augmentations text rng philox replicas typing choices files memory failures provenance "
        "parameters extras terminal words summaries",
    ),
    (
        "build networks, read data, turn images into features, compute figures",
        "networks data extractors metrics",
    ),
    ("one training topology per file; tools on latents", "models latents"),
    (
        "where networks, losses and data meet; where models, data and metrics meet",
        "recipes evaluation",
    ),
    ("models as files that other programs read, and a server for them", "export serving"),
    ("run directories; a finished run as a value", "runs"),
    ("training as a function: callbacks, devices, the loop", "training"),
    ("experiments: theory, families of models, benchmarks", "studies"),
    ("programs with flags, one verb per file", "pipelines"),
]
PACKAGES = [packages.split() for _, packages in LEVELS]

# Nothing imports from its own level, except the one source of randomness, the one module for
# batches that several replicas share, the names of types, and the server the schema of what it
# serves.
SAME_LEVEL = {
    ("priors", "rng"), ("penalties", "rng"), ("layers", "rng"), ("terms", "rng"),
    ("augmentations", "rng"), ("augmentations", "words"),
    ("layers", "augmentations"),
    ("losses", "replicas"), ("penalties", "replicas"), ("layers", "replicas"),
    ("terms", "replicas"), ("rng", "replicas"), ("rng", "philox"), ("penalties", "terms"),
    ("images", "files"), ("text", "files"), ("images", "memory"), ("files", "memory"),
    ("failures", "memory"), ("files", "failures"),
    ("terms", "typing"), ("penalties", "typing"), ("priors", "typing"),
    ("modalities", "images"), ("modalities", "text"), ("modalities", "words"),
    ("parameters", "augmentations"), ("parameters", "schedules"), ("parameters", "words"),
    ("losses", "words"),
    ("serving", "export"),
}  # fmt: skip


def level_of(package):
    return next(number for number, packages in enumerate(PACKAGES) if package in packages)


def package_of(path):
    """The package that a file belongs to; None for tfgan/__init__.py, which imports no other."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "pipelines" or parts == ("tfgan", "__main__"):
        return "pipelines"
    return None if parts == ("tfgan", "__init__") else parts[1]


def imported_packages(source):
    """The packages of tfgan that a file's source imports, at its top or inside its functions."""
    packages = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        packages |= {name.split(".")[1] for name in names if name.startswith("tfgan.")}
    return packages & {package for level in PACKAGES for package in level}


def without_types(source):
    """A file's source without what only type checkers import."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return ast.unparse(tree)


def wrong_imports(package, source):
    return [
        f"{package} imports {other}"
        for other in sorted(imported_packages(source) - {package})
        if level_of(other) >= level_of(package) and (package, other) not in SAME_LEVEL
    ]


def test_modules_import_only_from_lower_levels():
    def wrong(path):
        package = package_of(path)
        if package is None:
            return imported_packages(without_types(SOURCES[path]))
        return wrong_imports(package, SOURCES[path])

    assert offenders(wrong) == {}


def test_an_import_from_a_higher_level_is_reported():
    assert wrong_imports("losses", "from tfgan.models import GAN") == ["losses imports models"]
    assert wrong_imports("models", "import tfgan.recipes.dcgan") == ["models imports recipes"]
    assert wrong_imports("recipes", "def f():\n    from tfgan import runs") == [
        "recipes imports runs"
    ]


def test_an_import_from_the_same_level_is_reported():
    assert wrong_imports("networks", "from tfgan.data import mnist5k") == ["networks imports data"]
    assert wrong_imports("losses", "from tfgan import rng") == ["losses imports rng"]


def test_no_file_outgrows_its_lines():
    def excess(path):
        return max(0, lines_of(path) - MAX_LINES)

    assert offenders(excess) == {}


def test_every_module_and_public_function_has_a_docstring():
    def undocumented(path):
        tree = ast.parse(SOURCES[path])
        public = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        return [
            getattr(node, "name", "the module")
            for node in (tree, *public)
            if not ast.get_docstring(node)
        ]

    assert offenders(undocumented) == {}


def test_every_package_is_on_a_level_and_no_level_has_another():
    packages = [package for level in PACKAGES for package in level]
    assert sorted({package_of(path) for path in FILES} - {None}) == sorted(packages)


def test_the_package_offers_what_it_names_and_imports_it_when_it_is_asked_for():
    assert sorted(tfgan.__all__) == sorted(tfgan._LAZY)
    code = "import sys, tfgan; print('tensorflow' in sys.modules, tfgan.train.__name__)"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["False", "train"]


def test_the_docstring_of_the_package_quotes_the_levels():
    quoted = re.findall(r"^  (\d)  (.+)\n((?:     .+\n)+)", tfgan.__doc__, re.MULTILINE)
    expected = [(str(level), what, names.split()) for level, (what, names) in enumerate(LEVELS)]
    assert [(level, what, names.split()) for level, what, names in quoted] == expected


def test_contributing_md_quotes_the_levels():
    rows = re.findall(
        r"^\| (\d) \| (.+) \| (.+) \|$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE
    )
    quoted = [
        (level, what, re.findall(r"`(?:tfgan/)?(\w+)/?`", where)) for level, what, where in rows
    ]
    highest_first = reversed(list(enumerate(LEVELS)))
    assert quoted == [(str(level), what, names.split()) for level, (what, names) in highest_first]


def test_evaluation_and_export_use_the_methods_of_the_base_model():
    """Neither `hasattr` nor `getattr` with a default, which is the same."""

    def guesses(path):
        if package_of(path) not in ("evaluation", "export"):
            return []
        calls = [node for node in ast.walk(ast.parse(SOURCES[path])) if isinstance(node, ast.Call)]
        names = [
            (call.func.id, len(call.args)) for call in calls if isinstance(call.func, ast.Name)
        ]
        return {("hasattr", 2), ("getattr", 3)}.intersection(names)

    assert offenders(guesses) == {}


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


def test_tfgan_files_alone_writes_whole_files():
    def writes(path):
        return package_of(path) != "files" and WRITES.search(SOURCES[path])

    assert offenders(writes) == {}


def lines_of(path):
    return len(SOURCES[path].splitlines())


def lists_only(path):
    """Whether a file defines nothing but what it imports lazily, as an `__init__.py` may."""
    nodes = ast.walk(ast.parse(SOURCES[path]))
    names = [node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return set(names) <= {"__getattr__", "__dir__"}


def expected_test(path):
    """Where the tests of a source file are: a path below `tests/`, as text."""
    folders = path.relative_to(ROOT).with_suffix("").parts
    folders = folders[1:] if folders[0] == "tfgan" else folders
    if folders[-1] == "__init__":  # the name of the package, inside it
        folders = (*folders[:-1], *folders[-2:-1])
    return f"{'/'.join(folders)}_test.py"


def test_every_file_of_more_than_40_lines_has_a_test_file_of_its_name():
    untested = offenders(
        lambda path: (
            lines_of(path) > UNTESTED_LINES
            and not lists_only(path)
            and not (TESTS / expected_test(path)).exists()
        )
    )
    untested = {name for name in untested if not name.startswith(tuple(TESTED_AS_FAMILIES))}
    # Of tests/tested_elsewhere.py: what is missing there, and what has a test file by now.
    assert (untested - set(TESTED_ELSEWHERE), set(TESTED_ELSEWHERE) - untested) == (set(), set())


def test_the_tests_that_are_said_to_test_other_files_exist():
    reasons = [*TESTED_AS_FAMILIES.values(), *TESTED_ELSEWHERE.values()]
    names = [name for reason in reasons for name in re.findall(r"[\w/]+/\w+_test\.py", reason)]
    assert [name for name in names if not (TESTS / name).exists()] == []
