"""What a browser would send."""

from django.test import Client


def inputs(browser: Client, address: str) -> dict[str, str]:
    """What the page's form would send unchanged."""
    form = browser.get(address).context["form"]
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}
