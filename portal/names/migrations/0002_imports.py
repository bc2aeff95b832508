import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("names", "0001_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NameImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=10)),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("file", models.BinaryField(null=True)),
                ("only_check", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="sent")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "under way"),
                            ("done", "imported"),
                            ("in_order", "only checked, in order"),
                            ("refused", "not imported: bad rows"),
                            ("interrupted", "not imported: interrupted"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("report", models.JSONField(default=dict)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "import of names",
                "verbose_name_plural": "imports of names",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
    ]
