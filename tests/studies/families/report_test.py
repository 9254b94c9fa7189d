"""One comparison as text, Markdown, a page and JSON."""

import json

import pytest

from tfgan.studies.families import report


def test_a_terminal_gets_narrow_tables_and_one_sentence_per_claim(results):
    text = report.text(results)
    tables, sentences = text.partition("\nAbstraction, VAE: ")[::2]
    assert max(map(len, tables.splitlines())) <= 4 * 20 + 3 * 2
    assert sentences.startswith("agrees (Yes). A linear classifier reads 90.0%")
    assert "Each family had 60 s of training on mnist5k, seed 0, 2 cores." in text


def test_markdown_has_both_tables_and_escapes_their_separator(results):
    text = report.markdown(results, {"VAE": "vae.png"})
    assert "| As claimed | VAE | Adversarial autoencoder |\n| --- | --- | --- |\n" in text
    assert "No \\| code." in text
    assert "- **Type, VAE**: agrees (“Directed”). The graph is directed." in text
    assert "VAE:\n\n![VAE](vae.png)" in text


def test_the_page_has_the_pictures_in_it(results):
    page = report.as_html(results, {"VAE": b"\x89PNG"})
    assert '<img src="data:image/png;base64,iVBORw==" alt="Samples: VAE">' in page
    assert "<td>Adversarial autoencoder</td>" not in page  # the lecture claims nothing about it
    assert page.count("<tr><th>Compute P(X)</th>") == 3  # claimed, measured and judged


def test_json_has_strings_for_what_it_lacks(results):
    content = json.loads(report.as_json(results))
    assert content["families"]["aae"]["recipe"] == "aae"
    samples = content["families"]["aae"]["measured"]["samples"]
    assert samples["as stored"]["fd_digits"]["value"] == "inf"
    assert content["verdicts"][0]["claim"] == "Yes"
    assert content["tables"]["claimed"][0] == ["As claimed", "VAE", "Adversarial autoencoder"]


@pytest.mark.parametrize(
    "name", ["comparison.json", "comparison.md", "comparison.html", "samples-real-examples.png"]
)
def test_four_kinds_of_files_are_written(results, tmp_path, name):
    report.write(str(tmp_path), results)
    assert (tmp_path / name).stat().st_size > 60
