"""The words of what is added are kept once for each statement, and nothing is kept anew that has not changed."""

from django.db import migrations

TABLES = {
    "bookings_party": ("reference", "owner_id", "phone", "case_reference", "is_protected", "anonymised_at"),
    "bookings_newcomer": ("party_id", "given_name", "family_name", "birth_date"),
    "bookings_chain": ("party_id", "reference"),
}
# A party's words are read again when people are added; a chain only adds its reference.
ADDED = """
    CREATE FUNCTION index_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        IF TG_TABLE_NAME = 'bookings_chain' THEN
            INSERT INTO bookings_searchword (party_id, owner_id, word)
            SELECT party.id, party.owner_id, added.reference
            FROM added JOIN bookings_party party ON party.id = added.party_id
            ON CONFLICT (party_id, word) DO NOTHING;
        ELSIF TG_TABLE_NAME = 'bookings_newcomer' THEN
            PERFORM index_party(party_id) FROM (SELECT DISTINCT party_id FROM added) people;
        ELSE
            PERFORM index_party(id) FROM added;
        END IF;
        RETURN NULL;
    END $$;
    ALTER FUNCTION index_added() OWNER TO motesplats_views;
"""
# PostgreSQL shows a statement's rows only to triggers of one event and without a list of columns.
BY_STATEMENT = "".join(
    f"""
    DROP TRIGGER then_index ON {table};
    CREATE TRIGGER then_index_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION index_added();
    CREATE TRIGGER then_index AFTER UPDATE OF {", ".join(columns)} ON {table} FOR EACH ROW
      WHEN ({" OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)})
      EXECUTE FUNCTION index_by_row();
    """
    for table, columns in TABLES.items()
) + "".join(
    f"CREATE TRIGGER then_index_deleted AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION index_by_row();"
    for table in ("bookings_newcomer", "bookings_chain")
)
BY_ROW = (
    "".join(
        f"DROP TRIGGER then_index_deleted ON {table};" for table in ("bookings_newcomer", "bookings_chain")
    )
    + "".join(
        f"""
    DROP TRIGGER then_index ON {table}; DROP TRIGGER then_index_added ON {table};
    CREATE TRIGGER then_index AFTER INSERT {"" if table == "bookings_party" else "OR DELETE"}
      OR UPDATE OF {", ".join(columns)} ON {table} FOR EACH ROW EXECUTE FUNCTION index_by_row();
    """
        for table, columns in TABLES.items()
    )
    + "DROP FUNCTION index_added();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0029_typed_address"),
    ]

    operations = [migrations.RunSQL(ADDED + BY_STATEMENT, BY_ROW)]
