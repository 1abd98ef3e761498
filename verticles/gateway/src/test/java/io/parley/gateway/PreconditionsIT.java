package io.parley.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.bus.v1.Command;
import io.parley.schema.v1.EditMessage;
import io.parley.schema.v1.UpdateChannel;
import io.parley.testkit.TestRedis;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What If-Match becomes on its way to the domain that holds the version. */
@ExtendWith(TestRedis.class)
class PreconditionsIT {
    private static final String CHANNEL = "/v1/channels/general";
    private static final String MESSAGE = CHANNEL + "/messages/m1";

    private TestGateway gateway;

    @BeforeEach
    void start(TestRedis redis) {
        gateway = TestGateway.start(redis);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aStarChangesWhateverVersionAChannelHas() {
        assertEquals(200, change(CHANNEL, "*").statusCode());
        UpdateChannel asked = lastAsked().getCmd().getUpdateChannel();
        assertTrue(asked.hasVersion());
        assertEquals(0, asked.getVersion(), "which stands for any");
    }

    @Test
    void aStarChangesWhateverVersionAMessageHas() {
        assertEquals(200, change(MESSAGE, "*").statusCode());
        EditMessage asked = lastAsked().getCmd().getEditMessage();
        assertEquals("new", asked.getText());
        assertTrue(!asked.hasVersion(), "none is wanted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "W/\"7\""})
    void aTagAsksForItsVersion(String tag) {
        assertEquals(200, change(CHANNEL, tag).statusCode());
        assertEquals(7, lastAsked().getCmd().getUpdateChannel().getVersion());
        assertEquals(200, change(MESSAGE, tag).statusCode());
        assertEquals(7, lastAsked().getCmd().getEditMessage().getVersion());
    }

    @Test
    void aTagOfSomebodyElseFitsNothing_andAChannelIsNotChangedBlindly() {
        var foreign = change(CHANNEL, "\"abc\"");
        assertEquals("PRECONDITION_FAILED", TestGateway.json(foreign).getString("name"));
        assertEquals(412, foreign.statusCode());
        var blind = change(CHANNEL, "");
        assertEquals("PRECONDITION_REQUIRED", TestGateway.json(blind).getString("name"));
        assertEquals(428, blind.statusCode());
        assertTrue(gateway.domains.asked.isEmpty());
    }

    private HttpResponse<Buffer> change(String path, String ifMatch) {
        var request = gateway.as("olga", HttpMethod.PATCH, path);
        if (!ifMatch.isEmpty()) {
            request.putHeader("If-Match", ifMatch);
        }
        boolean message = path.equals(MESSAGE);
        return request.sendJsonObject(new JsonObject().put(message ? "text" : "name", "new"))
                .await();
    }

    private Command lastAsked() {
        Command asked = null;
        while (!gateway.domains.asked.isEmpty()) {
            asked = gateway.domains.asked.remove();
        }
        return Objects.requireNonNull(asked, "the domain was asked");
    }
}
