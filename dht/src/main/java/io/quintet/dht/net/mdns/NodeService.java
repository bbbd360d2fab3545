package io.quintet.dht.net.mdns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DefaultDnsPtrRecord;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsPtrRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.quintet.dht.id.Contact;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A node's records: the service, where it is, and what its text says.
///
/// The names contain half of the node's id, which nobody else can choose, so that probing for
/// others of the same name (RFC 6762, section 8.1) would find none and is left out.
///
/// @param node at the address that others reach it at
/// @param network the network's name
/// @param address where `node.host()` is no IPv4 address: that of the interface
record NodeService(Contact node, String network, Inet4Address address) {
  /// The service type.
  static final String TYPE = "_quintet._tcp.local.";

  /// What browsers ask for all service types.
  static final String TYPES = "_services._dns-sd._udp.local.";

  private static final int NAME_DIGITS = 32;
  private static final int CLASS = DnsRecord.CLASS_IN;
  private static final int CLASS_FLUSH = DnsRecord.CLASS_IN | 0x8000;
  private static final int SECONDS = 120;
  private static final int LEGACY_SECONDS = 10;

  private String host() {
    return "quintet-" + node.id().toString().substring(0, NAME_DIGITS) + ".local.";
  }

  private String instance() {
    return node.id().toString().substring(0, NAME_DIGITS) + "." + TYPE;
  }

  /// What answers `question`, with all that whoever asks will need next; empty when it is not about
  /// this node.
  ///
  /// @param legacy whether it goes to an asker that knows nothing of mDNS's caches
  List<DnsRecord> answer(DnsQuestion question, boolean legacy) {
    String name = question.name().toLowerCase(Locale.ROOT);
    DnsRecordType type = question.type();
    boolean any = type.equals(DnsRecordType.ANY);
    if (name.equals(TYPE) && (any || type.equals(DnsRecordType.PTR))) {
      return all(legacy ? LEGACY_SECONDS : SECONDS, legacy);
    }
    if (name.equals(TYPES) && (any || type.equals(DnsRecordType.PTR))) {
      return List.of(new DefaultDnsPtrRecord(TYPES, CLASS, SECONDS, TYPE));
    }
    List<DnsRecord> matching = new ArrayList<>();
    for (DnsRecord record : all(legacy ? LEGACY_SECONDS : SECONDS, legacy)) {
      if (record.name().equals(name) && (any || record.type().equals(type))) {
        matching.add(record);
      }
    }
    return matching;
  }

  /// All records of the node.
  ///
  /// @param seconds how long they may be kept; 0: the node leaves
  List<DnsRecord> all(int seconds) {
    return all(seconds, false);
  }

  /// All records for as long as records are usually kept.
  List<DnsRecord> all() {
    return all(SECONDS, false);
  }

  private List<DnsRecord> all(int seconds, boolean legacy) {
    int mine = legacy ? CLASS : CLASS_FLUSH;
    ByteBuf where = Unpooled.buffer();
    where.writeShort(0).writeShort(0).writeShort(node.port());
    writeName(where, host());
    return List.of(
        new DefaultDnsPtrRecord(TYPE, CLASS, seconds, instance()),
        new DefaultDnsRawRecord(instance(), DnsRecordType.SRV, mine, seconds, where),
        new DefaultDnsRawRecord(instance(), DnsRecordType.TXT, mine, seconds, text()),
        new DefaultDnsRawRecord(
            host(),
            DnsRecordType.A,
            mine,
            seconds,
            Unpooled.wrappedBuffer(reachedAt().getAddress())));
  }

  private InetAddress reachedAt() {
    return InetAddress.ofLiteral(node.host()) instanceof Inet4Address own
            && !own.isLoopbackAddress()
        ? own
        : address;
  }

  private ByteBuf text() {
    ByteBuf out = Unpooled.buffer();
    for (String each : List.of("id=" + node.id(), "port=" + node.port(), "net=" + network)) {
      byte[] bytes = each.getBytes(StandardCharsets.US_ASCII);
      out.writeByte(bytes.length).writeBytes(bytes);
    }
    return out;
  }

  private static void writeName(ByteBuf out, String name) {
    // The name ends with a dot, so the last label is the empty one that ends names.
    for (String label : name.split("\\.", -1)) {
      byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
      out.writeByte(bytes.length).writeBytes(bytes);
    }
  }

  /// The instance that a PTR record of the service type names, lower case; empty for other records.
  static String instanceIn(DnsRecord record) {
    boolean names = record instanceof DnsPtrRecord && TYPE.equalsIgnoreCase(record.name());
    return names ? ((DnsPtrRecord) record).hostname().toLowerCase(Locale.ROOT) : "";
  }

  /// The target in the content of an SRV record, after priority, weight and port.
  static String targetIn(ByteBuf content) {
    return DefaultDnsRecordDecoder.decodeName(content).toLowerCase(Locale.ROOT);
  }
}
