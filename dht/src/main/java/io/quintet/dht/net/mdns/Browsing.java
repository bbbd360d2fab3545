package io.quintet.dht.net.mdns;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads nodes out of answers of strangers. What is not whole is left out.
final class Browsing {
  private Browsing() {}

  /// What the SRV record of an instance says.
  private record Place(String target, int port) {}

  /// The nodes of `network` in a message, each at the address that its records give.
  static List<Contact> nodes(DnsMessage message, String network) {
    try {
      return read(message, network);
    } catch (DecoderException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // The names inside of records are read here only.
      return List.of();
    }
  }

  private static List<Contact> read(DnsMessage message, String network) {
    Map<String, Place> places = new HashMap<>();
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    Map<String, String> addresses = new HashMap<>();
    for (DnsRecord record : message.records()) {
      if (record instanceof DnsRawRecord raw) {
        String name = record.name().toLowerCase(Locale.ROOT);
        ByteBuf content = raw.content().duplicate();
        DnsRecordType type = record.type();
        if (type.equals(DnsRecordType.SRV) && content.readableBytes() > 6) {
          int port = content.skipBytes(4).readUnsignedShort();
          places.put(name, new Place(NodeService.targetIn(content), port));
        } else if (type.equals(DnsRecordType.TXT)) {
          texts.put(name, text(content));
        } else if (type.equals(DnsRecordType.A) && content.readableBytes() == 4) {
          addresses.put(name, address(content));
        }
      }
    }
    List<Contact> nodes = new ArrayList<>();
    texts.forEach((instance, text) -> {
      Place place = places.get(instance);
      String id = text.getOrDefault("id", "");
      if (place != null
          && place.port() > 0
          && Key.isHex(id)
          && network.equals(text.get("net"))
          && addresses.containsKey(place.target())
          && instance.endsWith(NodeService.TYPE)) {
        nodes.add(new Contact(Key.fromHex(id), addresses.get(place.target()), place.port()));
      }
    });
    return nodes;
  }

  private static Map<String, String> text(ByteBuf content) {
    Map<String, String> text = new HashMap<>();
    while (content.isReadable()) {
      int length = content.readUnsignedByte();
      if (length > content.readableBytes()) {
        break;
      }
      String each = content.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
      int equals = each.indexOf('=');
      if (equals > 0) {
        text.putIfAbsent(
            each.substring(0, equals).toLowerCase(Locale.ROOT), each.substring(equals + 1));
      }
    }
    return text;
  }

  private static String address(ByteBuf content) {
    byte[] bytes = new byte[4];
    content.readBytes(bytes);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
