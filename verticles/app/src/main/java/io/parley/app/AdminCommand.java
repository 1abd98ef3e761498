package io.parley.app;

import io.parley.gateway.GatewayRole;
import io.parley.kernel.auth.AuthConfig;
import io.parley.kernel.cluster.ClusterConfig;
import io.parley.kernel.config.Setting;
import io.parley.kernel.config.Settings;
import io.parley.kernel.store.StoreConfig;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./parley admin}: what an operator asks of an installation. */
@Command(
        name = "admin",
        description = "Administration.",
        mixinStandardHelpOptions = true,
        subcommands = {AdminCommand.Config.class, CommandLine.HelpCommand.class})
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
}
