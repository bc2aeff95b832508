import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('translation', '0003_memory_of_existing_sentences'),
    ]

    operations = [
        migrations.CreateModel(
            name='RequestsOfDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(db_index=True, verbose_name='day')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='requests')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='translation.translationrequest')),
            ],
            options={
                'verbose_name': 'requests for translations on a day',
                'verbose_name_plural': 'requests for translations by day',
                'constraints': [models.UniqueConstraint(fields=('request', 'day'), name='one_row_per_request_and_day')],
            },
        ),
    ]
