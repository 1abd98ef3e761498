package io.parley.kernel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void flagsWinOverTheEnvironment_whichWinsOverTheFile() {
        var settings = Settings.defaults()
                .file(Map.of("a", "1", "b", "1", "c", "1"), "parley.conf")
                .environment(Map.of("PARLEY_B", "2", "PARLEY_C", "2", "HOME", "/"))
                .flags(Map.of("c", "3"));
        assertEquals(1, settings.integer("a", 0, 0, 9, ""));
        assertEquals(2, settings.integer("b", 0, 0, 9, ""));
        assertEquals(3, settings.integer("c", 0, 0, 9, ""));
        assertEquals(
                List.of("file parley.conf", "environment PARLEY_B", "flag --c"),
                settings.reference().stream().map(Setting::origin).toList());
    }

    @Test
    void aWrongValueNamesItselfWhatIsAllowedAndItsOrigin() {
        var settings = Settings.defaults().environment(Map.of("PARLEY_HTTP_PORT", "99999"));
        var failure = assertThrows(SettingException.class, () -> settings.integer("http.port", 8080, 0, 65_535, ""));
        assertEquals(
                "http.port is \"99999\" (environment PARLEY_HTTP_PORT), but must be a whole number from 0 to 65535",
                failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"250ms,250", "5s,5000", "2m,120000", "1h,3600000", "PT1.5S,1500"})
    void durationsAreReadAsPeopleWriteThem(String text, long millis) {
        var settings = Settings.of(Map.of("wait", text));
        assertEquals(Duration.ofMillis(millis), settings.duration("wait", HOUR, Duration.ZERO, HOUR, ""));
    }

    @ParameterizedTest
    @CsvSource({"5", "s", "5 s", "-1s", "PTx", "2h"})
    void whatIsNoDurationOrOutOfBoundsIsRefused(String text) {
        var settings = Settings.of(Map.of("wait", text));
        var failure =
                assertThrows(SettingException.class, () -> settings.duration("wait", HOUR, Duration.ZERO, HOUR, ""));
        assertTrue(String.valueOf(failure.getMessage()).contains("a duration from 0s to 1h"));
    }

    @Test
    void aSecretNeverShowsInTheReference() {
        var settings = Settings.of(Map.of("auth.secret", "hush"));
        assertEquals("hush", settings.secret("auth.secret", "").orElseThrow());
        assertEquals("***", settings.reference().getFirst().value());
    }

    @Test
    void keysNobodyAskedForAreReported() {
        var settings = Settings.of(Map.of("http.prot", "1"));
        settings.integer("http.port", 8080, 0, 65_535, "");
        assertEquals(List.of("http.prot (flag --http.prot)"), List.copyOf(settings.unknown()));
    }
}
