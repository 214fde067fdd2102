from motesplats.formats.common import *  # noqa: F403
