"""Places for what one wants to know before the day, homes of their own, and texts read aloud."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0030_own_choice'),
    ]

    operations = [
        migrations.AlterField(
            model_name='textblock',
            name='condition',
            field=models.CharField(blank=True, choices=[('alone', 'one person alone'), ('children', 'with children'), ('housed', 'with a home of their own'), ('pensioner', 'somebody is 65 or older')], max_length=20, verbose_name='only parties'),
        ),
        migrations.AlterField(
            model_name='textblock',
            name='slot',
            field=models.CharField(choices=[('why', 'why one is summoned'), ('about', 'in one plain sentence'), ('sheet', 'what happens there'), ('after', 'what comes after'), ('before', 'what can be done before the day'), ('travel', 'how to get there, and what it costs'), ('late', 'being late or ill that morning'), ('children', 'children and food'), ('welcome', 'who welcomes'), ('support', 'somebody who supports')], max_length=8, verbose_name='place in the letter'),
        ),
        migrations.AlterField(
            model_name='textblockchange',
            name='condition',
            field=models.CharField(blank=True, choices=[('alone', 'one person alone'), ('children', 'with children'), ('housed', 'with a home of their own'), ('pensioner', 'somebody is 65 or older')], max_length=20, verbose_name='only parties'),
        ),
        migrations.AlterField(
            model_name='textblockchange',
            name='slot',
            field=models.CharField(choices=[('why', 'why one is summoned'), ('about', 'in one plain sentence'), ('sheet', 'what happens there'), ('after', 'what comes after'), ('before', 'what can be done before the day'), ('travel', 'how to get there, and what it costs'), ('late', 'being late or ill that morning'), ('children', 'children and food'), ('welcome', 'who welcomes'), ('support', 'somebody who supports')], max_length=8, verbose_name='place in the letter'),
        ),
        migrations.CreateModel(
            name='TextAudio',
            fields=[
                ('block', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='audio', serialize=False, to='agencies.textblock', verbose_name='text block')),
                ('kind', models.CharField(choices=[('mp3', 'mp3'), ('m4a', 'm4a'), ('ogg', 'ogg')], max_length=3, verbose_name='kind of file')),
                ('sound', models.BinaryField(verbose_name='sound')),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
            ],
            options={
                'verbose_name': 'text read aloud',
                'verbose_name_plural': 'texts read aloud',
            },
        ),
    ]
