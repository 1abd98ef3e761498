package io.parley.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.schema.StreamName;
import io.parley.schema.UserId;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class VectorsTest {
    @TestFactory
    Stream<DynamicTest> namesAreAcceptedAndRefusedAsTheVectorsSay() {
        return Vectors.each("ids", "names", vector -> {
            String value = vector.getString("value");
            if (vector.getBoolean("valid")) {
                assertDoesNotThrow(() -> new UserId(value));
            } else {
                assertThrows(IllegalArgumentException.class, () -> new UserId(value));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> streamsAreTakenApartAsTheVectorsSay() {
        return Vectors.each("ids", "streams", vector -> {
            var parsed = StreamName.parse(vector.getString("value"));
            assertEquals(vector.getBoolean("valid"), parsed.isPresent());
            parsed.ifPresent(stream -> {
                assertEquals(vector.getString("kind") + ":", stream.kind().prefix());
                assertEquals(vector.getString("subject"), stream.name());
                assertEquals(vector.getBoolean("recoverable"), stream.kind().isRecoverable());
                assertEquals(vector.getString("value"), stream.toString());
            });
        });
    }

    @Test
    void aFileOrAListThatIsNotThereFailsInsteadOfShowingNothing() {
        assertThrows(IllegalArgumentException.class, () -> Vectors.file("nowhere"));
        assertThrows(IllegalArgumentException.class, () -> Vectors.each("ids", "nothing", _ -> {}));
    }
}
