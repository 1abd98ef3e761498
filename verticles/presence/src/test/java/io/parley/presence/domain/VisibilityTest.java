package io.parley.presence.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibilityTest {
    private static final long NOW = 1_000_000;

    @ParameterizedTest(name = "devices {0}, wish {1}: others see {2}, oneself {3}")
    @CsvSource({
        "ONLINE,ONLINE,ONLINE,ONLINE",
        "ONLINE,AWAY,AWAY,AWAY",
        "ONLINE,INVISIBLE,NONE,INVISIBLE",
        "AWAY,ONLINE,AWAY,AWAY",
        "AWAY,INVISIBLE,NONE,INVISIBLE",
        "INVISIBLE,ONLINE,NONE,INVISIBLE",
        "NONE,ONLINE,NONE,NONE",
        "NONE,AWAY,NONE,NONE",
        "NONE,INVISIBLE,NONE,NONE",
    })
    void theWishOverridesWhatDevicesShow_butNobodyIsThereWithoutADevice(
            Activity devices, Activity wish, Activity others, Activity self) {
        var user = new UserState(devices, 5, new Wish(wish, "", 0));
        assertEquals(others, Visibility.toOthers(user, NOW).shown());
        assertEquals(self, Visibility.toSelf(user, NOW).shown());
    }

    @Test
    void fromOutsideTheInvisibleAndTheAbsentAreTheSame() {
        var absent = new UserState(Activity.NONE, 5, new Wish(Activity.ONLINE, "busy", 0));
        var invisible = new UserState(Activity.ONLINE, 5, new Wish(Activity.INVISIBLE, "busy", 0));
        assertEquals(Visibility.toOthers(absent, NOW), Visibility.toOthers(invisible, NOW));
    }

    @Test
    void lastSeenIsShownOnlyOfThoseWhoAreNotThere() {
        var wish = Wish.AUTOMATIC;
        assertEquals(
                0,
                Visibility.toOthers(new UserState(Activity.AWAY, 5, wish), NOW).lastSeenMillis());
        assertEquals(
                5,
                Visibility.toOthers(new UserState(Activity.NONE, 5, wish), NOW).lastSeenMillis());
    }

    @Test
    void aStatusClearsByItself() {
        var user = new UserState(Activity.ONLINE, 0, new Wish(Activity.ONLINE, "lunch", NOW));
        assertEquals("lunch", Visibility.toOthers(user, NOW - 1).status());
        assertEquals("", Visibility.toOthers(user, NOW).status());
        assertEquals(0, Visibility.toOthers(user, NOW).statusUntilMillis());
    }

    @ParameterizedTest
    @CsvSource({"ONLINE,299,ONLINE", "ONLINE,300,AWAY", "INVISIBLE,300,INVISIBLE", "AWAY,0,AWAY"})
    void anIdleDeviceIsAway(Activity wanted, long idleSeconds, Activity shown) {
        assertEquals(shown, Activity.ofDevice(wanted, Duration.ofSeconds(idleSeconds), Duration.ofSeconds(300)));
    }

    @ParameterizedTest
    @CsvSource({"AWAY,a|b|c,77", "ONLINE,'',0", "INVISIBLE,'|',0"})
    void aWishSurvivesTheStore(Activity state, String status, long until) {
        var wish = new Wish(state, status, until);
        assertEquals(wish, Wish.decoded(wish.encoded()));
        assertEquals(Wish.AUTOMATIC, Wish.decoded(""));
    }

    @Test
    void whoComesAndGoesWithinOneFlushIsToldOnce() {
        var changes = new Changes<String>(2);
        var there = new Visibility(Activity.ONLINE, "", 0, 0);
        var gone = new Visibility(Activity.NONE, "", 0, 9);
        assertEquals(false, changes.add("ann", there));
        assertEquals(false, changes.add("ann", gone));
        assertEquals(true, changes.add("bob", there), "full");
        assertEquals(List.of(gone, there), List.copyOf(changes.drain().values()));
        assertEquals(0, changes.drain().size());
    }
}
