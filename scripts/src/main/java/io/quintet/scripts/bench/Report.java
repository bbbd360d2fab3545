package io.quintet.scripts.bench;

import io.quintet.client.progress.JsonLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was measured, printed as it comes and kept for the JSON file. Owned by one thread.
final class Report {
  private final PrintWriter out;
  private final Map<String, @Nullable Object> machine;
  private final List<Map<String, @Nullable Object>> figures = new ArrayList<>();
  private final List<Map<String, String>> notes = new ArrayList<>();
  private int missed;

  Report(PrintWriter out, Map<String, @Nullable Object> machine) {
    this.out = out;
    this.machine = machine;
    StringBuilder text = new StringBuilder();
    machine.forEach((name, value) -> text.append(name).append(' ').append(value).append("  "));
    print(text.toString().strip());
  }

  void begin(String part) {
    print("");
    print(part);
  }

  void add(Figure figure) {
    figures.add(figure.json());
    Goal goal = figure.goal();
    if (goal != null && !goal.isMet(figure.value())) {
      missed++;
    }
    print(figure.text());
  }

  /// A sentence about the figures around it.
  void note(String part, String text) {
    Map<String, String> note = new LinkedHashMap<>();
    note.put("part", part);
    note.put("text", text);
    notes.add(note);
    print("    " + text);
  }

  void finish(double seconds, @Nullable Path json) throws IOException {
    print("");
    String goals =
        missed == 0 ? "every goal met" : missed + (missed == 1 ? " goal" : " goals") + " missed";
    print("%s, %.0f s".formatted(goals, seconds));
    if (json != null) {
      JsonLine document =
          JsonLine.event("bench")
              .with("machine", machine)
              .with("figures", figures)
              .with("notes", notes)
              .with("seconds", seconds);
      Files.writeString(json, document + System.lineSeparator());
    }
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
