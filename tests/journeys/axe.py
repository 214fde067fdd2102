"""What axe finds wrong with a page; it hands over that alone, for the rest is many times larger."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN = "options => axe.run(options).then(found => found.violations)"
# It asks whether targets are large enough only when told.
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def found_by_axe(page: Page) -> list[str]:
    """The rule and the element of each."""
    page.wait_for_load_state()
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, OPTIONS)
    return [f"{one['id']}: {' '.join(node['html'].split())[:120]}" for one in found for node in one["nodes"]]
