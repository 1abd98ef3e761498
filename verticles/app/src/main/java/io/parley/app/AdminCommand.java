package io.parley.app;

import io.parley.gateway.GatewayRole;
import io.parley.kernel.auth.AuthConfig;
import io.parley.kernel.cluster.ClusterConfig;
import io.parley.kernel.config.Setting;
import io.parley.kernel.config.Settings;
import io.parley.kernel.store.StoreConfig;
import io.parley.schema.SystemClock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./parley admin}: what an operator asks of an installation. */
@Command(
        name = "admin",
        description = "Administration.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AdminCommand.Config.class,
            AdminCommand.Rebuild.class,
            AdminCommand.DetachMonth.class,
            CommandLine.HelpCommand.class
        })
final class AdminCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 0;
    }

    /** Prints every setting with its value, where that came from and what is allowed. */
    @Command(name = "config", description = "Lists all settings.", mixinStandardHelpOptions = true)
    static final class Config implements Callable<Integer> {
        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            Settings settings = common.settings(Map.of());
            askForAll(settings);
            for (Setting setting : settings.reference()) {
                System.out.printf(
                        "%s = %s%n    %s (%s; %s; environment %s)%n",
                        setting.key(),
                        setting.value(),
                        setting.doc(),
                        setting.allowed(),
                        setting.origin(),
                        Settings.variable(setting.key()));
            }
            return 0;
        }

        private static void askForAll(Settings settings) {
            ProcessConfig.from(settings);
            StoreUrls.from(settings);
            StoreConfig.from(settings);
            ClusterConfig.from(settings);
            AuthConfig.from(settings);
            Roles.all(new GatewayRole()).forEach(role -> role.configure(settings));
        }
    }

    /** Safe while nodes run: the channel waits, and nobody sees it half done. */
    @Command(
            name = "rebuild",
            description = "Makes what is shown of a channel (messages, members, pins…) anew from its log.",
            mixinStandardHelpOptions = true)
    static final class Rebuild implements Callable<Integer> {
        @Mixin
        private CommonOptions common = new CommonOptions();

        @Option(names = "--tenant", paramLabel = "ID", description = "default: the server's default tenant")
        private Optional<String> tenant = Optional.empty();

        @Option(names = "--channel", required = true, paramLabel = "ID", description = "which channel")
        private String channel = "";

        @Override
        public Integer call() {
            Settings settings = common.settings(Map.of());
            String home = tenant.orElseGet(() -> AuthConfig.from(settings).defaultTenant());
            long events = AdminDatabase.with(common, settings, chat -> chat.rebuild(home, channel));
            System.out.printf("rebuilt channel %s of tenant %s from %d events%n", channel, home, events);
            return 0;
        }
    }

    /** Safe while nodes run; for months that are over. */
    @Command(
            name = "detach-month",
            description = "Takes a month out of all channels; its tables stay, to be archived or dropped.",
            mixinStandardHelpOptions = true)
    static final class DetachMonth implements Callable<Integer> {
        @Mixin
        private CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "YYYY-MM", description = "the month, in UTC")
        private YearMonth month = YearMonth.of(1970, 1);

        @Override
        public Integer call() {
            Settings settings = common.settings(Map.of());
            var today = Instant.ofEpochMilli(new SystemClock().wallMillis()).atZone(ZoneOffset.UTC);
            if (!month.isBefore(YearMonth.from(today))) {
                throw new StartException(month + " is not over yet");
            }
            int number = month.getYear() * 12 + month.getMonthValue() - 1;
            if (!AdminDatabase.with(common, settings, chat -> chat.detachMonth(number))) {
                throw new StartException("there is nothing of " + month);
            }
            String suffix = month.toString().replace('-', '_');
            System.out.printf(
                    "detached %s: message_%s and channel_event_%s stay as tables, to be archived or dropped%n",
                    month, suffix, suffix);
            return 0;
        }
    }
}
