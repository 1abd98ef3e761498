package io.parley.gateway.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.gateway.contract.Api;
import io.parley.gateway.contract.ApiMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The checked-in document is the one that the contract gives, and it leaves nothing out. */
class OpenApiTest {
    private static final Path CHECKED_IN =
            Path.of(Objects.requireNonNull(System.getProperty("parley.root")), "shared-schema/openapi/parley-v1.json");

    private final String document = new OpenApi().document();

    @Test
    void theCheckedInDocumentIsFresh() throws IOException {
        if (System.getenv("UPDATE_OPENAPI") != null) {
            Files.createDirectories(CHECKED_IN.getParent());
            Files.writeString(CHECKED_IN, document + "\n");
        }
        assertEquals(
                Files.readString(CHECKED_IN),
                document + "\n",
                "the contract changed: run this test with UPDATE_OPENAPI=1 and commit " + CHECKED_IN);
    }

    @Test
    void everyRouteIsThereWithWordsAndASuccess() {
        JsonObject paths = new JsonObject(document).getJsonObject("paths");
        List<String> poor = new ArrayList<>();
        for (ApiMethod method : Api.contract().methods()) {
            if (method.isRest()) {
                JsonObject operation = paths.getJsonObject(method.route().getPath())
                        .getJsonObject(method.route().getMethod().toLowerCase(Locale.ROOT));
                boolean complete = !operation.getString("summary").isEmpty()
                        && operation.getJsonObject("responses").containsKey(Integer.toString(method.successStatus()));
                if (!complete) {
                    poor.add(method.name());
                }
            }
        }
        assertEquals(List.of(), poor);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonObject components = new JsonObject(document).getJsonObject("components");
        var references = java.util.regex.Pattern.compile("\"#/components/(\\w+)/([\\w-]+)\"")
                .matcher(document);
        int found = 0;
        while (references.find()) {
            found++;
            assertTrue(
                    components.getJsonObject(references.group(1)).containsKey(references.group(2)), references.group());
        }
        assertTrue(found > 100);
    }
}
