package io.quintet.scripts.tidy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every command line that a document shows is one that the program knows, option by option.
class CommandsInDocumentsIT {
  private static final Pattern COMMAND =
      Pattern.compile("(?:^|\\| )scripts/quintet ((?:cluster )?[a-z]+)([^|]*)");
  private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z-]+");

  private final Map<String, String> help = new TreeMap<>();

  @Test
  void everyCommandAndOptionThatIsShownExists() {
    List<String> shown =
        Documents.pages().stream()
            .flatMap(page -> Documents.fenced(page, "sh").stream())
            .filter(line -> COMMAND.matcher(line).find())
            .distinct()
            .toList();
    assertFalse(shown.isEmpty(), "the README shows commands");
    assertAll(shown.stream().map(line -> () -> check(line)));
  }

  private void check(String line) {
    Matcher commands = COMMAND.matcher(line);
    while (commands.find()) {
      String text = help.computeIfAbsent(commands.group(1), CommandsInDocumentsIT::help);
      OPTION
          .matcher(commands.group(2))
          .results()
          .forEach(option -> assertTrue(text.contains(option.group()), line + " -- " + text));
    }
  }

  private static String help(String command) {
    List<String> line =
        Stream.of(
                Stream.of(System.getProperty("quintet.launcher")),
                Stream.of(command.split(" ", -1)),
                Stream.of("--help"))
            .flatMap(words -> words)
            .toList();
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), line + " does not end");
      assertEquals(0, process.exitValue(), text);
      return text;
    } catch (IOException e) {
      throw new AssertionError("cannot start " + line, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + line, e);
    }
  }
}
