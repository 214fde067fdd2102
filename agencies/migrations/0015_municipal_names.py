"""Municipalities by the names that they use themselves."""

from django.db import migrations

NAMES = {
    "Stockholms kommun": "Stockholms stad",
    "Sundbybergs kommun": "Sundbybergs stad",
    "Solna kommun": "Solna stad",
    "Lidingö kommun": "Lidingö stad",
    "Vaxholms kommun": "Vaxholms stad",
    "Kalmars kommun": "Kalmar kommun",
    "Gotlands kommun": "Region Gotland",
    "Malmö kommun": "Malmö stad",
    "Landskrona kommun": "Landskrona stad",
    "Helsingborgs kommun": "Helsingborgs stad",
    "Orusts kommun": "Orust kommun",
    "Göteborgs kommun": "Göteborgs Stad",
    "Mölndals kommun": "Mölndals stad",
    "Trollhättans kommun": "Trollhättans stad",
    "Borås kommun": "Borås stad",
    "Västerås kommun": "Västerås stad",
    "Faluns kommun": "Falu kommun",
    "Haparanda kommun": "Haparanda stad",
}


def rename(apps, schema_editor):
    rows = schema_editor.connection.alias
    Municipality, Agency = (apps.get_model("agencies", name) for name in ("Municipality", "Agency"))
    for before, now in NAMES.items():
        Municipality.objects.using(rows).filter(name=before).update(name=now)
        Agency.objects.using(rows).filter(name_sv=before).update(name_sv=now)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0014_admin_sees_openers'),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
