package io.quintet.dht.net.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.vertx.core.buffer.Buffer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MdnsMessagesTest {
  private static final Contact NODE =
      new Contact(new Key(1, -2, 3, -4), "fd00:0:0:0:0:0:0:9", 18_000);
  private static final Inet4Address ADDRESS = (Inet4Address) InetAddress.ofLiteral("10.1.2.3");
  private static final NodeService SERVICE = new NodeService(NODE, "home", ADDRESS);
  private static final Contact SEEN = new Contact(NODE.id(), "10.1.2.3", 18_000);

  private static Buffer announcement() {
    return new DnsMessage(0, true, List.of(), SERVICE.all()).encode();
  }

  private static DnsMessage read(Buffer datagram) {
    return Objects.requireNonNull(DnsMessage.decode(datagram));
  }

  @Test
  void nodeIsReadBackFromItsAnnouncementInItsOwnNetworkOnly() {
    assertEquals(List.of(SEEN), Browsing.nodes(read(announcement()), "home"));
    assertEquals(List.of(SEEN), Browsing.nodes(read(announcement()), "home"), "encoded again");
    assertEquals(List.of(), Browsing.nodes(read(announcement()), "work"));
  }

  @Test
  void announcementFitsIntoOnePacketWhateverTheNames() {
    NodeService longest = new NodeService(NODE, "n".repeat(64), ADDRESS);
    Buffer datagram = new DnsMessage(0, true, List.of(), longest.all()).encode();
    assertTrue(datagram.length() <= 512, datagram.length() + " bytes");
    assertEquals(List.of(SEEN), Browsing.nodes(read(datagram), "n".repeat(64)));
  }

  @Test
  void questionForTheServiceIsAnsweredWithAllThatIsNeeded() {
    List<DnsRecord> answer =
        SERVICE.answer(new DefaultDnsQuestion("_Quintet._TCP.local", DnsRecordType.PTR), true);
    assertEquals(
        List.of(DnsRecordType.PTR, DnsRecordType.SRV, DnsRecordType.TXT, DnsRecordType.A),
        answer.stream().map(DnsRecord::type).toList());
    assertTrue(answer.stream().allMatch(each -> each.timeToLive() <= 10), answer.toString());
    assertTrue(answer.stream().allMatch(each -> each.dnsClass() == 1), answer.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"_http._tcp.local", "_quintet._udp.local", "local", "x.local"})
  void questionForSomethingElseIsNotAnswered(String name) {
    assertEquals(List.of(), SERVICE.answer(new DefaultDnsQuestion(name, DnsRecordType.ANY), false));
  }

  @Test
  void browsersOfAllTypesLearnOfOurs() {
    assertEquals(
        1,
        SERVICE.answer(new DefaultDnsQuestion(NodeService.TYPES, DnsRecordType.PTR), false).size());
  }

  @Test
  void noDamagedMessageDoesMoreThanNothing() {
    Random random = new Random(7);
    Buffer whole = announcement();
    for (int i = 0; i < whole.length(); i++) {
      assertHarmless(whole.slice(0, i));
      for (int j = 0; j < 8; j++) {
        Buffer mutant = whole.copy().setByte(i, (byte) random.nextInt());
        assertHarmless(mutant);
      }
    }
    assertHarmless(Buffer.buffer(new byte[DnsMessage.BYTES_MAX + 1]));
  }

  private static void assertHarmless(Buffer datagram) {
    DnsMessage message = DnsMessage.decode(datagram);
    if (message != null) {
      assertTrue(Browsing.nodes(message, "home").size() <= 1);
    }
  }

  @Test
  void nameThatPointsToItselfIsRefused() {
    Buffer loop = Buffer.buffer(HexFormat.of().parseHex("000084000001000000000000c00c000c0001"));
    assertNull(DnsMessage.decode(loop));
    assertNotNull(DnsMessage.decode(announcement()));
  }
}
