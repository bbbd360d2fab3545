package io.quintet.dht.net.mdns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecordEncoder;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A DNS message, as far as mDNS cares: header, questions, and all other records in one list.
///
/// @param id of a question that is not asked from the mDNS port, repeated in its answer; else 0
/// @param isResponse whether it answers
/// @param questions what is asked
/// @param records answers and what comes with them
record DnsMessage(
    int id, boolean isResponse, List<DnsQuestion> questions, List<DnsRecord> records) {
  /// No message of ours is longer, and no longer one is read.
  static final int BYTES_MAX = 1_472;

  private static final int HEADER_BYTES = 12;
  private static final int QUESTIONS_MAX = 16;
  private static final int RECORDS_MAX = 64;
  private static final int RESPONSE = 0x8000;
  private static final int RESPONSE_FLAGS = 0x8400; // an authoritative answer
  private static final int OPCODE_AND_ERROR = 0x780f;

  /// Keeps its own copies.
  DnsMessage {
    questions = List.copyOf(questions);
    records = List.copyOf(records);
  }

  /// The message in a datagram, null when it is none that can be read whole.
  static @Nullable DnsMessage decode(Buffer datagram) {
    if (datagram.length() > BYTES_MAX || datagram.length() < HEADER_BYTES) {
      return null;
    }
    ByteBuf in = Unpooled.wrappedBuffer(datagram.getBytes());
    try {
      int id = in.readUnsignedShort();
      int flags = in.readUnsignedShort();
      int questionCount = in.readUnsignedShort();
      int recordCount = in.readUnsignedShort() + in.readUnsignedShort() + in.readUnsignedShort();
      if (questionCount > QUESTIONS_MAX
          || recordCount > RECORDS_MAX
          || (flags & OPCODE_AND_ERROR) != 0) {
        return null;
      }
      List<DnsQuestion> questions = new ArrayList<>();
      for (int i = 0; i < questionCount; i++) {
        questions.add(DnsRecordDecoder.DEFAULT.decodeQuestion(in));
      }
      return new DnsMessage(id, (flags & RESPONSE) != 0, questions, records(in, recordCount));
    } catch (DecoderException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // Anybody can send anything to an open port.
      return null;
    } catch (Exception e) {
      throw new IllegalStateException("the codec failed in an unforeseen way", e);
    }
  }

  private static List<DnsRecord> records(ByteBuf in, int count) throws Exception {
    List<DnsRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DnsRecord record = DnsRecordDecoder.DEFAULT.decodeRecord(in);
      if (record == null) {
        throw new DecoderException("a record is cut off");
      }
      records.add(record);
    }
    return records;
  }

  /// As a datagram.
  Buffer encode() {
    ByteBuf out = Unpooled.buffer(512);
    try {
      out.writeShort(id).writeShort(isResponse ? RESPONSE_FLAGS : 0);
      out.writeShort(questions.size()).writeShort(isResponse ? records.size() : 0);
      out.writeShort(0).writeShort(isResponse ? 0 : records.size());
      for (DnsQuestion question : questions) {
        DnsRecordEncoder.DEFAULT.encodeQuestion(question, out);
      }
      for (DnsRecord record : records) {
        // A raw record gives its content away by its reader index, and answers are sent again.
        DnsRecordEncoder.DEFAULT.encodeRecord(
            record instanceof DnsRawRecord raw ? raw.duplicate() : record, out);
      }
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      return Buffer.buffer(bytes);
    } catch (Exception e) {
      throw new IllegalStateException("memory took no DNS message", e);
    }
  }
}
