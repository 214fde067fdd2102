"""What axe finds on a page in the browser, small targets included, which it leaves out unless it is told."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"rules": {"target-size": {"enabled": True}}}


def found_by_axe(page: Page) -> list[str]:
    """The rule and the element of each."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {' '.join(node['html'].split())[:120]}" for one in found for node in one["nodes"]]
