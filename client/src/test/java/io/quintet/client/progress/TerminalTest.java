package io.quintet.client.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static Terminal of(
      Map<String, String> properties, Map<String, String> environment, boolean console) {
    return Terminal.of(properties::get, environment::get, () -> console);
  }

  @Test
  void launchersWordBeatsTheConsole() {
    Map<String, String> no = Map.of(Terminal.INTERACTIVE_PROPERTY, "false");
    assertEquals(new Terminal(false, 80, false), of(no, Map.of(), true));
    Map<String, String> yes = Map.of(Terminal.INTERACTIVE_PROPERTY, "true");
    assertEquals(new Terminal(true, 80, true), of(yes, Map.of(), false));
  }

  @Test
  void noColourIsRespectedUnlessEmpty() {
    assertEquals(new Terminal(true, 80, false), of(Map.of(), Map.of("NO_COLOR", "1"), true));
    assertEquals(new Terminal(true, 80, true), of(Map.of(), Map.of("NO_COLOR", ""), true));
    assertEquals(new Terminal(true, 80, false), of(Map.of(), Map.of("TERM", "dumb"), true));
  }

  @Test
  void widthComesFromTheLauncherThenTheEnvironmentAndIsBounded() {
    Map<String, String> columns = Map.of(Terminal.COLUMNS_PROPERTY, "120");
    assertEquals(120, of(columns, Map.of("COLUMNS", "90"), true).columns());
    assertEquals(90, of(Map.of(), Map.of("COLUMNS", "90"), true).columns());
    assertEquals(80, of(Map.of(), Map.of("COLUMNS", "wide"), true).columns());
    assertEquals(80, of(Map.of(), Map.of("COLUMNS", "-3"), true).columns());
    assertEquals(500, of(Map.of(), Map.of("COLUMNS", "9999"), true).columns());
    assertEquals(20, of(Map.of(), Map.of("COLUMNS", "1"), true).columns());
  }
}
