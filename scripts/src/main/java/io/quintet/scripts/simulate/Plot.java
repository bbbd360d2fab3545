package io.quintet.scripts.simulate;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// A small plot over numbers of nodes from 10^2 to 10^6 on a logarithmic scale, as SVG 1.1 text
/// that reads well on white and on dark pages.
final class Plot {
  /// One measurement.
  record Point(double nodes, double value) {}

  private record Line(String name, DoubleUnaryOperator value) {}

  private record Points(String name, List<Point> points) {}

  private static final List<String> COLOURS = List.of("#0b62a4", "#c8442f");
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final int DECADE_MIN = 2;
  private static final int DECADE_MAX = 6;
  private static final int STEPS = 5;
  private static final int LEGEND_HEIGHT = 18;

  private final String title;
  private final String unit;
  private final List<Line> lines = new ArrayList<>();
  private final List<Points> series = new ArrayList<>();

  Plot(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  Plot line(String name, DoubleUnaryOperator value) {
    lines.add(new Line(name, value));
    return this;
  }

  Plot points(String name, List<Point> points) {
    series.add(new Points(name, points));
    return this;
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"13\">",
        WIDTH,
        HEIGHT);
    add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    add(svg, "<text x=\"%d\" y=\"24\" font-size=\"16\">%s</text>", LEFT, title);
    axes(svg);
    int legend = TOP + LEGEND_HEIGHT;
    for (Line line : lines) {
      curve(svg, line);
      add(
          svg,
          "<text x=\"%d\" y=\"%d\" fill=\"#777777\">- - %s</text>",
          LEFT + 12,
          legend,
          line.name);
      legend += LEGEND_HEIGHT;
    }
    for (int i = 0; i < series.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      marks(svg, series.get(i), colour);
      add(
          svg,
          "<text x=\"%d\" y=\"%d\" fill=\"%s\">&#9679; %s</text>",
          LEFT + 12,
          legend,
          colour,
          series.get(i).name);
      legend += LEGEND_HEIGHT;
    }
    return svg.append("</svg>\n").toString();
  }

  private void axes(StringBuilder svg) {
    for (int decade = DECADE_MIN; decade <= DECADE_MAX; decade++) {
      double x = x(Math.pow(10, decade));
      grid(svg, x, TOP, x, HEIGHT - BOTTOM);
      add(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">10<tspan dy=\"-5\""
              + " font-size=\"10\">%d</tspan></text>",
          x,
          HEIGHT - BOTTOM + 20,
          decade);
    }
    for (int step = 0; step <= STEPS; step++) {
      double value = top() * step / STEPS;
      grid(svg, LEFT, y(value), WIDTH - RIGHT, y(value));
      add(
          svg,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>",
          LEFT - 8,
          y(value) + 4,
          value);
    }
    add(svg, "<text x=\"%d\" y=\"%d\">nodes</text>", WIDTH - RIGHT - 40, HEIGHT - 8);
    add(
        svg,
        "<text x=\"16\" y=\"%d\" transform=\"rotate(-90 16 %d)\" text-anchor=\"middle\">%s</text>",
        HEIGHT / 2,
        HEIGHT / 2,
        unit);
  }

  private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
    add(
        svg,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
        x1,
        y1,
        x2,
        y2);
  }

  private void curve(StringBuilder svg, Line line) {
    StringBuilder path = new StringBuilder();
    for (double decade = DECADE_MIN; decade <= DECADE_MAX; decade += 0.5) {
      double nodes = Math.pow(10, decade);
      path.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", x(nodes), y(line.value.applyAsDouble(nodes))));
    }
    add(
        svg,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"#777777\" stroke-dasharray=\"6 4\"/>",
        path.toString().strip());
  }

  private void marks(StringBuilder svg, Points points, String colour) {
    for (Point point : points.points) {
      add(
          svg,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%.0f nodes: %.2f</title>"
              + "</circle>",
          x(point.nodes),
          y(point.value),
          colour,
          point.nodes,
          point.value);
    }
  }

  /// The value at the upper end: the next multiple of the number of steps.
  private double top() {
    double most = 1;
    for (Points each : series) {
      for (Point point : each.points) {
        most = Math.max(most, point.value);
      }
    }
    for (Line line : lines) {
      most = Math.max(most, line.value.applyAsDouble(Math.pow(10, DECADE_MAX)));
    }
    return STEPS * Math.ceil(most / STEPS);
  }

  private static double x(double nodes) {
    double share = (Math.log10(nodes) - DECADE_MIN) / (DECADE_MAX - DECADE_MIN);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / top() * (HEIGHT - TOP - BOTTOM);
  }

  @FormatMethod
  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
