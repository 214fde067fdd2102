"""The stand-in's page: a column for each telephone or mailbox, with a field to answer from it."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from motesplats.embedded.stand_in.box import Taken

STYLE = """
:root { font: 1rem/1.5 system-ui, sans-serif; color: #17212b; }
body { margin: 1rem auto; max-inline-size: 75rem; padding-inline: 1rem; }
main { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
article { border: 1px solid #ccd5dd; border-radius: 12px; padding: 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
li { background: #f3f6f8; border-radius: 12px; padding: .75rem; margin-block-end: .75rem; white-space: pre-wrap; }
li.reply { background: #e2eff1; margin-inline-start: 2rem; }
ul { list-style: none; padding: 0; margin: 0; }
small { color: #4a5765; display: block; }
form { display: flex; gap: .5rem; margin-block-end: 1rem; }
input, button { font: inherit; min-block-size: 44px; padding-inline: .75rem; }
input { flex: 1; min-inline-size: 0; }
"""


def page(texts: Iterable[Taken]) -> str:
    """The whole page; newest first."""
    inboxes: dict[str, list[Taken]] = {}
    for text in texts:
        inboxes.setdefault(text.sender if text.is_reply else text.to, []).insert(0, text)
    found = sorted(inboxes.items(), key=lambda inbox: inbox[1][0].at, reverse=True)
    shown = "".join(_inbox(address, taken) for address, taken in found)
    return (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Det som skulle ha kommit fram</title><style>{STYLE}</style></head><body>"
        "<h1>Det som skulle ha kommit fram</h1>"
        "<p>Demon skickar ingenting på riktigt. Här står varje sms och e-postbrev som en familj skulle ha fått."
        " Svara som familjen: JA, en annan tid, STOP.</p>"
        f"<main>{shown or '<p>Inget än.</p>'}</main></body></html>"
    )


def _inbox(address: str, taken: list[Taken]) -> str:
    form = ""
    if any(text.channel == "sms" for text in taken):
        form = (
            '<form method="post" action="/reply">'
            f'<input type="hidden" name="from" value="{escape(address)}">'
            f'<input name="message" aria-label="Svar från {escape(address)}" placeholder="Svara" required>'
            "<button>Skicka</button></form>"
        )
    rows = "".join(_row(text) for text in taken)
    return f"<article><h2>{escape(address)}</h2>{form}<ul>{rows}</ul></article>"


def _row(text: Taken) -> str:
    at = datetime.fromisoformat(text.at).astimezone()
    about = " · ".join(
        filter(None, [f"{at:%Y-%m-%d %H:%M:%S}", text.subject, "svar" if text.is_reply else ""])
    )
    kind = ' class="reply"' if text.is_reply else ""
    return f'<li dir="auto"{kind}><small dir="ltr">{escape(about)}</small>{escape(text.text)}</li>'
