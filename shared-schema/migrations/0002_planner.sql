-- Every statement of Parley is a keyed lookup of a few rows. Plans made anew for each call cost more than the lookup
-- (the tables have many partitions, which a generic plan prunes when it runs), and compiling one to machine code took
-- 500 ms for a page of history that reads 51 rows. As properties of the database they hold behind PgBouncer too.
DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
  EXECUTE format('ALTER DATABASE %I SET plan_cache_mode = force_generic_plan', current_database());
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'history is slow until this database''s owner sets jit = off, plan_cache_mode = force_generic_plan';
END $$;
-- For the connection that migrates; others read it when they open.
SET jit = off;
SET plan_cache_mode = force_generic_plan;
