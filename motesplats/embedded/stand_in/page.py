"""The stand-in's page: a column for each telephone or mailbox, with a field to answer from it; a mail can bounce."""

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
        " Svara som familjen: JA, en annan tid, STOP. Brev till en adress som börjar på studsar kommer tillbaka.</p>"
        f"<main>{shown or '<p>Inget än.</p>'}</main></body></html>"
    )


def _inbox(address: str, taken: list[Taken]) -> str:
    form = ""
    last = next((text for text in taken if not text.is_reply), None)
    if last and last.channel == "sms":
        form = _answer(address, to="/reply", name="from", value=address)
    elif last and last.returns_to:
        form = _answer(address, to="/mail-back", name="id", value=last.id) + (
            f'<form method="post" action="/mail-back"><input type="hidden" name="id" value="{escape(last.id)}">'
            "<button>Låt det senaste studsa</button></form>"
        )
    rows = "".join(_row(text) for text in taken)
    return f"<article><h2>{escape(address)}</h2>{form}<ul>{rows}</ul></article>"


def _answer(address: str, *, to: str, name: str, value: str) -> str:
    return (
        f'<form method="post" action="{to}"><input type="hidden" name="{name}" value="{escape(value)}">'
        f'<input name="message" aria-label="Svar från {escape(address)}" placeholder="Svara" required>'
        "<button>Skicka</button></form>"
    )


def _row(text: Taken) -> str:
    at = datetime.fromisoformat(text.at).astimezone()
    about = " · ".join(
        filter(None, [f"{at:%Y-%m-%d %H:%M:%S}", text.subject, "svar" if text.is_reply else ""])
    )
    kind = ' class="reply"' if text.is_reply else ""
    return f'<li dir="auto"{kind}><small dir="ltr">{escape(about)}</small>{escape(text.text)}</li>'
