package io.quintet.scripts.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One measured value.
///
/// @param part of the benchmark that measured it
/// @param name what it is
/// @param goal what it should be, or null
/// @param bounds the limits that it runs against in this run, each in the figure's own unit
record Figure(
    String part, String name, double value, String unit, @Nullable Goal goal, List<Bound> bounds) {
  /// A limit, and where it comes from.
  record Bound(String name, double value) {}

  Figure {
    bounds = List.copyOf(bounds);
  }

  static Figure of(String part, String name, double value, String unit) {
    return new Figure(part, name, value, unit, null, List.of());
  }

  Figure with(Goal wanted) {
    return new Figure(part, name, value, unit, wanted, bounds);
  }

  Figure against(String what, double limit) {
    List<Bound> more = new ArrayList<>(bounds);
    more.add(new Bound(what, limit));
    return new Figure(part, name, value, unit, goal, more);
  }

  /// One row of the table, and one more for each limit.
  String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "  %-46s %9s %-8s%s",
                name,
                number(value),
                unit,
                goal == null ? "" : goal.text(value)));
    for (Bound bound : bounds) {
      text.append(System.lineSeparator())
          .append(
              String.format(
                  Locale.ROOT,
                  "      %3.0f %% of %s %s, %s",
                  100 * value / bound.value,
                  number(bound.value),
                  unit,
                  bound.name));
    }
    return text.toString();
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("part", part);
    fields.put("name", name);
    fields.put("value", value);
    fields.put("unit", unit);
    if (goal != null) {
      fields.put("goal", goal.value());
      fields.put("goalMet", goal.isMet(value));
    }
    if (!bounds.isEmpty()) {
      fields.put("limits", bounds.stream().map(bound -> bound(bound)).toList());
    }
    return fields;
  }

  private Map<String, @Nullable Object> bound(Bound bound) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", bound.name);
    fields.put("value", bound.value);
    fields.put("ratio", value / bound.value);
    return fields;
  }

  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
