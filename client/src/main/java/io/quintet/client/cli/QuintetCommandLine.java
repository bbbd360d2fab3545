package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// The whole command line: the client's commands, and those that the composition root adds.
public final class QuintetCommandLine {
  private static final int HELP_COLUMNS_MIN = 80;
  private static final int HELP_COLUMNS_MAX = 100;

  private final CliContext context;
  private final CommandLine root;

  private QuintetCommandLine(CliContext context, CommandLine root) {
    this.context = context;
    this.root = root;
  }

  /// Builds the tree: `put`, `get`, `rm`, `info`, `nodes`, `status`, `audit`, `repair`, `manifest`,
  /// then `more`.
  ///
  /// @param more picocli command objects
  public static QuintetCommandLine of(CliContext context, List<?> more) {
    CommandLine root = new CommandLine(new RootCommand());
    root.addSubcommand(new PutCommand(context))
        .addSubcommand(new GetCommand(context))
        .addSubcommand(new RmCommand(context))
        .addSubcommand(new InfoCommand(context))
        .addSubcommand(new NodesCommand(context))
        .addSubcommand(new StatusCommand(context))
        .addSubcommand(new UnjoinCommand(context))
        .addSubcommand(new AuditCommand(context))
        .addSubcommand(new RepairCommand(context))
        .addSubcommand(
            new CommandLine(new ManifestCommand()).addSubcommand(new RedactCommand(context)));
    more.forEach(root::addSubcommand);
    Failures failures = new Failures(context);
    root.setParameterExceptionHandler(failures);
    root.setExecutionExceptionHandler(failures);
    root.setExecutionStrategy(guarding(context.interruption()));
    // An option of the wrong case or a shortened one would hide a typing error in a script.
    root.setCaseInsensitiveEnumValuesAllowed(false);
    describe(root, context);
    return new QuintetCommandLine(context, root);
  }

  /// Picocli's view, to redirect what is printed.
  public CommandLine picocli() {
    return root;
  }

  /// Runs one command line to its end.
  ///
  /// @return the exit code; every failure was printed
  public int execute(String... args) {
    try {
      return root.execute(args);
    } catch (Error e) {
      // Out of memory, a broken installation: picocli lets errors pass.
      return Failures.report(root, false, Failures.unexpected(e, context));
    }
  }

  private static IExecutionStrategy guarding(Interruption interruption) {
    return parsed -> {
      CommandLine command = leaf(parsed).commandSpec().commandLine();
      if (!(command.getCommand() instanceof ClientCommand)) {
        return new RunLast().execute(parsed);
      }
      boolean json = leaf(parsed).hasMatchedOption("--json");
      return interruption.guard(
          () -> new RunLast().execute(parsed),
          (UserException failure) -> Failures.report(command, json, failure));
    };
  }

  private static ParseResult leaf(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last;
  }

  private static void describe(CommandLine command, CliContext context) {
    command.getCommandSpec().mixinStandardHelpOptions(true);
    command.getCommandSpec().version("quintet " + Version.current());
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.width(Math.clamp(context.terminal().columns(), HELP_COLUMNS_MIN, HELP_COLUMNS_MAX));
    usage.exitCodeListHeading("%nExit codes:%n");
    usage.exitCodeList(exitCodes());
    usage.sortOptions(false);
    if (!command.getSubcommands().isEmpty()) {
      usage.commandListHeading("%nCommands:%n");
    }
    command.getSubcommands().values().forEach(sub -> describe(sub, context));
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(Integer.toString(code.number()), code.meaning());
    }
    return codes;
  }
}
