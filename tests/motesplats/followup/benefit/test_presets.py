"""The built-in calculations are valid, whole in an address, and make what was published."""

from urllib.parse import urlencode

import pytest
from django.utils.translation import override

from motesplats.followup.benefit.calculate import calculate
from motesplats.followup.benefit.forms import BenefitForm
from motesplats.followup.benefit.presets import PRESETS
from motesplats.followup.benefit.views import LONGEST


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("code", list(PRESETS))
def test_each_is_valid_and_fits_into_an_address_that_means_the_same(code, language):
    with override(language):
        form = BenefitForm(PRESETS[code].data())
        assert form.is_valid(), form.errors
        assert len(urlencode(form.typed())) <= LONGEST
        again = BenefitForm(form.typed())
        assert again.is_valid()
        assert again.assumptions() == form.assumptions()
        assert again.typed() == form.typed()


def test_they_make_what_was_published():
    results = {}
    for code, preset in PRESETS.items():
        form = BenefitForm(preset.data())
        assert form.is_valid()
        results[code] = calculate(form.assumptions())
    assert results["liva"].costs.economic_cost == 2_750_000
    assert results["first-1000"].cases_value == 27_000_000
    degree = results["appendix-5"].efficiency_degree
    assert degree is not None
    assert degree * 100 == 20


def test_every_assumption_of_theirs_has_a_source():
    for preset in PRESETS.values():
        form = BenefitForm(preset.data())
        assert form.is_valid()
        assumed = form.assumptions()
        assert all(line.origin.source for line in assumed.costs)
        assert all(effect.origin.source for effect in assumed.effects.values())
        assert all(assumed.origins[name].source for name in assumed.numbers)
