package io.parley.gateway.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Ok;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One command has one name in three spellings and one number in two messages. */
class ApiTest {
    @Test
    void cmdOkAndApiAgreeInNamesNumbersAndTypes() {
        for (ApiMethod method : Api.contract().methods()) {
            assertEquals(method.route().getRestOnly(), method.command().isEmpty(), method.name());
            if (method.command().isPresent()) {
                var command = method.command().orElseThrow();
                var result = method.result().orElseThrow();
                assertEquals(command.getNumber(), result.getNumber(), method.name());
                assertEquals(method.descriptor().getInputType(), command.getMessageType(), method.name());
                assertEquals(method.descriptor().getOutputType(), result.getMessageType(), method.name());
            }
        }
    }

    @Test
    void everyMemberOfCmdAndOkIsAMethod() {
        Set<Integer> numbers = new HashSet<>();
        Api.contract().methods().forEach(method -> method.command().ifPresent(field -> numbers.add(field.getNumber())));
        Cmd.getDescriptor()
                .getOneofs()
                .getFirst()
                .getFields()
                .forEach(field -> assertTrue(numbers.contains(field.getNumber()), field.getName()));
        Ok.getDescriptor()
                .getOneofs()
                .getFirst()
                .getFields()
                .forEach(field -> assertTrue(numbers.contains(field.getNumber()), field.getName()));
    }
}
