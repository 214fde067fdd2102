"""Who gets where: every address and method, by role. A new address takes one line here.

`+` is let in (a form that is refused counts), `>` is sent to sign in (401 in the API), `x` is told that this is not for
the role (403), `0` is told that nothing is there (404), `-` is told that the address does not do that (405).
"""

ROLES = (
    "nobody",
    "newcomer",  # has opened the link
    "own",  # caseworker of the agency that summons
    "met",  # caseworker of another agency that the party meets at this site
    "other",  # caseworker of that agency at another site
    "coordinator",
    "manager",  # of the agency that summons
    "host",
    "secretariat",
)

MATRIX = """
GET  /                                            > > + + + + + + +
POST /                                            > > - - - - - - -
GET  /admin/                                      > > x x x x x x x
POST /admin/                                      > > x x x x x x x
GET  /api/                                        0 0 0 0 0 0 0 0 0
POST /api/                                        0 0 0 0 0 0 0 0 0
GET  /api/v1/                                     + + + + + + + + +
POST /api/v1/                                     - - - - - - - - -
GET  /api/v1/chains/                              > > + + + + + + +
POST /api/v1/chains/                              > > + + + x + x x
GET  /api/v1/chains/<reference>/                  > > + + 0 0 + 0 0
POST /api/v1/chains/<reference>/                  > > - - - x - x x
GET  /api/v1/chains/<reference>/attendance/       > > - - - - - - -
POST /api/v1/chains/<reference>/attendance/       > > + + 0 x + x x
GET  /api/v1/chains/<reference>/cancel/           > > - - - - - - -
POST /api/v1/chains/<reference>/cancel/           > > + 0 0 x + x x
GET  /api/v1/chains/<reference>/check-in/         > > - - - - - - -
POST /api/v1/chains/<reference>/check-in/         > > + + 0 x + x x
GET  /api/v1/chains/<reference>/consents/         > > + + 0 0 + 0 0
POST /api/v1/chains/<reference>/consents/         > > + + 0 x + x x
GET  /api/v1/chains/<reference>/move/             > > - - - - - - -
POST /api/v1/chains/<reference>/move/             > > + 0 0 x + x x
GET  /api/v1/chains/<reference>/summons.pdf       > > + 0 0 0 + 0 0
POST /api/v1/chains/<reference>/summons.pdf       > > - - - x - x x
GET  /api/v1/checklists/<reference>/              > > + + 0 0 + 0 0
POST /api/v1/checklists/<reference>/              > > - - - x - x x
GET  /api/v1/checklists/<reference>/steps/<key>/  > > - - - - - - -
POST /api/v1/checklists/<reference>/steps/<key>/  > > 0 0 0 x 0 x x
GET  /api/v1/legal-bases/                         > > + + + + + + +
POST /api/v1/legal-bases/                         > > - - - x - x x
GET  /api/v1/parties/                             > > + + + + + + +
POST /api/v1/parties/                             > > + + + x + x x
GET  /api/v1/parties/<reference>/                 > > + 0 0 0 + 0 0
POST /api/v1/parties/<reference>/                 > > - - - x - x x
GET  /api/v1/proposals/                           > > - - - - - - -
POST /api/v1/proposals/                           > > + + + x + x x
GET  /api/v1/schema/                              + + + + + + + + +
POST /api/v1/schema/                              - - - - - - - - -
GET  /api/v1/sites/                               > > + + + + + + +
POST /api/v1/sites/                               > > - - - x - x x
GET  /api/v1/tracks/                              > > + + + + + + +
POST /api/v1/tracks/                              > > - - - x - x x
GET  /api/v1/visits/                              > > + + + + + + +
POST /api/v1/visits/                              > > - - - x - x x
GET  /chains/<reference>/                         > > + 0 0 0 + 0 0
POST /chains/<reference>/                         > > - - - - - - -
GET  /chains/<reference>/attendance/              > > - - - - - - -
POST /chains/<reference>/attendance/              > > + + 0 0 + 0 0
GET  /chains/<reference>/cancel/                  > > + 0 0 0 + 0 0
POST /chains/<reference>/cancel/                  > > + 0 0 0 + 0 0
GET  /chains/<reference>/consents/                > > + + 0 0 + 0 0
POST /chains/<reference>/consents/                > > 0 0 0 0 0 0 0
GET  /chains/<reference>/move/                    > > + 0 0 0 + 0 0
POST /chains/<reference>/move/                    > > + 0 0 0 + 0 0
GET  /chains/<reference>/renew/<adult>/           > > + 0 0 0 + 0 0
POST /chains/<reference>/renew/<adult>/           > > + 0 0 0 + 0 0
GET  /chains/<reference>/summons.pdf              > > + 0 0 0 + 0 0
POST /chains/<reference>/summons.pdf              > > - - - - - - -
GET  /checklists/<reference>/                     > > + + 0 0 + 0 0
POST /checklists/<reference>/                     > > - - - - - - -
GET  /checklists/<reference>/note/                > > - - - - - - -
POST /checklists/<reference>/note/                > > + 0 0 0 + 0 0
GET  /checklists/<reference>/referrals/<code>/    > > - - - - - - -
POST /checklists/<reference>/referrals/<code>/    > > 0 0 0 0 0 0 0
GET  /checklists/<reference>/steps/<key>/         > > - - - - - - -
POST /checklists/<reference>/steps/<key>/         > > 0 0 0 0 0 0 0
GET  /checklists/templates/                       > > 0 0 0 + 0 0 0
POST /checklists/templates/                       > > - - - - - - -
GET  /checklists/templates/<site>/<track>/        > > 0 0 0 + 0 0 0
POST /checklists/templates/<site>/<track>/        > > 0 0 0 + 0 0 0
GET  /d/<token>                                   + + + + + + + + +
POST /d/<token>                                   + + + + + + + + +
GET  /d/<token>/checklist                         + + + + + + + + +
POST /d/<token>/checklist                         + + + + + + + + +
GET  /d/<token>/consents                          + + + + + + + + +
POST /d/<token>/consents                          + + + + + + + + +
GET  /d/<token>/key                               + + + + + + + + +
POST /d/<token>/key                               + + + + + + + + +
GET  /d/<token>/readings                          + + + + + + + + +
POST /d/<token>/readings                          - - - - - - - - -
GET  /d/<token>/receipts/<key>                    + 0 + + + + + + +
POST /d/<token>/receipts/<key>                    - - - - - - - - -
GET  /extracts/<key>/                             > > 0 0 0 0 0 0 0
POST /extracts/<key>/                             > > - - - - - - -
GET  /extracts/<key>/extract.json                 > > 0 0 0 0 0 0 0
POST /extracts/<key>/extract.json                 > > - - - - - - -
GET  /extracts/<key>/extract.pdf                  > > 0 0 0 0 0 0 0
POST /extracts/<key>/extract.pdf                  > > - - - - - - -
GET  /figures.csv                                 > > x x x x x x +
POST /figures.csv                                 > > - - - - - - -
GET  /figures/                                    > > x x x x x x +
POST /figures/                                    > > - - - - - - -
GET  /language/                                   + + + + + + + + +
POST /language/                                   + + + + + + + + +
GET  /my-sign-in/                                 > > + + + + + + +
POST /my-sign-in/                                 > > - - - - - - -
GET  /my-sign-in/again/                           > > + + + + + + +
POST /my-sign-in/again/                           > > + + + + + + +
GET  /my-sign-in/again/passkey/                   > > + + + + + + +
POST /my-sign-in/again/passkey/                   > > + + + + + + +
GET  /my-sign-in/app/                             > > + + + + + + +
POST /my-sign-in/app/                             > > + + + + + + +
GET  /my-sign-in/app/remove/                      > > + + + + + + +
POST /my-sign-in/app/remove/                      > > + + + + + + +
GET  /my-sign-in/codes/                           > > 0 0 0 0 0 0 0
POST /my-sign-in/codes/                           > > - - - - - - -
GET  /my-sign-in/codes/new/                       > > + + + + + + +
POST /my-sign-in/codes/new/                       > > + + + + + + +
GET  /my-sign-in/passkey/                         > > + + + + + + +
POST /my-sign-in/passkey/                         > > + + + + + + +
GET  /my-sign-in/passkey/<pk>/remove/             > > 0 0 0 0 0 0 0
POST /my-sign-in/passkey/<pk>/remove/             > > 0 0 0 0 0 0 0
GET  /my-sign-in/token/                           > > - - - - - - -
POST /my-sign-in/token/                           > > + + + + + + +
GET  /my-sign-in/token/end/                       > > - - - - - - -
POST /my-sign-in/token/end/                       > > + + + + + + +
GET  /new-staff/                                  > > x x x x + x x
POST /new-staff/                                  > > x x x x + x x
GET  /openings/                                   > > 0 0 0 0 + 0 0
POST /openings/                                   > > 0 0 0 0 + 0 0
GET  /parties/                                    > > + + + + + + +
POST /parties/                                    > > - - - - - - -
GET  /parties/<reference>/                        > > + 0 0 0 + 0 0
POST /parties/<reference>/                        > > - - - - - - -
GET  /parties/<reference>/book/                   > > + 0 0 0 + 0 0
POST /parties/<reference>/book/                   > > + 0 0 0 + 0 0
GET  /parties/<reference>/identity/               > > 0 0 0 0 0 0 0
POST /parties/<reference>/identity/               > > 0 0 0 0 0 0 0
GET  /parties/<reference>/protect/                > > + 0 0 0 + 0 0
POST /parties/<reference>/protect/                > > + 0 0 0 + 0 0
GET  /parties/<reference>/unprotect/              > > 0 0 0 0 0 0 0
POST /parties/<reference>/unprotect/              > > 0 0 0 0 0 0 0
GET  /parties/new/                                > > + + + x + x x
POST /parties/new/                                > > + + + x + x x
GET  /password/                                   > > + + + + + + +
POST /password/                                   > > + + + + + + +
GET  /password/<uidb64>/<token>/                  + + + + + + + + +
POST /password/<uidb64>/<token>/                  + + + + + + + + +
GET  /people/<key>/extract/                       > > - - - - - - -
POST /people/<key>/extract/                       > > + 0 0 0 + 0 0
GET  /sign-in/                                    + + + + + + + + +
POST /sign-in/                                    + + + + + + + + +
GET  /sign-in/at/<provider_id>/                   0 0 0 0 0 0 0 0 0
POST /sign-in/at/<provider_id>/                   0 0 0 0 0 0 0 0 0
GET  /sign-in/at/<provider_id>/back/              0 0 0 0 0 0 0 0 0
POST /sign-in/at/<provider_id>/back/              0 0 0 0 0 0 0 0 0
GET  /sign-in/code/                               + + + + + + + + +
POST /sign-in/code/                               + + + + + + + + +
GET  /sign-in/stopped/                            + + + + + + + + +
POST /sign-in/stopped/                            - - - - - - - - -
GET  /sign-out/                                   - - - - - - - - -
POST /sign-out/                                   + + + + + + + + +
GET  /sign-out/everywhere/                        > > - - - - - - -
POST /sign-out/everywhere/                        > > + + + + + + +
GET  /spot-check.csv                              > > x x x x + x x
POST /spot-check.csv                              > > - - - - - - -
GET  /spot-check/                                 > > x x x x + x x
POST /spot-check/                                 > > x x x x 0 x x
GET  /staff/                                      > > x x x x + x x
POST /staff/                                      > > x x x x + x x
GET  /staff/<username>/                           > > x x x x + x x
POST /staff/<username>/                           > > x x x x + x x
GET  /staff/<username>/close/                     > > x x x x - x x
POST /staff/<username>/close/                     > > x x x x + x x
GET  /staff/<username>/reset/                     > > x x x x - x x
POST /staff/<username>/reset/                     > > x x x x + x x
GET  /visits/<reference>/                         > > + + 0 0 + 0 0
POST /visits/<reference>/                         > > - - - - - - -
"""
