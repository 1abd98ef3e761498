package io.parley.gateway.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.parley.schema.Limits;
import java.io.IOException;

/** JSON as RFC 8259 has it, from somebody who may be hostile: no extensions, no repeated names, bounded depth. */
public final class StrictJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.JSON_DEPTH_MAX)
                    .maxNumberLength(Limits.JSON_NUMBER_LENGTH_MAX)
                    .build())
            .build();

    private StrictJson() {}

    /** Bytes that are not UTF-8 fail like every other broken JSON: with an IOException while reading. */
    public static JsonParser parser(byte[] utf8) throws IOException {
        return FACTORY.createParser(utf8);
    }
}
