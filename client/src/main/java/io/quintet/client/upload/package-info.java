/// From a source to durable replicas and a manifest: the stages in order.
@NullMarked
package io.quintet.client.upload;

import org.jspecify.annotations.NullMarked;
