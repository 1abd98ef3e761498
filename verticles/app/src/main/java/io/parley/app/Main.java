package io.parley.app;

import io.parley.kernel.config.SettingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./parley}: what a person can ask of the server from a terminal. */
@Command(
        name = "parley",
        description = "Real-time communication platform that you run yourself.",
        mixinStandardHelpOptions = true,
        version = Version.TEXT,
        subcommands = {UpCommand.class, TokenCommand.class, AdminCommand.class})
public final class Main implements Runnable {
    /** Exit codes: 0 done, 1 failed, 2 the call's words or settings are wrong. */
    public static void main(String[] arguments) {
        int code = 1;
        try {
            code = new CommandLine(new Main())
                    .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command))
                    .execute(arguments);
        } catch (Error broken) {
            System.err.println("parley: broken beyond what it can name: " + broken); // and what was started must end
        }
        System.exit(code);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** People get one line; who needs the stack sets PARLEY_LOG_LEVEL=debug. */
    private static int explain(Exception failure, CommandLine command) {
        boolean wrongWords = failure instanceof SettingException;
        Throwable cause = failure;
        while (!(cause instanceof SettingException || cause instanceof StartException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = cause instanceof SettingException || cause instanceof StartException
                ? String.valueOf(cause.getMessage())
                : cause.toString();
        command.getErr().println("parley: " + text);
        if ("debug".equals(System.getenv("PARLEY_LOG_LEVEL"))) {
            failure.printStackTrace(command.getErr());
        }
        return wrongWords || cause instanceof SettingException ? 2 : 1;
    }
}
