"""What a change of a rule touches."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

FEW = 6  # fewer are not told exactly, as in the figures


@dataclass(frozen=True, slots=True)
class Touched:
    """Where a change touches how many chains, or other rows."""

    where: str
    number: int

    @property
    def words(self) -> str:
        """The number; a small one is not told exactly."""
        return str(self.number) if self.number >= FEW else _("1 to %(most)s") % {"most": FEW - 1}
