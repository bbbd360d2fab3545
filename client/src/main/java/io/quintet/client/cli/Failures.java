package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.progress.JsonLine;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns every exception that leaves a command into two lines (or one JSON object) and an exit
/// code. No stack trace reaches the terminal.
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final CliContext context;

  Failures(CliContext context) {
    this.context = context;
  }

  /// A command line that picocli does not understand.
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = "see '" + command.getCommandSpec().qualifiedName() + " --help'";
    List<String> suggestions =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    String advice =
        suggestions.isEmpty()
            ? help
            : "did you mean '" + suggestions.getFirst() + "'? otherwise " + help;
    // The first line says it; picocli adds possible solutions on further ones.
    String failed = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments");
    boolean json = Arrays.asList(args).contains("--json");
    return report(command, json, new UserException(ExitCode.USAGE, failed, advice));
  }

  /// An exception of a running command.
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (context.interruption().requested()) {
      // The shutdown hook says it.
      return ExitCode.INTERRUPTED.number();
    }
    ParseResult own = command.getParseResult();
    boolean json = own != null && own.hasMatchedOption("--json");
    return report(command, json, e instanceof UserException user ? user : unexpected(e, context));
  }

  static int report(CommandLine command, boolean json, UserException failure) {
    ExitCode exitCode = failure.exitCode();
    String failed = String.valueOf(failure.getMessage());
    if (json) {
      boolean taken =
          command.getCommand() instanceof ClientCommand client && client.takesStandardOutput();
      PrintWriter out = taken ? command.getErr() : command.getOut();
      out.println(
          JsonLine.event("error")
              .with("exitCode", exitCode.number())
              .with("failed", failed)
              .with("advice", failure.advice()));
      out.flush();
    } else {
      FailureText.print(command.getErr(), failed, failure.advice());
    }
    return exitCode.number();
  }

  static UserException unexpected(Throwable e, CliContext context) {
    String failed = "unexpected error: " + e.getClass().getSimpleName();
    return new UserException(
        ExitCode.UNEXPECTED, failed, ErrorLog.write(context.stateDirectory(), e), e);
  }
}
