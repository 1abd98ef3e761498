package io.parley.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({TestPostgres.class, TestRedis.class})
final class TestServersIT {
    @Test
    void postgresIsReal(TestPostgres postgres) {
        assertTrue(postgres.number("SELECT current_setting('server_version_num')::bigint") >= 180_000);
        postgres.execute("CREATE TABLE IF NOT EXISTS thing (id bigint); INSERT INTO thing VALUES (1), (2)");
        assertEquals(List.of(1L, 2L), postgres.longs("SELECT id FROM thing ORDER BY id"));
        assertEquals(List.of(2L), postgres.longs("SELECT id FROM thing WHERE id > $1", 1L));
        postgres.truncate();
        assertEquals(0, postgres.number("SELECT count(*) FROM thing"));
    }

    @Test
    void anEmptyDatabaseIsAnotherOne(TestPostgres postgres) {
        assertNotEquals(postgres.url(), postgres.emptyDatabaseUrl());
    }

    @Test
    void redisIsRealAndSpeaksLua62(TestRedis redis) {
        assertTrue(String.valueOf(redis.command("INFO", "server")).contains("redis_version:6.2"));
        redis.command("SET", "a", "1");
        assertEquals("1", String.valueOf(redis.command("EVAL", "return redis.call('GET', KEYS[1])", "1", "a")));
        assertEquals(List.of("a"), redis.keys("*"));
        redis.flush();
        assertEquals(List.of(), redis.keys("*"));
    }

    @Nested
    final class Inside {
        @Test
        void aNestedClassSharesTheDatabaseOfTheOuter(TestPostgres postgres, TestRedis redis) {
            assertTrue(postgres.url().startsWith("postgresql://"));
            redis.command("SET", "nested", "1");
            assertEquals(List.of("nested"), redis.keys("nested"));
        }
    }
}
