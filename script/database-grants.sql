-- What the roles may do inside one database: the app reads and writes rows, it never owns, creates or truncates.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO motesplats_app, motesplats_views;
GRANT USAGE, CREATE ON SCHEMA public TO motesplats_migrator;
GRANT CREATE ON SCHEMA public TO motesplats_views;

ALTER DEFAULT PRIVILEGES FOR ROLE motesplats_migrator IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO motesplats_app;
ALTER DEFAULT PRIVILEGES FOR ROLE motesplats_migrator IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO motesplats_app;
