"""What a generated client does; run where it lies, with address and office in the environment."""

import json
import os
from datetime import date

from client import AuthenticatedClient  # type: ignore[import-not-found]
from client.api.chains import book_chain, consents  # type: ignore[import-not-found]
from client.api.parties import parties  # type: ignore[import-not-found]
from client.api.proposals import propose  # type: ignore[import-not-found]
from client.models import BookingRequest, ProposalSearchRequest  # type: ignore[import-not-found]

office = json.loads(os.environ["OFFICE"])
us = AuthenticatedClient(base_url=os.environ["ADDRESS"], token=office["token"])
first = parties.sync(client=us)
second = parties.sync(client=us, offset=len(first.results))
question = consents.sync(office["chains"][0], client=us).results[0]
party = office["parties"][0]
wanted = {"party": party, "site": "norrkoping", "track": 1}
days = {"from_": date.fromisoformat(office["first"]), "to": date.fromisoformat(office["last"])}
proposal = propose.sync(client=us, body=ProposalSearchRequest(**wanted, **days)).proposals[0]
chain = book_chain.sync(client=us, body=BookingRequest(party=party, proposal=proposal.id))
refused = book_chain.sync(client=us, body=BookingRequest(party=office["parties"][1], proposal="none"))
print(
    json.dumps(
        {
            "pages": [first.count, len(first.results), len(second.results)],
            "consent": [str(question.category), len(question.answers), question.answers[0].state],
            "booked": [chain.party, str(chain.state), len(chain.meetings)],
            "refused": [type(refused).__name__, str(refused.type_), refused.violations[0].pointer],
        }
    )
)
