"""As whom day reports are filled in from attendance and figures are summed up: of no agency and no site."""

from agencies.secrecy.context import Viewer

FIGURES = Viewer(role="figures")
