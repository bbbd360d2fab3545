package io.quintet.dht.net.udp;

import io.quintet.dht.id.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The content of a datagram. The network's name is not in it: datagrams of other networks are
/// dropped before they become one of these.
public sealed interface Beacon {
  /// I am here: node `id` with an HTTP server at `port` of the address this came from.
  ///
  /// @param host where the server is instead, a literal address; null: where this came from
  /// @param boot the sender's boot counter
  /// @param seq counts the sender's HELLOs
  record Hello(Key id, int port, @Nullable String host, long boot, long seq) implements Beacon {
    /// Another HELLO of the same run.
    Hello withSeq(long other) {
      return new Hello(id, port, host, boot, other);
    }
  }

  /// Who is there? Answered by [Hello].
  record Who() implements Beacon {}

  /// Who has any of these chunks? Answered by [Have].
  ///
  /// @param nonce comes back in the answer, so that only who heard the question can answer
  record QueryChunk(String nonce, List<Key> ids) implements Beacon {
    /// Keeps its own copy.
    public QueryChunk {
      ids = List.copyOf(ids);
    }
  }

  /// Node `id` with an HTTP server at `port` has these of the chunks that were asked for.
  ///
  /// @param host as in [Hello]
  record Have(Key id, int port, @Nullable String host, String nonce, List<Key> ids)
      implements Beacon {
    /// Keeps its own copy.
    public Have {
      ids = List.copyOf(ids);
    }
  }

  /// I am leaving.
  ///
  /// @param host as in [Hello]
  record Goodbye(Key id, int port, @Nullable String host) implements Beacon {}
}
