"""Run the stand-in: `python -m motesplats.embedded.stand_in FOLDER HTTP_PORT SMTP_PORT [REPLIES_TO MAILS_TO]`."""

import sys
import threading
from pathlib import Path

from motesplats.embedded.stand_in.box import Box
from motesplats.embedded.stand_in.gateway import SmsServer
from motesplats.embedded.stand_in.smtp import SmtpServer


def main(folder: Path, http_port: int, smtp_port: int, replies_to: str = "", mails_to: str = "") -> None:
    """Serve until the process is ended."""
    box = Box(folder / "taken.jsonl")
    mail = SmtpServer(smtp_port, box, mails_to=mails_to)
    threading.Thread(target=mail.serve_forever, daemon=True).start()
    SmsServer(http_port, box, replies_to=replies_to, mails_to=mails_to).serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:6])
