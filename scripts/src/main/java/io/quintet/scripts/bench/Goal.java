package io.quintet.scripts.bench;

import java.util.Locale;

/// What a figure should be.
///
/// @param value in the figure's unit
/// @param atLeast whether more is better; otherwise `value` must not be exceeded
record Goal(double value, boolean atLeast) {
  static Goal atLeast(double value) {
    return new Goal(value, true);
  }

  static Goal atMost(double value) {
    return new Goal(value, false);
  }

  boolean isMet(double figure) {
    return atLeast ? figure >= value : figure <= value;
  }

  String text(double figure) {
    return String.format(
        Locale.ROOT,
        "goal %s %s: %s",
        atLeast ? ">=" : "<=",
        Figure.number(value),
        isMet(figure) ? "met" : "MISSED");
  }
}
