from django.db import migrations


def fill(apps, schema_editor):
    """Sentences stored before there was a memory get their keys; new ones get them as they are stored."""
    from portal.translation.memory_keys import keys_of

    String = apps.get_model("wagtail_localize", "String")
    MemoryKey = apps.get_model("translation", "MemoryKey")
    rows = []
    for pk, text in String.objects.values_list("pk", "data").iterator(chunk_size=1000):
        rows += [MemoryKey(string_id=pk, key=key) for key in keys_of(text)]
        if len(rows) > 5000:
            MemoryKey.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    MemoryKey.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("translation", "0002_desk"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
