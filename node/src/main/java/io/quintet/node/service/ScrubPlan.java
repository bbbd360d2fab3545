package io.quintet.node.service;

import io.quintet.dht.id.Key;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How far the scrub is, and when the next chunk is due. A pure value: times are milliseconds of
/// the wall clock, as a pass outlives the process; a clock that jumps makes a pass shorter or
/// starts it again, never longer than [#PASS].
///
/// @param beganMillis when this pass began
/// @param after the last chunk that was read, null before the first
/// @param chunks how many were read in this pass
/// @param done whether the pass has seen every chunk and waits for the next one
record ScrubPlan(long beganMillis, @Nullable Key after, long chunks, boolean done) {
  /// How long a pass takes when there is little to do. A chunk that comes in just behind the place
  /// of one pass may be the last of the next one, and is read within 14 days all the same.
  static final Duration PASS = Duration.ofDays(7);

  /// The longest pause within a pass: few chunks are read early rather than days apart.
  static final Duration PAUSE_MAX = Duration.ofHours(1);

  /// Of one core, 1 part works and this many rest: 5 percent.
  static final int REST_FACTOR = 19;

  /// What hashing costs on a slow core; a disk that is slower makes a step longer without using it.
  private static final long NANOS_PER_BYTE = 5;

  private static final long NANOS_PER_CHUNK = 200_000;
  private static final Pattern TEXT =
      Pattern.compile("scrub 1 ([0-9]{1,18}) ([0-9a-f]{64}|-) ([0-9]{1,18}) (true|false)\\s*");

  /// A pass that begins now.
  static ScrubPlan begin(long nowMillis) {
    return new ScrubPlan(nowMillis, null, 0, false);
  }

  /// The pass after `id` was read.
  ScrubPlan read(Key id) {
    return new ScrubPlan(beganMillis, id, chunks + 1, false);
  }

  /// The pass when there is no chunk left.
  ScrubPlan finished() {
    return new ScrubPlan(beganMillis, null, chunks, true);
  }

  /// How long until the next pass is due; zero when it is, or when the clock went back.
  Duration untilNextPass(long nowMillis) {
    long since = nowMillis - beganMillis;
    return since < 0 || since >= PASS.toMillis()
        ? Duration.ZERO
        : Duration.ofMillis(PASS.toMillis() - since);
  }

  /// How long to rest after one chunk.
  ///
  /// @param cost of that chunk
  /// @param chunksLeft about how many follow in this pass
  /// @param hurried whether somebody asked for this pass: it is not spread over days
  Duration pause(long nowMillis, Cost cost, long chunksLeft, boolean hurried) {
    long work = Math.min(cost.tookNanos, NANOS_PER_CHUNK + cost.sizeBytes * NANOS_PER_BYTE);
    long rest = REST_FACTOR * work;
    long even = hurried ? 0 : untilNextPass(nowMillis).toNanos() / Math.max(1, chunksLeft);
    return Duration.ofNanos(Math.max(rest, Math.min(even, PAUSE_MAX.toNanos())));
  }

  /// What reading one chunk took.
  ///
  /// @param tookNanos by the clock, waiting for the disk included
  record Cost(int sizeBytes, long tookNanos) {}

  /// One line, for [#parse].
  String text() {
    return "scrub 1 "
        + beganMillis
        + " "
        + (after == null ? "-" : after)
        + " "
        + chunks
        + " "
        + done
        + "\n";
  }

  /// What [#text] wrote; empty when it is anything else.
  static Optional<ScrubPlan> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String after = parts.group(2);
    return Optional.of(
        new ScrubPlan(
            Long.parseLong(parts.group(1)),
            after.equals("-") ? null : Key.fromHex(after),
            Long.parseLong(parts.group(3)),
            Boolean.parseBoolean(parts.group(4))));
  }
}
