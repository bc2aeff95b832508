from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("portal_search", "0003_server_and_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchAnalysis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=12)),
            ],
            options={
                "verbose_name": "analysis of texts",
                "verbose_name_plural": "analyses of texts",
            },
        ),
    ]
