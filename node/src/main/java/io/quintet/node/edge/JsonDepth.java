package io.quintet.node.edge;

import io.vertx.core.buffer.Buffer;

/// How deep JSON text is nested, found without building anything. Says nothing about whether the
/// text is JSON at all.
final class JsonDepth {
  private JsonDepth() {}

  static int of(Buffer json) {
    int depth = 0;
    int deepest = 0;
    boolean inString = false;
    for (int i = 0; i < json.length(); i++) {
      byte c = json.getByte(i);
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return deepest;
  }
}
