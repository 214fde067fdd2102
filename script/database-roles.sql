-- The roles, the database and what new tables grant. Run by psql as a superuser; running it again is harmless.
-- MIGRATOR_PASSWORD and APP_PASSWORD come from the environment.
\set ON_ERROR_STOP on
\getenv migrator_password MIGRATOR_PASSWORD
\getenv app_password APP_PASSWORD

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['motesplats_migrator', 'motesplats_app', 'motesplats_views']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE motesplats_migrator LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD :'migrator_password';
ALTER ROLE motesplats_app LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD :'app_password';
ALTER ROLE motesplats_views NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS;
-- So that a migration can make it the owner of a view.
GRANT motesplats_views TO motesplats_migrator;

-- template1 first: the database itself, and each test database, is born with the same grants.
\connect template1
\ir database-grants.sql

SELECT 'CREATE DATABASE motesplats OWNER motesplats_migrator'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'motesplats') \gexec

\connect motesplats
\ir database-grants.sql
REVOKE ALL ON DATABASE motesplats FROM PUBLIC;
GRANT CONNECT ON DATABASE motesplats TO motesplats_app;
