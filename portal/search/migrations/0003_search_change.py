from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("portal_search", "0002_words_and_levers"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=10)),
            ],
            options={
                "verbose_name": "search change",
                "verbose_name_plural": "search changes",
            },
        ),
    ]
