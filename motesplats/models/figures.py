from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Site


class FigureCell(models.Model):
    """The value of a measure, whole or for one part: `dimension` and `key` as in motesplats/followup/dimensions.py.

    `amount` is divided by `over` where the measure is a mean or a share; `people`: those behind it, by whose number
    small ones are hidden. `spread`: how many have which whole value, for medians.
    """

    measure = models.CharField(_("measure"), max_length=40)
    dimension = models.CharField(_("divided by"), max_length=20, blank=True)
    key = models.CharField(_("part"), max_length=20, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=4, null=True)
    over = models.DecimalField(_("divided by the number"), max_digits=16, decimal_places=4, null=True)
    people = models.IntegerField(_("persons behind it"), null=True)
    spread = models.JSONField(_("how many have which value"), default=dict, blank=True)
    is_reported = models.BooleanField(_("typed, in part at least"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.measure} {self.dimension} {self.key}"


class SiteFigure(FigureCell):
    """A site's own figure of a month, whole; `told_...`: as it stands in what is published.

    One without an amount is no more, but is still told.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    month = models.DateField(_("month"), help_text=_("Its first day."))
    told_amount = models.DecimalField(_("amount told"), max_digits=16, decimal_places=4, null=True)
    told_over = models.DecimalField(_("told divided by"), max_digits=16, decimal_places=4, null=True)
    told_people = models.IntegerField(_("persons told"), null=True)
    told_spread = models.JSONField(_("values told"), default=dict, blank=True)
    is_settled = models.BooleanField(_("told in its month's edition"), default=False)

    class Meta:
        verbose_name = _("figure of a site")
        verbose_name_plural = _("figures of sites")
        ordering = ["site", "month", "measure", "dimension", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "month", "measure", "dimension", "key"],
                name="site_figure_once_each",
                violation_error_message=_("Each figure stands once."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="site_figure_is_of_a_month",
                violation_error_message=_("A month is told by its first day."),
            ),
        ]


class PublishedFigure(FigureCell):
    """A figure as everybody may read it: of a site or, without one, the country; of a month or, without one, the year.

    What is hidden has no numbers in it.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"), null=True)
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"), null=True)
    is_hidden = models.BooleanField(_("is hidden"), default=False)

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["year", F("month").asc(nulls_first=True), "site", "measure", "dimension", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "month", "site", "measure", "dimension", "key"],
                name="published_figure_once_each",
                nulls_distinct=False,
                violation_error_message=_("Each figure stands once."),
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__range=(1, 12)),
                name="published_figure_is_of_a_month",
                violation_error_message=_("A month is 1 to 12."),
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(amount=None, over=None, people=None, spread={}),
                name="published_figure_hidden_has_no_numbers",
                violation_error_message=_("A hidden figure holds no numbers."),
            ),
        ]


class CoverSite(models.Model):
    """Which other site is hidden beside a site with few people, a whole year, so that neither can be worked out.

    There are two, `place` 0 and 1: whoever knows the numbers of one of them works out nothing by them.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    site = models.ForeignKey(Site, models.CASCADE, related_name="+", verbose_name=_("site"))
    beside = models.ForeignKey(Site, models.CASCADE, related_name="+", verbose_name=_("hidden beside it"))
    place = models.PositiveSmallIntegerField(_("first or second"), default=0)

    class Meta:
        verbose_name = _("site hidden beside another")
        verbose_name_plural = _("sites hidden beside others")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "site", "place"],
                name="cover_site_once_a_year",
                violation_error_message=_("A site is hidden beside one other in each place."),
            ),
            models.UniqueConstraint(
                fields=["year", "site", "beside"],
                name="cover_sites_are_two",
                violation_error_message=_("A site is hidden beside two different ones."),
            ),
            models.CheckConstraint(
                condition=~Q(site=F("beside")),
                name="cover_site_is_another",
                violation_error_message=_("A site is hidden beside another one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.site_id} {self.beside_id}"
