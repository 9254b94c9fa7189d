"""Pages in a real browser, for tests with the mark `browser`."""

import base64
import shutil

import pytest
import tensorflow as tf

WINDOW = {"width": 1100, "height": 900}


@pytest.fixture(scope="package")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not installed"
    with playwright.sync_playwright() as driver:
        rebound = "--host-resolver-rules=MAP evil.example 127.0.0.1"
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", rebound])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Opens the page of a server; whatever the browser complains about fails the test."""
    complaints, pages = [], []

    def open_(client, **settings):
        page = chromium.new_page(viewport=WINDOW, **settings)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: outside(request.url, client))
        page.goto(f"http://127.0.0.1:{client.port}/")
        pages.append(page)
        return page

    def outside(url, client):
        if not url.startswith((f"http://127.0.0.1:{client.port}/", "data:")):
            complaints.append(f"asked for {url}")

    yield open_
    for page in pages:
        page.close()
    assert complaints == []


def until(page, condition):
    """Waits for JavaScript to be true; playwright's own way is an eval, which the page forbids."""
    for _ in range(500):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    raise AssertionError(condition)


def pixels(source):
    return tf.io.decode_png(base64.b64decode(source.partition(",")[2])).numpy()
