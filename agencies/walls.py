"""Operations for migrations that put a wall round a table; read by the catalogue test as well."""

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

# The viewer's sites and role, the paper code that a newcomer has typed, and the moment by the app's own clock.
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
    """Row level security, forced: rows for which `read` holds are seen, rows for which `write` holds are made."""
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
    """Row level security for rows that are made and read, but neither changed nor removed: those rights are taken."""
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
    """A wall round what only the database's own triggers write, and nobody changes."""
    return guard(table, read=read, write="pg_trigger_depth() > 0")


def falls_with(table: str, column: str, parent: str) -> RunSQL:
    """Rows go with their parent's row, also for whoever may not see them."""
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_falls_with"
        f" FOREIGN KEY ({column}) REFERENCES {parent} ON DELETE CASCADE",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_falls_with",
    )


# Some twenty microseconds, in the planner's units: it shall ask as few rows as it can.
COST = 2000


def question(name: str, parameters: str, answer: str) -> RunSQL:
    """A yes or no that policies ask for.

    A policy's own subqueries are planned anew, with all that lies below them, in every statement on its table; a
    function's are planned once a connection. Inside it the walls hold as outside: it runs as whoever asks.
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
    """A view that a role of its own owns: it sees ids across the walls of `guarded`, and nothing but ids."""
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
    """One more policy beside the wall's own: rows for which `when` holds are let through as well.

    PostgreSQL asks a table's policies from the last name to the first: a name before "see" spares whoever stands
    behind the wall the dearer question.
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
