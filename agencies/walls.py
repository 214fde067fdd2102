"""Migration operations for row level security; tests/catalogue/ checks that no table lacks it."""

from django.db.migrations import RunSQL

VIEWER_FUNCTIONS = RunSQL(
    """
    CREATE FUNCTION viewer_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('motesplats.user', true), '')::bigint;
    CREATE FUNCTION viewer_agency() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('motesplats.agency', true), '')::bigint;
    CREATE FUNCTION viewer_link() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('motesplats.link', true), '');
    """,
    "DROP FUNCTION viewer_user(); DROP FUNCTION viewer_agency(); DROP FUNCTION viewer_link();",
)

# The viewer's sites and role, the hash of the newcomer's paper code, and the time by the application's clock.
MORE_VIEWER_FUNCTIONS = RunSQL(
    """
    CREATE FUNCTION viewer_sites() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
      RETURN string_to_array(nullif(current_setting('motesplats.sites', true), ''), ',')::bigint[];
    CREATE FUNCTION viewer_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('motesplats.role', true), '');
    CREATE FUNCTION viewer_code() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('motesplats.code', true), '');
    CREATE FUNCTION viewer_moment() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
      RETURN coalesce(nullif(current_setting('motesplats.moment', true), '')::timestamptz, now());
    """,
    "DROP FUNCTION viewer_sites(); DROP FUNCTION viewer_role(); DROP FUNCTION viewer_code();"
    " DROP FUNCTION viewer_moment();",
)


def guard(table: str, *, read: str, write: str) -> RunSQL:
    """Row level security: `read` (SQL) decides which rows are seen, `write` which are inserted, updated and deleted."""
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY see ON {table} FOR SELECT TO motesplats_app USING ({read});
        CREATE POLICY make ON {table} FOR INSERT TO motesplats_app WITH CHECK ({write});
        CREATE POLICY change ON {table} FOR UPDATE TO motesplats_app USING ({write}) WITH CHECK ({write});
        CREATE POLICY remove ON {table} FOR DELETE TO motesplats_app USING ({write});
        """,
        f"""
        DROP POLICY see ON {table};
        DROP POLICY make ON {table};
        DROP POLICY change ON {table};
        DROP POLICY remove ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def diary(table: str, *, read: str, write: str) -> RunSQL:
    """Row level security for a log: rows are read and inserted; the rights to update and delete are revoked."""
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        REVOKE UPDATE, DELETE ON {table} FROM motesplats_app;
        CREATE POLICY see ON {table} FOR SELECT TO motesplats_app USING ({read});
        CREATE POLICY make ON {table} FOR INSERT TO motesplats_app WITH CHECK ({write});
        """,
        f"""
        DROP POLICY see ON {table};
        DROP POLICY make ON {table};
        GRANT UPDATE, DELETE ON {table} TO motesplats_app;
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def history(table: str, *, read: str) -> RunSQL:
    """Row level security for a table that only triggers write."""
    return guard(table, read=read, write="pg_trigger_depth() > 0")


def falls_with(table: str, column: str, parent: str) -> RunSQL:
    """A foreign key that deletes rows with their parent in the database, also those the viewer cannot see."""
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_falls_with"
        f" FOREIGN KEY ({column}) REFERENCES {parent} ON DELETE CASCADE",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_falls_with",
    )


def belongs(table: str, name: str, column: str, parent: str) -> RunSQL:
    """A foreign key of `column` together with `party_id`: what the row points to is of the party that it names."""
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name}"
        f" FOREIGN KEY ({column}, party_id) REFERENCES {parent} (id, party_id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def met_agency(table: str, column: str) -> RunSQL:
    """A foreign key of a column with an agency's code: only agencies that have a service stand there."""
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_is_met"
        f" FOREIGN KEY ({column}) REFERENCES agencies_service (agency_code)",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_is_met",
    )


def known_agencies(table: str, column: str) -> RunSQL:
    """A trigger that refuses codes that no agency has; for an array, or a text that may be empty."""
    return RunSQL(
        f"""
        CREATE TRIGGER known_agencies_insert BEFORE INSERT ON {table} FOR EACH ROW
          WHEN (NEW.{column}::text NOT IN ('', '{{}}')) EXECUTE FUNCTION require_known_agencies('{column}');
        CREATE TRIGGER known_agencies_update BEFORE UPDATE OF {column} ON {table} FOR EACH ROW
          WHEN (NEW.{column} IS DISTINCT FROM OLD.{column} AND NEW.{column}::text NOT IN ('', '{{}}'))
          EXECUTE FUNCTION require_known_agencies('{column}');
        """,
        f"DROP TRIGGER known_agencies_insert ON {table}; DROP TRIGGER known_agencies_update ON {table}",
    )


# About 20 µs in units of cpu_operator_cost, so that PostgreSQL's planner calls the function for few rows.
COST = 2000


def question(name: str, parameters: str, answer: str) -> RunSQL:
    """A boolean function for policies; `answer` is its SQL.

    A subquery in a policy is planned in every statement on its table, one in a function once a connection. The
    function runs with the caller's rights, so row level security holds in it as well.
    """
    types = ", ".join(parameter.split()[1] for parameter in parameters.split(","))
    return RunSQL(
        f"""
        CREATE FUNCTION {name}({parameters}) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST {COST} AS $$
        BEGIN RETURN {answer}; END $$
        """,
        f"DROP FUNCTION {name}({types})",
    )


def id_view(name: str, query: str, *, reads: tuple[str, ...], guarded: tuple[str, ...]) -> RunSQL:
    """A view of ids only; its owner motesplats_views may read the tables `reads`, and all rows of `guarded`."""
    grants = " ".join(f"GRANT SELECT ON {table} TO motesplats_views;" for table in reads)
    doors = " ".join(
        f"CREATE POLICY {name} ON {table} FOR SELECT TO motesplats_views USING (true);" for table in guarded
    )
    shut = " ".join(f"DROP POLICY {name} ON {table};" for table in guarded)
    return RunSQL(
        f"""
        {grants} {doors}
        CREATE VIEW {name} WITH (security_barrier) AS {query};
        ALTER VIEW {name} OWNER TO motesplats_views;
        GRANT SELECT ON {name} TO motesplats_app;
        """,
        f"DROP VIEW {name}; {shut}",
    )


def door(table: str, name: str, *, command: str, when: str) -> RunSQL:
    """A further policy for one command: rows for which `when` (SQL) holds are allowed as well.

    PostgreSQL checks a table's policies in reverse order of their names: with a name before "see", the more expensive
    `when` is checked last.
    """
    clauses = {
        "SELECT": f"USING ({when})",
        "INSERT": f"WITH CHECK ({when})",
        "UPDATE": f"USING ({when}) WITH CHECK ({when})",
        "DELETE": f"USING ({when})",
    }
    return RunSQL(
        f"CREATE POLICY {name} ON {table} FOR {command} TO motesplats_app {clauses[command]}",
        f"DROP POLICY {name} ON {table}",
    )
