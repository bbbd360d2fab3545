/// From a manifest to verified bytes: the stages in order.
@NullMarked
package io.quintet.client.download;

import org.jspecify.annotations.NullMarked;
