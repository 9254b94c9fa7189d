"""`tfgan theory`: table, page and exit code."""

import html.parser
import json
import sys

from tfgan.pipelines import main

from tfgan import divergences


def test_the_command_prints_a_table_and_writes_a_page_and_figures(tmp_path, capsys):
    code = main._run(["theory", "--only=parallel_lines,generator_costs", f"--out={tmp_path}/new"])
    out, err = capsys.readouterr()
    assert code == 0
    assert err.splitlines() == ["1 of 2: generator_costs", "2 of 2: parallel_lines"]
    assert out.count("  holds ") == 15 and "FAILS" not in out
    assert "15 of 15 checks hold" in out
    assert f"Page: {tmp_path}/new/theory.html" in out
    figures = json.loads((tmp_path / "new" / "theory.json").read_text())
    experiments = figures["experiments"]
    assert list(experiments) == ["generator_costs", "parallel_lines"]
    assert all(each["passed"] for each in experiments.values())
    [kl] = [c for c in experiments["parallel_lines"]["checks"] if c["what"].startswith("KL")]
    assert (kl["measured"], kl["expected"]) == ("inf", "inf")


class Page(html.parser.HTMLParser):
    """Counts the elements, checks that they close, and keeps what would be loaded."""

    def __init__(self, text):
        super().__init__()
        self.open, self.counts, self.loads = [], {}, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.loads += [value for name, value in attributes if name in ("src", "href")]
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.counts[tag] = self.counts.get(tag, 0) + 1

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_stands_on_its_own(tmp_path):
    path = tmp_path / "page.html"
    assert main._run(["theory", "--only=parallel_lines,likelihood", f"--out={path}"]) == 0
    page = Page(path.read_text())
    assert page.open == []
    assert page.counts["img"] == 3
    pictures = {load for load in page.loads if load.startswith("data:image/svg+xml;base64,")}
    assert set(page.loads) - pictures == {"#likelihood", "#parallel_lines"}
    assert not any(tag in page.counts for tag in ("script", "link", "iframe"))
    assert (tmp_path / "page.json").exists()


def test_a_check_that_fails_is_shown_and_gives_exit_code_1(monkeypatch, capsys):
    monkeypatch.setattr(divergences, "wasserstein1", lambda x, y: 0.0)
    assert main._run(["theory", "--only=parallel_lines"]) == 1
    out = capsys.readouterr().out
    assert "  FAILS lower bound of W1" in out
    assert "8 of 9 checks hold" in out


def test_an_unknown_experiment_is_refused(capsys):
    assert main._run(["theory", "--only=orbits"]) == 2
    assert capsys.readouterr().err == (
        "tfgan theory: --only must be one of 14 names; received 'orbits'. Did you mean 'orbit'?\n"
    )


def test_a_missing_package_is_one_sentence_before_anything_is_measured(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main._run(["theory", "--only=parallel_lines", "--out=x.html"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tfgan theory: --out needs the extra studies (") and err.count("\n") == 1


def test_a_page_that_cannot_be_written_is_one_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    code = main._run(["theory", "--only=parallel_lines", f"--out={tmp_path}/file/x.html"])
    err = capsys.readouterr().err.splitlines()[-1]
    assert code == 1
    assert err.startswith(f"tfgan theory: {tmp_path}/file/x.html cannot be written: ")
