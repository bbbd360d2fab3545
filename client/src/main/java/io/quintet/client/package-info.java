/// What all rooms of the client share: exit codes and user-facing failures.
@NullMarked
package io.quintet.client;

import org.jspecify.annotations.NullMarked;
