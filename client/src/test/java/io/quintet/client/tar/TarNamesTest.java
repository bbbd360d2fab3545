package io.quintet.client.tar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarNamesTest {
  @Test
  void namesAreSplitFromTheRootDown() {
    assertEquals(List.of("a", "b c", "...d"), TarNames.parts("a/b c/...d"));
    assertEquals(List.of("a"), TarNames.parts("a/"));
    assertEquals(List.of(), TarNames.parts("./"));
    assertEquals(List.of(), TarNames.parts("."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "..",
        "../a",
        "a/../b",
        "a/..",
        "a//b",
        "a/./b",
        "a\0b",
        "//"
      })
  void whatNoTreeHasIsNoName(String name) {
    assertNull(TarNames.parts(name));
  }

  @ParameterizedTest
  @CsvSource({"0,a", "0,./a/b", "1,../a", "2,../../a", "1,.", "3,..", "0,a/", "0,a//b", "1,../"})
  void linksThatStayInsideAreFine(int depth, String target) {
    assertFalse(TarNames.escapes(depth, target));
  }

  @ParameterizedTest
  @CsvSource({"0,/", "3,/etc", "0,..", "1,../..", "1,../../a", "5,a/..", "5,a/../b", "5,./a/.."})
  void linksThatMayLeadOutEscape(int depth, String target) {
    assertTrue(TarNames.escapes(depth, target));
  }

  @Test
  void anEmptyTargetOrOneWithNulEscapes() {
    assertTrue(TarNames.escapes(1, ""));
    assertTrue(TarNames.escapes(1, "a\0"));
  }
}
