"""By what a provider's people are known; user names that differ by more than case and width."""

import agencies.models.people
from django.db import migrations, models


# Of names that differ by case or width only, the one in use stays; the others get their number.
TELL_APART = """
    UPDATE agencies_user SET username = left(username, 130) || '-' || agencies_user.id
    FROM (
        SELECT id, row_number() OVER (
            PARTITION BY casefold(normalize(username, NFKC)) ORDER BY is_active DESC, last_login DESC NULLS LAST, id
        ) AS place FROM agencies_user
    ) AS alike
    WHERE alike.id = agencies_user.id AND alike.place > 1
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_hashed_tokens'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.AlterModelManagers(
            name='user',
            managers=[
                ('objects', agencies.models.people.StaffManager()),
            ],
        ),
        migrations.AddField(
            model_name='identityprovider',
            name='claim',
            field=models.CharField(choices=[('email', 'e-mail'), ('upn', 'UPN'), ('preferred_username', 'preferred_username'), ('employeeHsaId', 'employeeHsaId')], default='email', help_text="By anything else than e-mail: write each colleague's value in the user's field for it.", max_length=20, verbose_name='people are known by'),
        ),
        migrations.AddField(
            model_name='identityprovider',
            name='email_is_verified',
            field=models.BooleanField(default=False, help_text='For Entra ID and AD FS, which do not say that an address is verified.', verbose_name='its e-mail addresses are its own'),
        ),
        migrations.AddField(
            model_name='identityprovider',
            name='scope',
            field=models.CharField(default='openid profile email', max_length=200, verbose_name='scope'),
        ),
        migrations.AddField(
            model_name='identityprovider',
            name='second_factor_values',
            field=models.CharField(default='mfa', help_text='Values of `acr` or `amr`, with blanks between them.', max_length=300, verbose_name='how it says so'),
        ),
        migrations.AddField(
            model_name='user',
            name='known_as',
            field=models.CharField(blank=True, help_text="UPN or employeeHsaId, if the agency's provider knows people by it.", max_length=200, verbose_name="at the agency's own sign-in"),
        ),
        migrations.AlterField(
            model_name='identityprovider',
            name='has_second_factor',
            field=models.BooleanField(default=False, help_text='Then we do not ask for another one, if it says in `acr` or `amr` that it has asked.', verbose_name='asks for a second factor itself'),
        ),
        migrations.RunSQL(TELL_APART, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(agencies.models.people.Folded('username'), name='user_name_once_however_written', violation_error_message='Somebody already has that user name.'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(agencies.models.people.Folded('known_as'), models.F('agency'), condition=models.Q(('known_as', ''), _negated=True), name='user_known_once_at_the_agencys_sign_in', violation_error_message='Somebody at the agency is already known by that.'),
        ),
    ]
