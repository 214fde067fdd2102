"""What axe finds wrong with a page; it hands over that alone, for the rest is many times larger."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN = "options => axe.run(options).then(found => found.violations)"


def found_by_axe(page: Page, *also: str) -> list[str]:
    """Each as the rule and the element; `also` names rules that axe asks only when told."""
    page.evaluate(AXE_SCRIPT)
    rules = {name: {"enabled": True} for name in also}
    found = page.evaluate(RUN, {"resultTypes": ["violations"], "rules": rules})
    return [f"{one['id']}: {' '.join(node['html'].split())[:120]}" for one in found for node in one["nodes"]]
