"""Documents that are asked for by how a party lives; telephone numbers and addresses that are checked."""

import agencies.validators
import django.contrib.postgres.fields
from django.db import migrations, models

# Who lives in the Migration Agency's housing has no lease; who has no home yet has none either.
WITH_LEASE = "'{own,rented,sublet,ebo,assigned,temporary}'"
WITH_OWN_MONEY = "'{own,rented,sublet,ebo,assigned,temporary,none}'"
FILL = f"""
    UPDATE agencies_servicedocument asked
    SET housing = CASE document.key WHEN 'rental_contract' THEN {WITH_LEASE}::varchar[] ELSE {WITH_OWN_MONEY} END
    FROM agencies_document document
    WHERE document.id = asked.document_id AND document.key IN ('rental_contract', 'bank_statements');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0016_text_blocks'),
    ]

    operations = [
        migrations.AddField(
            model_name='servicedocument',
            name='housing',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('own', 'own home'), ('rented', 'rented, first hand'), ('sublet', 'sublet or lodger'), ('abo', "the Migration Agency's housing (ABO)"), ('ebo', 'own arrangement, with others (EBO)'), ('assigned', 'assigned by the municipality'), ('temporary', 'temporary'), ('none', 'none yet')], max_length=10), blank=True, default=list, size=None, verbose_name='only who lives so'),
        ),
        migrations.RunSQL(FILL, "", elidable=True),
        migrations.AlterField(
            model_name='municipality',
            name='address',
            field=models.CharField(blank=True, max_length=200, validators=[agencies.validators.validate_plain], verbose_name='address'),
        ),
        migrations.AlterField(
            model_name='municipality',
            name='email',
            field=models.EmailField(blank=True, max_length=254, validators=[agencies.validators.validate_plain], verbose_name='e-mail'),
        ),
        migrations.AlterField(
            model_name='municipality',
            name='phone',
            field=models.CharField(blank=True, max_length=20, validators=[agencies.validators.validate_phone], verbose_name='telephone'),
        ),
        migrations.AlterField(
            model_name='site',
            name='phone',
            field=models.CharField(blank=True, help_text='Without it no letter is printed.', max_length=20, validators=[agencies.validators.validate_phone], verbose_name='telephone'),
        ),
        migrations.AddConstraint(
            model_name='servicedocument',
            constraint=models.CheckConstraint(condition=models.Q(('housing__contained_by', ['own', 'rented', 'sublet', 'abo', 'ebo', 'assigned', 'temporary', 'none'])), name='service_document_of_known_housing', violation_error_message='There is no such kind of housing.'),
        ),
    ]
