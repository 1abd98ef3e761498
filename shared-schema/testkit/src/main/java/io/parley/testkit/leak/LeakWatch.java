package io.parley.testkit.leak;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Begins to watch buffers before the first test of a JVM; found by JUnit through the service file. */
public final class LeakWatch implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        BufferLeaks.watch();
    }
}
