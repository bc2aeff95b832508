"""The database refuses to change or delete entries of the audit log, whoever asks: admin, shell or code."""

from django.db import migrations

MESSAGE = "the audit log is append-only"
SQLITE = [
    f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit_auditentry BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit_auditentry"
    " FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditentry"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER audit_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER audit_no_change ON audit_auditentry",
        "DROP TRIGGER audit_no_truncate ON audit_auditentry",
        "DROP FUNCTION audit_refuse()",
    ],
}


def protect(apps, editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


def release(apps, editor):
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
