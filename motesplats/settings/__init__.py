"""Settings by subject; what differs between installations comes from the environment, and importing only reads it."""

from motesplats.settings.api import *
from motesplats.settings.base import *
from motesplats.settings.celery import *
from motesplats.settings.channels import *
from motesplats.settings.database import *
from motesplats.settings.i18n import *
from motesplats.settings.limits import *
from motesplats.settings.logging import *
from motesplats.settings.security import *
from motesplats.settings.sign_in import *
from motesplats.settings.static import *
