from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributors', '0005_department_parents'),
    ]

    operations = [
        migrations.AddField(
            model_name='reviewdeadline',
            name='is_stuck',
            field=models.BooleanField(db_default=False, default=False, verbose_name='nobody can decide'),
        ),
    ]
