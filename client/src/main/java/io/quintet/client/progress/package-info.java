/// What a transfer reports while it runs; text and JSON renderings are siblings.
@NullMarked
package io.quintet.client.progress;

import org.jspecify.annotations.NullMarked;
