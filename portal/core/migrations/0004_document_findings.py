
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='portaldocument',
            name='findings',
            field=models.JSONField(editable=False, null=True),
        ),
    ]
