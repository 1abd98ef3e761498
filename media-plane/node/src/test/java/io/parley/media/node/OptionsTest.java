package io.parley.media.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of {@code ./parley media}: what they come to, and how a wrong one is refused. */
final class OptionsTest {
    private static final List<String> LEAST = List.of("--control", "127.0.0.1:7000", "--region", "eu");

    @Test
    void theLeastIsEnough() {
        var config = Options.parse(LEAST, Map.of(), "host.example");
        assertEquals("host-example", config.id());
        assertEquals("eu", config.region());
        assertEquals("127.0.0.1:7000", config.control().toString());
        assertEquals(10_000, config.media().port());
        assertEquals(Duration.ofHours(1), config.drainLimit());
    }

    @Test
    void anOptionBeatsAVariable_andMayBeRepeatedWhereThatHasASense() {
        var words = with("--port=0", "--advertise", "192.0.2.1", "--advertise", "192.0.2.2", "--drain-seconds", "5");
        var config = Options.parse(words, Map.of("PARLEY_MEDIA_PORT", "12", "PARLEY_MEDIA_ID", "sfu-7"), "h");
        assertEquals(0, config.media().port());
        assertEquals("sfu-7", config.id());
        assertEquals(2, config.media().advertised().size());
        assertEquals(Duration.ofSeconds(5), config.drainLimit());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port=70000       | "70000" (from --port) is not a number from 0 to 65535
            --shards=none      | "none" (from --shards) is not a number from 1 to 256
            --id=a b           | "a b" (from --id) is not 1 to 64 of A-Z a-z 0-9 _ -
            --control=here     | "here" (from --control) is not HOST:PORT
            --tls-key=/nowhere | --tls-cert is needed: a readable file
            --region           | --region needs a value
            --operators=9090   | "9090" (from --operators) is not ADDRESS:PORT
            """)
    void aRefusalNamesTheOptionAndWhatIsAllowed(String word, String refusal) {
        assertEquals(refusal, refusal(with(word), Map.of()));
    }

    @Test
    void aRefusalSaysWhereTheValueCameFrom_andWhatIsMissing() {
        assertEquals(
                "\"x\" (from PARLEY_MEDIA_PORT) is not a number from 0 to 65535",
                refusal(LEAST, Map.of("PARLEY_MEDIA_PORT", "x")));
        assertEquals("--region is needed: 1 to 40 of A-Z a-z 0-9 _ -", refusal(List.of("--control", "a:1"), Map.of()));
        assertEquals(
                "there is no option --colour",
                refusal(with("--colour=red"), Map.of()).substring(0, 27));
    }

    private static String refusal(List<String> words, Map<String, String> environment) {
        return String.valueOf(assertThrows(Options.RefusedException.class, () -> Options.parse(words, environment, "h"))
                .getMessage());
    }

    private static List<String> with(String... more) {
        var words = new ArrayList<>(LEAST);
        words.addAll(List.of(more));
        return words;
    }
}
