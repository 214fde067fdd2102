"""A stamp of the data that are the same for everybody, so that a process can keep them until they change."""

from django.db import migrations, models

TABLES = (
    "agency",
    "document",
    "location",
    "municipality",
    "service",
    "servicedocument",
    "site",
    "textaudio",
    "textblock",
    "threshold",
)
# Each transaction that changes data adds a row of its own, so that nobody waits for anybody. The stamp is made of all rows:
# no two sets of them are ever the same, whoever commits first. Of the oldest rows, those beyond the last twenty go.
FUNCTIONS = """
    CREATE FUNCTION reference_stamp() RETURNS text LANGUAGE sql STABLE
      RETURN (SELECT md5(string_agg(stamp.value::text, '' ORDER BY stamp.id)) FROM agencies_referencestamp stamp);

    CREATE FUNCTION change_reference_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        own text := pg_current_xact_id()::text;
    BEGIN
        UPDATE agencies_referencestamp SET value = gen_random_uuid() WHERE changed_in = own;
        IF NOT FOUND THEN
            DELETE FROM agencies_referencestamp WHERE id IN (
                SELECT id FROM agencies_referencestamp ORDER BY id DESC OFFSET 20 FOR UPDATE SKIP LOCKED
            );
            INSERT INTO agencies_referencestamp (value, changed_in) VALUES (gen_random_uuid(), own);
        END IF;
        RETURN NULL;
    END $$;

    INSERT INTO agencies_referencestamp (value, changed_in) VALUES (gen_random_uuid(), '');
"""
NO_FUNCTIONS = "DROP FUNCTION change_reference_stamp(); DROP FUNCTION reference_stamp();"


def stamped(table: str) -> migrations.RunSQL:
    """Let each change of the table change the stamp."""
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER change_stamp AFTER INSERT OR UPDATE OR DELETE ON {table}
          FOR EACH STATEMENT EXECUTE FUNCTION change_reference_stamp();
        """,
        f"DROP TRIGGER change_stamp ON {table};",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0034_telephone_hours"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferenceStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.UUIDField(verbose_name="value")),
                ("changed_in", models.CharField(max_length=20, verbose_name="transaction")),
            ],
            options={
                "verbose_name": "stamp of the reference data",
                "verbose_name_plural": "stamps of the reference data",
            },
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *(stamped(f"agencies_{name}") for name in TABLES),
    ]
