package io.quintet.scripts.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.dht.sim.Scenario;
import io.quintet.scripts.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
  @TempDir Path dir;

  @Test
  void aResultHasEveryFigureAndTheCommandThatGivesItAgain() throws Exception {
    JsonNode result = json("simulate", "join", "--nodes", "20", "--seed", "7");
    assertEquals("result", result.get("event").asText());
    assertEquals("join", result.get("scenario").asText());
    assertEquals(20, result.get("nodes").asInt());
    assertEquals(7, result.get("seed").asInt());
    assertTrue(result.get("traceHash").asText().matches("[0-9a-f]{16}"), result.toString());
    assertEquals(100, result.get("lookups").asInt());
    assertEquals(100, result.get("lookupsSucceeded").asInt());
    for (String figure :
        List.of("events", "messages", "virtualSeconds", "hopsMean", "rpcsPerLookupMean")) {
      assertTrue(result.get(figure).asDouble() > 0, figure + " in " + result);
    }
    assertEquals(
        "scripts/quintet simulate join --nodes 20 --seed 7", result.get("replay").asText());
  }

  @Test
  void oneSeedGivesOneResultAndAnotherSeedAnother() throws Exception {
    JsonNode first = json("simulate", "churn", "--nodes", "20", "--seed", "1");
    assertEquals(first, json("simulate", "churn", "--nodes", "20", "--seed", "1"));
    assertNotEquals(
        first.get("traceHash"),
        json("simulate", "churn", "--nodes", "20", "--seed", "2").get("traceHash"));
  }

  @Test
  void aDrawnSeedIsPrintedSoThatTheRunCanBeRepeated() throws Exception {
    JsonNode drawn = json("simulate", "join", "--nodes", "5");
    String seed = drawn.get("seed").asText();
    assertEquals(drawn, json("simulate", "join", "--nodes", "5", "--seed", seed));
    assertNotEquals(seed, json("simulate", "join", "--nodes", "5").get("seed").asText());
  }

  @Test
  void textSaysTheFiguresAndTheReplay() {
    CommandRun run = CommandRun.of(dir, "simulate", "providers", "--nodes", "7", "--seed", "1");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err());
    assertTrue(run.out().contains("\ntrace hash   "), run.out());
    assertTrue(run.out().contains("\nsearches     3,000 keys; "), run.out());
    assertTrue(
        run.out().strip().endsWith("again: scripts/quintet simulate providers --nodes 7 --seed 1"),
        run.out());
  }

  @Test
  void anUnknownScenarioListsThoseThatExist() {
    CommandRun run = CommandRun.of(dir, "simulate", "JOIN");
    assertEquals(2, run.exitCode());
    for (Scenario each : Scenario.values()) {
      assertTrue(run.errLines().getLast().contains(each.commandName()), run.err());
    }
    CommandRun help = CommandRun.of(dir, "simulate", "--help");
    for (Scenario each : Scenario.values()) {
      assertTrue(help.out().contains(each.commandName()), help.out());
    }
  }

  @Test
  void numbersOutOfRangeSayTheRange() {
    for (String nodes : List.of("0", "1", "-5", "1000001")) {
      CommandRun run = CommandRun.of(dir, "simulate", "join", "--nodes", nodes);
      assertEquals(2, run.exitCode());
      assertEquals(2, run.errLines().size(), run.err());
      assertEquals("  use 2 to 1000000", run.errLines().getLast());
    }
    CommandRun sybil = CommandRun.of(dir, "simulate", "sybil", "--nodes", "10001");
    assertEquals("  use 2 to 10000", sybil.errLines().getLast());
    CommandRun chunks = CommandRun.of(dir, "simulate", "republish", "--chunks", "-1");
    assertEquals(2, chunks.exitCode());
    assertEquals("  use 0 to 1000000", chunks.errLines().getLast());
    for (String word : List.of("many", "99999999999", "")) {
      CommandRun run = CommandRun.of(dir, "simulate", "join", "--nodes", word);
      assertEquals(2, run.exitCode());
      assertEquals(2, run.errLines().size(), run.err());
    }
  }

  @Test
  void durabilityNeedsMoreNodesThanReplicasAndGivesOneResultPerSeed() throws Exception {
    CommandRun run = CommandRun.of(dir, "simulate", "durability", "--nodes", "5");
    assertEquals(2, run.exitCode());
    assertEquals("  use 6 to 10000", run.errLines().getLast());
    String[] command = {"simulate", "durability", "--nodes", "12", "--chunks", "60", "--seed", "1"};
    JsonNode first = durability(command);
    assertEquals(first, durability(command));
    command[command.length - 1] = "2";
    assertNotEquals(first.get("traceHash"), durability(command).get("traceHash"));
  }

  /// Production's decisions keep every chunk, copy little more than what died with its disk, and
  /// never make more than two replicas too many; but after a heavy loss, when all five are made
  /// again, the three or four that were silent may all come back.
  @Test
  void repairRestoresWhatDiedAndHardlyMore() throws Exception {
    int seed = new SplittableRandom().nextInt(1_000_000);
    JsonNode result =
        durability("simulate", "durability", "--nodes", "30", "--seed", String.valueOf(seed));
    String said = result.toString();
    assertEquals(0, result.get("chunksLost").asInt(), said);
    assertTrue(result.get("deaths").asInt() > 5, said);
    assertTrue(result.get("bytesRepaired").asLong() > 0, said);
    assertTrue(result.get("repairTraffic").asDouble() <= 1.5, said);
    assertTrue(result.get("duplicatesPerRepair").asDouble() <= 0.1, said);
    assertTrue(result.get("replicasMax").asInt() <= 9, said);
    assertEquals(0.0, result.get("hoursBelow1PerChunkYear").asDouble(), said);
  }

  @Test
  void aPlotIsDrawnFromResults() throws Exception {
    Path results = dir.resolve("results.jsonl");
    Files.writeString(
        results,
        """
        {"scenario":"join","nodes":100,"filledTables":false,"hopsMean":1.9,"rpcsPerLookupMean":21.5}

        {"scenario":"durability","nodes":50}
        {"scenario":"join","nodes":1000000,"filledTables":true,"hopsMean":4.4,"rpcsPerLookupMean":28}
        """);
    CommandRun run = CommandRun.of(dir, "simulate", "plot", results.toString(), dir.toString());
    assertEquals(0, run.exitCode(), run.err());
    String hops = Files.readString(dir.resolve("hops.svg"));
    assertTrue(hops.contains("<title>1000000 nodes: 4.40</title>"), hops);
    assertTrue(Files.readString(dir.resolve("rpcs.svg")).contains("100 nodes: 21.50"));
    CommandRun missing = CommandRun.of(dir, "simulate", "plot", "no-such-file", dir.toString());
    assertEquals(3, missing.exitCode());
    assertEquals(2, missing.errLines().size(), missing.err());
  }

  private JsonNode durability(String... args) throws Exception {
    return json(args, List.of("seconds", "eventsPerSecond", "timesRealTime"));
  }

  @Test
  void aTraceIsWrittenLineByLine() throws Exception {
    Path trace = dir.resolve("trace.txt");
    json("simulate", "join", "--nodes", "5", "--seed", "1", "--trace", trace.toString());
    List<String> lines = Files.readAllLines(trace);
    assertEquals("stage 1 of 5 nodes", lines.getFirst());
    assertTrue(lines.size() > 100, lines.toString());
    CommandRun run =
        CommandRun.of(dir, "simulate", "join", "--trace", dir.resolve("no/file").toString());
    assertEquals(7, run.exitCode());
    assertEquals(2, run.errLines().size(), run.err());
  }

  @Test
  void aNetworkThatDoesNotFitIntoTheMemoryIsNoBug() {
    UserException failure = SimulateCommand.failure(new OutOfMemoryError(), "the command");
    assertEquals(ExitCode.REFUSED, failure.exitCode());
    assertTrue(failure.advice().endsWith("-Xmx12g the command"), failure.advice());
  }

  private JsonNode json(String... args) throws Exception {
    return json(args, List.of("seconds", "eventsPerSecond", "timesRealTime", "bytesPerNode"));
  }

  /// The result without the figures that depend on the machine.
  private JsonNode json(String[] args, List<String> measured) throws Exception {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = "--json";
    CommandRun run = CommandRun.of(dir, all);
    assertEquals(0, run.exitCode(), run.out() + run.err());
    ObjectNode result = (ObjectNode) new ObjectMapper().readTree(run.out());
    for (String figure : measured) {
      assertTrue(result.remove(figure).asDouble() > 0, figure);
    }
    return result;
  }
}
