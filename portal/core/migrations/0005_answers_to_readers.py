from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

_A_WEEK = timedelta(days=7)  # five working days, holidays aside


def give_days(apps, schema_editor):
    """What came in before has a day too, counted from when it came."""
    feedback = apps.get_model("core", "Feedback")
    rows = list(feedback.objects.filter(kind="mistake"))
    for row in rows:
        row.answer_by = timezone.localtime(row.created_at).date() + _A_WEEK
    feedback.objects.bulk_update(rows, ["answer_by"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_document_findings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="state",
            field=models.CharField(
                choices=[("new", "New"), ("corrected", "Corrected"), ("closed", "Closed without correction")],
                db_default="new",
                default="new",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="answer_by",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="answer by"),
        ),
        migrations.AddField(
            model_name="feedback",
            name="note",
            field=models.TextField(blank=True, db_default="", max_length=1000, verbose_name="what was done"),
        ),
        migrations.AddField(
            model_name="feedback",
            name="answered_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered"),
        ),
        migrations.AddField(
            model_name="feedback",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(give_days, migrations.RunPython.noop),
    ]
