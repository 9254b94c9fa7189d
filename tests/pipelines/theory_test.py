"""`tfgan theory`: table, page, exit code, and checks that fail when a claim is broken."""

import html.parser
import importlib
import json

import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import divergences, losses, penalties
from tfgan.studies import theory

QUICK = ["likelihood", "kl_directions", "criterion", "change_of_variables", "generator_costs",
         "descent", "parallel_lines", "orbit"]  # fmt: skip
TRAINED = [name for name in theory.EXPERIMENTS if name not in QUICK]


def module(name):
    return importlib.import_module(f"tfgan.studies.theory.{name}")


def failed(found):
    """What the checks that do not hold had measured."""
    return [check.what for check in found.checks if not check.passed]


@pytest.mark.parametrize("name", QUICK)
def test_every_check_of_a_quick_experiment_holds(name):
    found = module(name).measure()
    assert failed(found) == []
    assert len(found.checks) >= 4 and found.charts


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAINED)
def test_every_check_of_an_experiment_with_trained_networks_holds(name):
    found = module(name).measure()
    assert failed(found) == []
    assert len(found.checks) >= 3 and found.charts


def test_every_experiment_has_a_module_and_every_module_is_listed():
    folder = importlib.resources.files("tfgan.pipelines") / "theories"
    names = {path.name.removesuffix(".py") for path in folder.iterdir() if path.suffix == ".py"}
    assert names - {"__init__", "chart", "finding", "page", "playing"} == set(theory.EXPERIMENTS)


def test_a_generator_of_the_wrong_sign_fails_the_costs_and_the_descent(monkeypatch):
    def wrong(real_logits, fake_logits):
        return -losses.minimax_generator_loss(real_logits, fake_logits)

    pair = losses.AdversarialLoss(losses.minimax_discriminator_loss, wrong)
    monkeypatch.setattr(losses, "minimax", lambda: pair)
    costs = failed(module("generator_costs").measure())
    assert "minimax: largest relative error of the slope" in costs
    assert not any("non-saturating" in what for what in costs)
    descent = failed(module("descent").measure(steps=5))
    assert "minimax: largest error of a slope" in descent
    assert "minimax: largest rise of the JSD in a step" in descent


def test_the_optimum_of_swapped_densities_fails_the_criterion(monkeypatch):
    right = divergences.optimal_discriminator
    monkeypatch.setattr(divergences, "optimal_discriminator", lambda p, q: right(q, p))
    assert failed(module("criterion").measure()) == [
        "|argmax of V over D - D*|, searched point by point"
    ]


def test_a_divergence_of_half_the_size_fails_the_criterion(monkeypatch):
    right = divergences.jensen_shannon
    monkeypatch.setattr(divergences, "jensen_shannon", lambda *args: 0.5 * right(*args))
    assert failed(module("criterion").measure()) == [
        "|C - (-log 4 + 2 JSD)| at its largest, 81 generators"
    ]


def test_a_discriminator_loss_without_its_real_half_fails_the_criterion(monkeypatch):
    monkeypatch.setattr(
        losses, "minimax_discriminator_loss", lambda real, fake: tf.nn.softplus(fake)
    )
    assert failed(module("criterion").measure()) != []


def test_a_critic_without_a_penalty_finds_far_more_than_w1(monkeypatch):
    monkeypatch.setattr(
        penalties, "wasserstein_gradient_penalty", lambda critic, real, fake, seed: real[:, 0] * 0
    )
    monkeypatch.setattr(module("critic"), "_GENERATORS", ((1.0, 0.5),))
    [check] = module("critic").measure(steps=100).checks
    assert check.measured > 2.0 * check.expected


def test_r1_of_half_its_size_does_not_pass_for_r1(monkeypatch):
    right = penalties.r1
    monkeypatch.setattr(penalties, "r1", lambda *args: 0.5 * right(*args))
    assert "R1: x at the end" in failed(module("orbit").measure())


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
        if tag != "meta":
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
    assert page.counts["svg"] == 3
    assert set(page.loads) == {"#likelihood", "#parallel_lines"}
    assert not any(tag in page.counts for tag in ("script", "img", "link", "iframe"))
    assert (tmp_path / "page.json").exists()


def test_a_check_that_fails_is_told_and_gives_exit_code_1(monkeypatch, capsys):
    monkeypatch.setattr(divergences, "wasserstein1", lambda x, y: 0.0)
    assert main._run(["theory", "--only=parallel_lines"]) == 1
    out = capsys.readouterr().out
    assert "  FAILS lower bound of W1" in out
    assert "8 of 9 checks hold" in out


def test_an_experiment_that_is_none_is_refused(capsys):
    assert main._run(["theory", "--only=orbits"]) == 2
    err = capsys.readouterr().err
    assert err == "tfgan theory: There is no experiment 'orbits'; there is orbit.\n"


def test_a_page_that_cannot_be_written_is_one_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    code = main._run(["theory", "--only=parallel_lines", f"--out={tmp_path}/file/x.html"])
    err = capsys.readouterr().err.splitlines()[-1]
    assert code == 1
    assert err.startswith(f"tfgan theory: {tmp_path}/file/x.html cannot be written: ")
