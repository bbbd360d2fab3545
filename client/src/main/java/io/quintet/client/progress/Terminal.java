package io.quintet.client.progress;

import java.io.Console;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What standard error is: a terminal that can show a moving line, or a file or pipe that should
/// stay quiet.
///
/// The launcher knows best, because `test -t 2` looks at standard error itself, while Java's
/// console looks at standard input and output. It says so in two system properties.
///
/// @param columns width in characters, 20 to 500
/// @param colour whether escape sequences for colours are welcome (<https://no-color.org>)
public record Terminal(boolean interactive, int columns, boolean colour) {
  /// System property: `true` or `false`, whether standard error is a terminal.
  public static final String INTERACTIVE_PROPERTY = "quintet.stderr.terminal";

  /// System property: the terminal's width.
  public static final String COLUMNS_PROPERTY = "quintet.columns";

  /// A pipe.
  public static final Terminal NONE = new Terminal(false, 80, false);

  private static final int COLUMNS_DEFAULT = 80;

  /// Keeps the width within what can be drawn.
  public Terminal {
    columns = Math.clamp(columns, 20, 500);
  }

  /// What this process's standard error is.
  public static Terminal ofStandardError() {
    return of(System::getProperty, System::getenv, Terminal::hasConsole);
  }

  static Terminal of(
      Function<String, @Nullable String> properties,
      Function<String, @Nullable String> environment,
      BooleanSupplier console) {
    String told = properties.apply(INTERACTIVE_PROPERTY);
    boolean interactive = told == null ? console.getAsBoolean() : Boolean.parseBoolean(told);
    String width = properties.apply(COLUMNS_PROPERTY);
    boolean measured = width != null && !width.isEmpty();
    int columns = parse(measured ? width : environment.apply("COLUMNS"));
    String noColour = environment.apply("NO_COLOR");
    boolean colour =
        interactive
            && (noColour == null || noColour.isEmpty())
            && !"dumb".equals(environment.apply("TERM"));
    return new Terminal(interactive, columns, colour);
  }

  // Error Prone knows JDK 22 to 24, where a console was always there; JDK 25 has none for a pipe.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static int parse(@Nullable String columns) {
    return columns != null && columns.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(columns)
        : COLUMNS_DEFAULT;
  }
}
